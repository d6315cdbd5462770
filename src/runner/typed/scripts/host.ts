import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type CollectionRequest, type ScriptSource, scriptsOf } from '../../../collection/model';
import type { Assertion } from '../../../exchange/exchange';
import type { ScriptAccess } from '../../../plan/script-access';
import type { PostmanScope, ScopeName, VariableScope } from '../../../variables/scope';
import { SCRIPT_TIMEOUT_MS } from '../../scripts';
import { cookieOf } from '../cookie-jar';
import type { SdkObject } from '../postman-libraries';
import type { ScriptAsk } from './messages';
import type { ScriptThread } from './thread';
import { unforeseen, watched } from './watch';

/** What scripts of one request found, changed and asked for. */
export interface ScriptOutcome {
  readonly assertions: Assertion[];
  readonly errors: string[];
  /** The request as pre-request scripts left it. */
  request: SdkObject | null;
  isSkipped: boolean;
  /** A request's name or id; null ends the run, undefined goes on in order. */
  next: string | null | undefined;
  /** What the plan has read that the scripts touch; null where they run alone and may touch anything. */
  readonly foreseen: ScriptAccess | null;
  /** A variable that a script touched and the plan did not know of. */
  unforeseen: string | null;
  /** From 0, and how many there are. */
  readonly iteration: { readonly at: number; readonly count: number };
  /** What scripts are told of where they run: names as the collection writes them. */
  readonly place: { readonly collection: string; readonly item: string | undefined };
}

/** What a script may ask of its host. */
export interface ScriptServices {
  /** `pm.sendRequest`. The result is what the script's callback gets. */
  sendRequest(request: SdkObject): Promise<{ response: object; cookies: object[] }>;
  /** The store behind `pm.cookies.jar()`: one call of tough-cookie's store. */
  cookieStore(): SdkObject;
  /** Hears each variable that a script changes. */
  onSet(name: string, value: unknown): void;
}

const SCOPES: readonly (readonly [sandbox: string, scope: ScopeName])[] = [
  ['_variables', 'locals'],
  ['environment', 'environment'],
  ['collectionVariables', 'collection'],
  ['globals', 'globals'],
];

/**
 * Runs scripts of the collection in Postman's own sandbox, in Newman's order and with its meaning.
 *
 * The sandbox is in a thread of its own; it starts with the first script, or with `start`.
 */
export class ScriptHost {
  /** One that was started ahead, for the host that needs it first. */
  static #prepared: ScriptThread | null = null;
  #thread: ScriptThread | null = null;
  #isClosed = false;

  /** Starts a sandbox for a host that is yet to come. It keeps no process alive that comes to need none. */
  static prepare(): void {
    ScriptHost.#prepared ??= newThread();
  }

  /** Starts the sandbox, which is ready some time later. */
  start(): void {
    if (this.#thread !== null) return;
    this.#thread = ScriptHost.#prepared ?? newThread();
    ScriptHost.#prepared = null;
  }

  /** Runs the scripts of one event one after the other; what one changes is there for the next. */
  async run(
    request: CollectionRequest,
    listen: ScriptSource['listen'],
    scope: VariableScope,
    context: () => Readonly<Record<string, unknown>>,
    services: ScriptServices,
    outcome: ScriptOutcome,
  ): Promise<void> {
    const scripts = scriptsOf(request, listen);
    if (scripts.length === 0 || this.#isClosed) return;
    const given = context();
    for (const script of scripts) {
      if (outcome.isSkipped || this.#isClosed) break;
      await this.#one(request, script, scope, given, services, outcome);
      if (outcome.unforeseen !== null) throw unforeseen(outcome.unforeseen, request.key);
    }
  }

  async #one(
    { id: itemId, folder, key }: CollectionRequest,
    script: ScriptSource,
    scope: VariableScope,
    context: Readonly<Record<string, unknown>>,
    services: ScriptServices,
    outcome: ScriptOutcome,
  ): Promise<void> {
    this.start();
    const thread = this.#thread as ScriptThread;
    const id = randomUUID();
    const before = scope.scopes();
    const { at, count } = outcome.iteration;
    const { collection, item } = outcome.place;
    const path = [collection, ...folder, item];
    const values = Object.fromEntries(SCOPES.map(([inside, ours]) => [inside, before[ours]]));
    const { assertions, errors, isSkipped, unforeseen, result } = await thread.execute(
      key,
      id,
      {
        target: { listen: script.listen, script: { exec: [watched(script.source, outcome.foreseen)] } },
        context: {
          ...context,
          ...values,
          ...(script.listen === 'prerequest' && outcome.request !== null && { request: outcome.request }),
        },
        options: {
          timeout: SCRIPT_TIMEOUT_MS,
          debug: false,
          cursor: { ref: id, execution: id, position: 0, length: 1, iteration: at, cycles: count },
          legacy: {
            _itemId: itemId,
            _itemName: item,
            _itemPath: path,
            _eventItemName: path[script.pointer.split('/item/').length - 1],
          },
        },
      },
      (ask) => answer(ask, id, thread, services),
    );
    outcome.assertions.push(...assertions);
    outcome.errors.push(...errors.filter((text) => !outcome.errors.includes(text)));
    if (isSkipped) outcome.isSkipped = true;
    if (unforeseen !== null) outcome.unforeseen = unforeseen;
    if (result !== null) apply(result, before, scope, services, outcome);
  }

  /** Ends the sandbox; no script runs any more. */
  close(): void {
    this.#isClosed = true;
    this.#thread?.close();
    this.#thread = null;
  }
}

/** Loaded with the first script, as Node's threads are. */
function newThread(): ScriptThread {
  const { ScriptThread: Thread } = require('./thread') as typeof import('./thread');
  return new Thread();
}

/** Does what a script asks for, and tells it what came of it. */
function answer({ what, args }: ScriptAsk, id: string, thread: ScriptThread, services: ScriptServices): void {
  if (what === 'cookies') {
    const [eventId, action, call, given] = args;
    if (action !== 'store') return;
    callStore(services.cookieStore(), call, given, (error, found) =>
      thread.dispatch(id, `execution.cookies.${id}`, eventId, error, found),
    );
    return;
  }
  const [_cursor, execution, requestId, request] = args;
  const event = `execution.response.${execution}`;
  services.sendRequest(request).then(
    ({ response, cookies }) => thread.dispatch(id, event, requestId, null, response, { cookies }),
    (error: Error) =>
      thread.dispatch(id, event, requestId, { message: error.message, code: Reflect.get(error, 'code') }),
  );
}

/** Only what the script changed is taken over: others may have changed the rest meanwhile. */
function apply(
  result: SdkObject,
  before: ReturnType<VariableScope['scopes']>,
  scope: VariableScope,
  services: ScriptServices,
  outcome: ScriptOutcome,
): void {
  for (const [inside, ours] of SCOPES) {
    const old = valuesOf(before[ours]);
    const now = valuesOf((result[inside] ?? { values: [] }) as PostmanScope);
    for (const [name, value] of now) {
      if (old.has(name) && isSame(old.get(name), value)) continue;
      if (!isForeseen(name, outcome)) return;
      // What a script sets to undefined arrives without a value, and Newman sends it as `null`.
      scope.set(name, value ?? null, ours);
      services.onSet(name, value);
    }
    for (const name of old.keys()) {
      if (now.has(name)) continue;
      if (!isForeseen(name, outcome)) return;
      scope.unset(name, ours);
    }
  }
  if (result.target === 'prerequest' && result.request !== undefined) outcome.request = result.request;
  if (result.return?.nextRequest !== undefined) outcome.next = result.return.nextRequest;
}

/** Objects come back as copies, of what JSON keeps of them; and in Jest, with the prototypes of another realm. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return Object.is(one, other);
  try {
    return JSON.stringify(one) === JSON.stringify(other);
  } catch {
    // In a circle.
    return isDeepStrictEqual(one, other);
  }
}

/** Nothing changes what is disabled. */
function valuesOf({ values }: PostmanScope): Map<string, unknown> {
  return new Map(
    values.flatMap(({ key, value, disabled }) => (disabled === true ? [] : [[key, value] as const])),
  );
}

function isForeseen(name: string, outcome: ScriptOutcome): boolean {
  if (outcome.foreseen === null || outcome.foreseen.writes.includes(name)) return true;
  outcome.unforeseen = name;
  return false;
}

/** Cookies are told as their JSON, the way the bridge of the sandbox would write them. */
function callStore(
  store: SdkObject,
  call: string,
  args: SdkObject[] = [],
  done: (error: string | null, found?: unknown) => void,
): void {
  if (typeof store?.[call] !== 'function') {
    done(`no such call of the cookie store: ${call}`);
    return;
  }
  const isWrite = call === 'putCookie' || call === 'updateCookie';
  const given = isWrite ? args.map(cookieOf) : args;
  store[call](...given, (error: Error | null, found: unknown) =>
    done(error?.message ?? null, found === undefined ? undefined : JSON.parse(JSON.stringify(found))),
  );
}
