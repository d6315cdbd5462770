import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { CollectionRequest, ScriptSource } from '../../collection/model';
import type { Assertion } from '../../exchange/exchange';
import type { ScriptAccess } from '../../plan/script-access';
import type { PostmanScope, ScopeName, VariableScope } from '../../variables/scope';
import { messageOf, SCRIPT_TIMEOUT_MS } from '../scripts';
import { cookieOf } from './cookie-jar';
import type { SdkObject } from './postman-libraries';
import { UNFORESEEN, unforeseen, watched } from './script-watch';

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

/** A sandbox of postman-sandbox. Source: postman-sandbox, `lib/postman-sandbox.js`. */
interface Sandbox {
  on(event: string, listener: (...args: SdkObject[]) => void): void;
  once(event: string, listener: (...args: SdkObject[]) => void): void;
  removeAllListeners(event: string): void;
  dispatch(event: string, ...args: unknown[]): void;
  execute(target: object, options: object, done: (error: Error | null, result?: SdkObject) => void): void;
  dispose(): void;
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
 * One sandbox serves a run, as in Newman; it is made with the first script.
 */
export class ScriptHost {
  #sandbox: Promise<Sandbox> | null = null;
  readonly #open = new Set<ScriptOutcome>();
  /** Executions by their ids, while they run. */
  readonly #told = new Map<string, ScriptOutcome>();
  // A promise that a script rejects and nobody awaits would end the process, and the report with it.
  readonly #onRejection = (reason: unknown) => {
    const [latest] = [...this.#open].reverse();
    if (latest === undefined) throw reason;
    latest.errors.push(messageOf(reason));
  };

  /** Runs the scripts of one event one after the other; what one changes is there for the next. */
  async run(
    request: CollectionRequest,
    listen: ScriptSource['listen'],
    scope: VariableScope,
    context: Readonly<Record<string, unknown>>,
    services: ScriptServices,
    outcome: ScriptOutcome,
  ): Promise<void> {
    const scripts = request.scripts.filter(
      (script) => script.listen === listen && script.source.trim() !== '',
    );
    if (scripts.length === 0) return;
    this.#sandbox ??= createSandbox((id, text) => {
      const told = this.#told.get(id);
      if (told !== undefined && text.startsWith(UNFORESEEN)) told.unforeseen = text.slice(UNFORESEEN.length);
    });
    const sandbox = await this.#sandbox;
    if (this.#open.size === 0) process.on('unhandledRejection', this.#onRejection);
    this.#open.add(outcome);
    try {
      for (const script of scripts) {
        if (outcome.isSkipped) break;
        await this.#one(sandbox, request, script, scope, context, services, outcome);
        // Rejections are told when the queue of microtasks is empty.
        await new Promise((resume) => setImmediate(resume));
        if (outcome.unforeseen !== null) throw unforeseen(outcome.unforeseen, request.key);
      }
    } finally {
      this.#open.delete(outcome);
      if (this.#open.size === 0) process.off('unhandledRejection', this.#onRejection);
    }
  }

  #one(
    sandbox: Sandbox,
    { id: itemId, folder }: CollectionRequest,
    script: ScriptSource,
    scope: VariableScope,
    context: Readonly<Record<string, unknown>>,
    services: ScriptServices,
    outcome: ScriptOutcome,
  ): Promise<void> {
    const id = randomUUID();
    const events = ['assertion', 'error', 'request', 'cookies', 'skipRequest'].map(
      (event) => `execution.${event}.${id}`,
    );
    const before = scope.scopes();
    const { at, count } = outcome.iteration;
    const { collection, item } = outcome.place;
    const path = [collection, ...folder, item];
    this.#told.set(id, outcome);
    sandbox.on(`execution.assertion.${id}`, (_cursor, assertions: SdkObject[]) => {
      for (const { name: title, passed, skipped, error } of assertions) {
        if (skipped) continue;
        outcome.assertions.push({ name: title, passed, ...(!passed && { error: messageOf(error) }) });
      }
    });
    sandbox.on(`execution.error.${id}`, (_cursor, error) => keep(outcome, error));
    sandbox.on(`execution.skipRequest.${id}`, () => {
      outcome.isSkipped = true;
    });
    sandbox.on(`execution.request.${id}`, (_cursor, execution, requestId, request) => {
      const answer = `execution.response.${execution}`;
      services.sendRequest(request).then(
        ({ response, cookies }) => sandbox.dispatch(answer, requestId, null, response, { cookies }),
        (error: Error) =>
          sandbox.dispatch(answer, requestId, { message: error.message, code: Reflect.get(error, 'code') }),
      );
    });
    sandbox.on(`execution.cookies.${id}`, (eventId, action, call, args) => {
      if (action === 'store')
        callStore(services.cookieStore(), sandbox, `execution.cookies.${id}`, eventId, call, args);
    });
    const values = Object.fromEntries(SCOPES.map(([inside, ours]) => [inside, before[ours]]));
    return new Promise((resolve) => {
      sandbox.execute(
        { listen: script.listen, script: { exec: [watched(script.source, outcome.foreseen)] } },
        {
          id,
          timeout: SCRIPT_TIMEOUT_MS,
          cursor: { ref: id, position: 0, length: 1, iteration: at, cycles: count },
          context: {
            ...context,
            ...values,
            ...(script.listen === 'prerequest' && outcome.request !== null && { request: outcome.request }),
          },
          legacy: {
            _itemId: itemId,
            _itemName: item,
            _itemPath: path,
            _eventItemName: path[script.pointer.split('/item/').length - 1],
          },
        },
        (error, result) => {
          for (const event of events) sandbox.removeAllListeners(event);
          this.#told.delete(id);
          if (error !== null && error !== undefined) keep(outcome, error);
          if (result !== undefined) apply(result, before, scope, services, outcome);
          resolve();
        },
      );
    });
  }

  /** Ends the sandbox. */
  async close(): Promise<void> {
    const sandbox = await this.#sandbox?.catch(() => null);
    this.#sandbox = null;
    sandbox?.dispose();
  }
}

function createSandbox(onConsole: (id: string, text: string) => void): Promise<Sandbox> {
  const library = require('postman-sandbox') as {
    createContext(options: object, done: (error: Error | null, context: Sandbox) => void): void;
  };
  return new Promise((resolve, reject) => {
    library.createContext({ timeout: SCRIPT_TIMEOUT_MS }, (error, context) => {
      if (error !== null && error !== undefined) return reject(error);
      context.on('error', () => {});
      context.on('console', (cursor, _level, ...args) =>
        onConsole(cursor?.ref, typeof args[0] === 'string' ? args[0] : ''),
      );
      resolve(context);
    });
  });
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
      // Objects come back as copies.
      if (old.has(name) && isDeepStrictEqual(old.get(name), value)) continue;
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

function callStore(
  store: SdkObject,
  sandbox: Sandbox,
  event: string,
  eventId: unknown,
  call: string,
  args: SdkObject[] = [],
): void {
  if (typeof store?.[call] !== 'function') {
    sandbox.dispatch(event, eventId, `no such call of the cookie store: ${call}`);
    return;
  }
  const isWrite = call === 'putCookie' || call === 'updateCookie';
  const given = isWrite ? args.map(cookieOf) : args;
  store[call](...given, (error: Error | null, found: unknown) =>
    sandbox.dispatch(event, eventId, error?.message ?? null, found),
  );
}

function keep(outcome: ScriptOutcome, error: unknown): void {
  const text = messageOf(error);
  if (!outcome.errors.includes(text)) outcome.errors.push(text);
}
