import { randomUUID } from 'node:crypto';

/** What a script really did, as Postman's own sandbox says. */
export interface Deeds {
  /** Names of variables that it wrote in any scope: by their mutations, or because they are different afterwards. */
  readonly written: string[];
  /** All that can be seen of the run from outside, but for the request. */
  readonly seen: string;
  /** The request as it left it. */
  readonly request: string;
  readonly steered: boolean;
  readonly sent: boolean;
}

interface Sandbox {
  on(event: string, listener: (...args: unknown[]) => void): void;
  removeAllListeners(event: string): void;
  dispatch(event: string, ...args: unknown[]): void;
  execute(target: object, options: object, done: (error: unknown, result?: Result) => void): void;
  dispose(): void;
}

interface Variables {
  readonly values: { readonly key: unknown; readonly value: unknown }[];
  readonly mutations: { readonly stream: unknown[][]; readonly compacted: Record<string, unknown> };
}

type Result = Record<(typeof SCOPES)[number], Variables> & {
  readonly return: { readonly nextRequest?: unknown };
  readonly request: unknown;
};

const REQUEST = { url: 'http://x.test/', header: [{ key: 'A', value: '1' }] };

const SCOPES = ['_variables', 'environment', 'collectionVariables', 'globals'] as const;

/** A sandbox that tells what scripts did. */
export class Witness {
  #sandbox: Sandbox | null = null;
  #console: unknown[] = [];

  async open(): Promise<void> {
    const library = require('postman-sandbox') as {
      createContext(options: object, done: (error: Error | null, context: Sandbox) => void): void;
    };
    this.#sandbox = await new Promise<Sandbox>((resolve, reject) => {
      library.createContext({ timeout: 5_000 }, (error, context) =>
        error ? reject(error) : resolve(context),
      );
    });
    this.#sandbox.on('error', () => {});
    this.#sandbox.on('console', (_cursor, ...args) => this.#console.push(args));
  }

  close(): void {
    this.#sandbox?.dispose();
  }

  /** Runs a script with these variables in every scope, after this request. */
  async run(
    source: string,
    variables: Readonly<Record<string, unknown>>,
    request: object = REQUEST,
  ): Promise<Deeds> {
    const sandbox = this.#sandbox;
    if (sandbox === null) throw new Error('open it first');
    const id = randomUUID();
    const seen: unknown[] = [];
    let sent = false;
    const listen = (event: string, listener: (...args: unknown[]) => void) =>
      sandbox.on(`execution.${event}.${id}`, listener);
    listen('assertion', (_cursor, assertions) => seen.push(assertions));
    listen('error', (_cursor, error) => seen.push((error as Error)?.message));
    listen('request', (_cursor, execution, request) => {
      sent = true;
      sandbox.dispatch(
        `execution.response.${execution}`,
        request,
        null,
        { code: 200, body: '{}' },
        { cookies: [] },
      );
    });
    listen('cookies', (event) => {
      sent = true;
      sandbox.dispatch(`execution.cookies.${id}`, event, null, []);
    });
    const values = Object.entries(variables).map(([key, value]) => ({ key, value }));
    const given = () => JSON.parse(JSON.stringify(values)) as typeof values;
    const context = {
      ...Object.fromEntries(SCOPES.map((scope) => [scope, given()])),
      data: {},
      request,
      response: { code: 200, body: '{"a":"1","list":[{"key":"k"}]}', header: [{ key: 'B', value: '2' }] },
    };
    this.#console = [];
    const rejected = (reason: unknown) => seen.push(String(reason));
    process.on('unhandledRejection', rejected);
    const result = await new Promise<Result | undefined>((resolve) => {
      sandbox.execute(
        { listen: 'test', script: { exec: [source] } },
        {
          id,
          timeout: 5_000,
          cursor: { iteration: 0, cycles: 1 },
          context,
          legacy: { _itemId: 'i', _itemName: 'n' },
        },
        (error, outcome) => {
          seen.push(String((error as Error | null)?.message));
          resolve(outcome);
        },
      );
    });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', rejected);
    for (const event of ['assertion', 'error', 'request', 'cookies'])
      sandbox.removeAllListeners(`execution.${event}.${id}`);
    const written = new Set<string>();
    for (const scope of SCOPES) {
      const { values: after = [], mutations } = result?.[scope] ?? {};
      for (const name of Object.keys(mutations?.compacted ?? {})) written.add(name);
      for (const [first, second] of mutations?.stream ?? []) written.add(String(second ?? first));
      for (const { key, value } of after)
        if (JSON.stringify(value) !== JSON.stringify(variables[String(key)])) written.add(String(key));
      for (const name of Object.keys(variables))
        if (!after.some(({ key }) => key === name)) written.add(name);
    }
    const { nextRequest } = result?.return ?? {};
    const changes = SCOPES.map((scope) => result?.[scope].mutations.compacted);
    return {
      written: [...written],
      // What comes of a timer may come before or after the end of the script.
      seen: JSON.stringify([
        seen.map((one) => JSON.stringify(one)).sort(),
        this.#console,
        changes,
        nextRequest,
      ]),
      request: JSON.stringify(result?.request),
      steered: nextRequest !== undefined,
      sent,
    };
  }
}
