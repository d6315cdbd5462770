import type { IncomingHttpHeaders } from 'node:http';
import { seed } from '../state/seed';
import { Store } from '../state/store';
import type { Route } from './call';
import { isBasic, sameSecret } from './credentials';
import { objectOf, textOf } from './input';
import { MessageIds } from './message-ids';
import { RequestIds } from './request-ids';
import { ApiFailure, type Family, failure, type Reply, success } from './responses';
import { decodeSegment, matchRoute } from './routes';

/** A request as it came in. `body` is `undefined` where it is longer than the sandbox reads. */
export interface Incoming {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string | undefined;
}

/** An answer, and the route that it belongs to; there is none for an unknown path. */
export interface Routed {
  readonly reply: Reply;
  readonly route: Route | undefined;
  /** To be called when the answer has gone out. */
  readonly delivered: () => void;
}

const CORE_BASE = /^\/priv\/v1\/apps\/([^/]*)(\/.*)?$/;
const POS_BASE = /^\/api\/2\.0\//;
const KEY_NAMES: Readonly<Record<Family, string>> = { core: 'api', connect: 'connect', pos: 'pos' };

/** Takes requests to handlers: family, credentials, repeats, body, route. Holds the state of one sandbox. */
export class Router {
  private readonly messageIds = new MessageIds();
  private readonly requestIds = new RequestIds();
  private readonly store: Store;

  constructor(
    private readonly variables: Readonly<Record<string, string>>,
    private readonly now: () => number,
  ) {
    this.store = new Store(this.value('retailer_id'));
    seed(this.store, variables, now());
  }

  /** Answers a request. Never throws: what goes wrong inside is a 500 of the API. */
  answer(incoming: Incoming): Routed {
    const url = parseTarget(incoming.target);
    const core = CORE_BASE.exec(url.path);
    const family: Family = core !== null ? 'core' : POS_BASE.test(url.path) ? 'pos' : 'connect';
    const path = core === null ? url.path : (core[2] ?? '');
    const matched = matchRoute(incoming.method, family, path);
    const route = matched?.route;
    let delivered = (): void => {};
    try {
      if (String(incoming.headers['x-forwarded-proto'] ?? 'https') !== 'https') {
        throw new ApiFailure('https_only', 'Plain HTTP is not served.');
      }
      // Only what lies below a base is behind its credentials.
      if (core !== null || matched !== undefined) {
        this.authorise(family, incoming.headers.authorization, core?.[1]);
      }
      if (matched === undefined) {
        throw new ApiFailure('not_found', 'No such path or method.');
      }
      const handle = (): Reply => this.handle(incoming, matched, url.query);
      if (family === 'core') {
        return { route, reply: this.once(incoming.headers['message-id'], handle), delivered };
      }
      if (family === 'connect') {
        return { route, reply: handle(), delivered };
      }
      const id = this.requestIdOf(incoming);
      const known = this.requestIds.known(id);
      if (known === 'pending') {
        throw new ApiFailure(
          'pending_processing',
          'The first request with this id is still being processed.',
        );
      }
      const finish = known === undefined ? this.requestIds.begin(id) : undefined;
      const reply = known ?? handle();
      delivered = () => finish?.(reply);
      return { route, reply, delivered };
    } catch (error) {
      return { route, reply: failureOf(family, error), delivered };
    }
  }

  /** Runs a Core call, or answers it from the store when its Message-ID is known. */
  private once(header: string | string[] | undefined, handle: () => Reply): Reply {
    const id = Array.isArray(header) ? header[0] : header;
    if (id === undefined || id === '') {
      return handle();
    }
    const now = this.now();
    return this.messageIds.replay(id, now) ?? this.messageIds.keep(id, handle(), now);
  }

  private handle(
    incoming: Incoming,
    { route, parameters }: NonNullable<ReturnType<typeof matchRoute>>,
    query: URLSearchParams,
  ): Reply {
    try {
      const body = parseBody(incoming);
      const before = new Set(this.store.forgotten);
      const answer = route.handler({ parameters, query, body, now: this.now() }, this.store);
      for (const id of this.store.forgotten) {
        // A stored answer would still tell about whoever was just forgotten.
        if (!before.has(id)) {
          this.messageIds.drop(id);
          this.requestIds.drop(id);
        }
      }
      return success(answer);
    } catch (error) {
      return failureOf(route.family, error);
    }
  }

  /** The `request_id` of a POS request for this tenant. Inferred: `not_found` for another client. */
  private requestIdOf(incoming: Incoming): string {
    const {
      request_id: requestId,
      client_id: clientId,
      store_id: storeId,
    } = objectOf(parseBody(incoming), 'The body');
    const id = textOf(requestId, 'request_id');
    textOf(storeId, 'store_id');
    if (textOf(clientId, 'client_id').toLowerCase() !== this.value('client_id').toLowerCase()) {
      throw new ApiFailure('not_found', 'No such client.');
    }
    return id;
  }

  /** Fails with 401 unless the request carries the key pair of its family. Inferred: which code comes first. */
  private authorise(family: Family, header: string | undefined, pathKey: string | undefined): void {
    const core = pathKey !== undefined;
    if (core && !sameSecret(decodeSegment(pathKey) ?? '', this.value('api_key'))) {
      throw new ApiFailure('invalid_api_key', 'The API key is not valid.');
    }
    if (core && /^bearer /i.test(header ?? '')) {
      throw new ApiFailure('invalid_auth_token', 'The token is not valid, or it has expired.');
    }
    const key = KEY_NAMES[family];
    if (!isBasic(header, this.value(`${key}_key`), this.value(`${key}_secret`))) {
      throw new ApiFailure('access_denied', 'The credentials are not valid.');
    }
  }

  private value(name: string): string {
    return this.variables[name] ?? '';
  }
}

function failureOf(family: Family, error: unknown): Reply {
  return error instanceof ApiFailure
    ? failure(family, error.code, error.message)
    : failure(family, 'internal_server_error', 'Unexpected fault of the sandbox.');
}

function parseTarget(target: string): { path: string; query: URLSearchParams } {
  const mark = target.indexOf('?');
  // Not `new URL`: it would turn "a//b" and ".." into other paths, and hide what a client really sent.
  const path = mark === -1 ? target : target.slice(0, mark);
  return { path, query: new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1)) };
}

function parseBody({ method, body }: Incoming): unknown {
  if (method === 'GET' || method === 'DELETE' || body === '') {
    return undefined;
  }
  try {
    if (body !== undefined) {
      return JSON.parse(body);
    }
  } catch {
    // Answered below, like a body that is too long.
  }
  throw new ApiFailure('argument_error', 'The body is not JSON that can be read.');
}
