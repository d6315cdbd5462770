import { randomUUID } from 'node:crypto';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox';

type JsonObject = Record<string, unknown>;

/** Every part that a body of the sandbox may have. */
export interface AnyBody extends JsonObject {
  readonly status: string;
  readonly errors: JsonObject;
  readonly user: JsonObject & { readonly id: string };
  readonly users: unknown[];
  readonly players: unknown[];
  readonly tags: JsonObject;
  readonly payload: JsonObject;
  readonly user_profile: JsonObject;
  readonly result: JsonObject[];
  readonly campaigns: { readonly tiles: JsonObject[]; readonly promotions: JsonObject[] };
  readonly deltas: JsonObject;
  readonly notifications: JsonObject[];
}

/** What a test looks at in an answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as if it were whatever the test expects; the test's own assertions say whether it is. */
  readonly json: AnyBody;
}

/** How a test sends a request; credentials and content type are those of the sandbox unless it says otherwise. */
export interface Send {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** `null` sends no credentials. */
  readonly authorization?: string | null;
}

/** HTTP Basic of a key pair. */
export const basic = (user = '', password = ''): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** The sandboxes of one test file: started on demand, all closed by `closeAll`. */
export class Sandboxes {
  private readonly open: Sandbox[] = [];

  async start(options?: SandboxOptions): Promise<Client> {
    const sandbox = await startSandbox(options);
    this.open.push(sandbox);
    return new Client(sandbox);
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.open.splice(0).map((sandbox) => sandbox.close()));
  }
}

/** Talks to one sandbox with its own credentials. */
export class Client {
  constructor(readonly sandbox: Sandbox) {}

  /** Sends a Core request; `path` is relative to the Core base. */
  core(method: string, path: string, send: Send = {}): Promise<Answer> {
    const { api_key: key, api_secret: secret } = this.sandbox.variables;
    return this.raw(method, `/priv/v1/apps/${key}${path}`, { authorization: basic(key, secret), ...send });
  }

  /** Sends a Connect request. */
  connect(method: string, path: string, send: Send = {}): Promise<Answer> {
    const { connect_key: key, connect_secret: secret } = this.sandbox.variables;
    return this.raw(method, path, { authorization: basic(key, secret), ...send });
  }

  /** Sends a POS request in its envelope; each has a `request_id` of its own unless it is given. */
  pos(path: string, payload: unknown, envelope: Record<string, unknown> = {}): Promise<Answer> {
    const { pos_key: key, pos_secret: secret, client_id, store_id } = this.sandbox.variables;
    return this.raw('POST', `/api/2.0/${path}`, {
      authorization: basic(key, secret),
      body: { client_id, store_id, request_id: randomUUID(), request_payload: payload, ...envelope },
    });
  }

  async raw(
    method: string,
    path: string,
    { body, headers = {}, authorization = null }: Send,
  ): Promise<Answer> {
    const response = await fetch(`${this.sandbox.origin}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(authorization === null ? {} : { Authorization: authorization }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parse(text) };
  }

  /** Creates a customer and returns its id. */
  async createCustomer(user: Record<string, unknown> = {}): Promise<string> {
    const { json } = await this.core('POST', '/users', { body: { user } });
    return json.user.id;
  }
}

function parse(text: string): AnyBody {
  try {
    return JSON.parse(text) as AnyBody;
  } catch {
    // Reading any part of it fails, and with it the test.
    return undefined as unknown as AnyBody;
  }
}
