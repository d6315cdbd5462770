/**
 * The Newman process: loads Newman once, runs one job after the other, and streams what its events say.
 *
 * It is a process of its own because a rejected promise in a script ends whatever process Newman lives in.
 */
import * as newman from 'newman';
import { Event } from 'postman-collection';
import { decodeText } from '../../exchange/decode';
import type { Assertion, Header } from '../../exchange/exchange';
import { failureOf, timedOut } from '../../exchange/failure';
import { HangingOrigins } from '../../exchange/hanging';
import { originOf } from '../../exchange/origin';
import { isCredentialName } from '../../masking/masker';
import { capturedFrom } from '../capture';
import { HostGuard } from '../host-guard';
import { messageOf, SCRIPT_TIMEOUT_MS } from '../scripts';
import { type GuardLog, guardedAgents, type WireRequest } from './guard-agents';
import { type NewmanEvent, type NewmanItem, type NewmanJob, STOP } from './protocol';

/** For what a script sends outside of any request. */
const DEFAULT_TIMEOUT_MS = 30_000;

/** The parts of Newman's event arguments that we read; its own types leave most of them out. */
interface EventArguments {
  readonly cursor: { readonly scriptId?: string; readonly iteration?: number };
  readonly item?: { readonly id: string };
  /** The scripts that are about to run. */
  readonly events?: unknown[];
  readonly request?: SdkRequest;
  readonly response?: SdkResponse;
  readonly assertion?: string;
  readonly skipped?: boolean;
  readonly error?: Error;
  readonly execution?: string | SdkExecution;
}
interface SdkRequest {
  readonly method: string;
  readonly url: { toString(): string };
  readonly headers: SdkHeaders;
  readonly body?: { toString(): string };
}
/** The scopes as a script left them. */
interface SdkExecution {
  readonly environment?: SdkScope;
  readonly globals?: SdkScope;
  readonly collectionVariables?: SdkScope;
}
interface SdkScope {
  readonly values?: {
    all(): { readonly key: string; readonly value: unknown; readonly disabled?: boolean }[];
  };
}
interface SdkResponse {
  readonly code: number;
  readonly status: string;
  readonly headers: SdkHeaders;
  /** Newman keeps every response to the end of its run, and reads this no more once the item is done. */
  stream?: Uint8Array | undefined;
  readonly responseTime: number;
}
interface SdkHeaders {
  all(): { readonly key: string; readonly value: string; readonly disabled?: boolean }[];
}

type Draft = { -readonly [Name in keyof NewmanItem]: NewmanItem[Name] } & {
  assertions: Assertion[];
  scriptErrors: string[];
};

/**
 * From here on Newman's client goes straight to every host: it would go to a proxy past our guard, which judges hosts. Our
 * own agents take the proxy's way instead.
 */
function takeProxiesOver(): void {
  const core = require('postman-runtime/lib/requester/core') as {
    getRequestOptions(request: object, options: object, behavior: object): object;
  };
  const { getRequestOptions } = core;
  core.getRequestOptions = (request, options, behavior) =>
    getRequestOptions.call(core, request, { ...options, ignoreProxyEnvironmentVariables: true }, behavior);
}

function send(event: NewmanEvent): void {
  process.send?.(event);
}

function run(job: NewmanJob): GuardLog {
  const log: GuardLog = {
    wire: null,
    refusedRedirect: null,
    rawHeaders: [],
    refusedHosts: [],
    timeoutMs: DEFAULT_TIMEOUT_MS,
    timedOut: false,
    isStopping: false,
    refusedToStop: false,
    hanging: new HangingOrigins(),
    redirect: null,
  };
  const scripted = new Set(job.scripted);
  let draft: Draft | null = null;
  /** The responses of the item that is running: a challenge and its answer are two. */
  let held: SdkResponse[] = [];
  let begun = 0;

  const emitter = newman.run({
    collection: structuredClone(job.collection) as newman.NewmanRunOptions['collection'],
    environment: job.environment as newman.NewmanRunOptions['environment'],
    globals: job.globals as newman.NewmanRunOptions['globals'],
    iterationCount: job.iterations.length,
    iterationData: [...job.iterations],
    delayRequest: job.delayMs,
    timeoutScript: SCRIPT_TIMEOUT_MS,
    insecure: job.insecure,
    workingDir: job.directory,
    insecureFileRead: false,
    reporters: [],
    requestAgents: guardedAgents(new HostGuard(job.hosts), log, job),
  } as newman.NewmanRunOptions);

  const on = (event: string, listener: (error: Error | null, args: EventArguments) => void): void => {
    (emitter as NodeJS.EventEmitter).on(event, listener);
  };
  on('beforeItem', (_error, { item, cursor }) => {
    log.wire = null;
    log.refusedRedirect = null;
    log.refusedHosts.length = 0;
    log.timedOut = false;
    log.refusedToStop = false;
    log.redirect = null;
    log.timeoutMs = job.timeoutsMs[item?.id ?? ''] ?? DEFAULT_TIMEOUT_MS;
    draft = item === undefined ? null : newDraft(item.id, cursor.iteration ?? 0);
  });
  on('beforePrerequest', (_error, { cursor, events }) => {
    const { iteration = 0 } = cursor;
    if (iteration === begun) return;
    begun = iteration;
    const values = Object.entries(job.own[iteration] ?? {});
    // Before the collection's own scripts, which begin with these.
    if (values.length > 0) events?.unshift(settingEvent('prerequest', values));
  });
  on('beforeRequest', (_error, { item }) => {
    if (draft !== null && item?.id === draft.id) draft.startedAt = Date.now();
  });
  on('request', (error, { cursor, item, request, response }) => {
    // Requests that a script sends carry the script's id and are no exchange of the plan.
    if (draft === null || cursor.scriptId !== undefined || item?.id !== draft.id || request === undefined)
      return;
    draft.sent = {
      method: request.method,
      url: request.url.toString(),
      headers: headersOf(request.headers),
      body: request.body?.toString() ?? '',
    };
    draft.wire = log.wire === null ? null : wireOf(log.wire);
    if (response !== undefined) held.push(response);
    if (response !== undefined && error === null && !log.timedOut) {
      draft.response = {
        status: response.code,
        statusText: response.status,
        headers: log.rawHeaders.length > 0 ? pairsOf(log.rawHeaders) : headersOf(response.headers),
        body: response.stream ?? new Uint8Array(),
      };
      draft.durationMs = response.responseTime;
    } else {
      const cause = log.timedOut ? timedOut(log.timeoutMs) : error;
      const asked = originOf(draft.sent.url);
      const at = draft.wire === null ? asked : originOf(draft.wire.url);
      draft.failure = {
        ...failureOf(cause ?? new Error('no response')),
        ...(at !== asked && { origin: at }),
      };
      draft.durationMs = Date.now() - draft.startedAt;
    }
    draft.refusedRedirect = log.refusedRedirect;
  });
  on('beforeTest', (_error, { events }) => {
    const captures = job.captures[draft?.id ?? ''];
    if (draft?.response == null || captures === undefined) return;
    const { headers, body } = draft.response;
    const values = Object.entries(capturedFrom(captures, { headers, body: decodeText(body, headers) }));
    // The collection's own scripts run before it, so that a capture has the last word.
    if (values.length > 0) events?.push(settingEvent('test', values));
  });
  on('assertion', (error, { assertion = '', skipped = false }) => {
    if (draft === null || skipped) return;
    draft.assertions.push({
      name: assertion,
      passed: error === null,
      ...(error && { error: error.message }),
    });
  });
  // An exception is told by `script`, by `exception` or by both, depending on where it was thrown.
  const keepError = (thrown: unknown): void => {
    const text = messageOf(thrown);
    if (draft !== null && !draft.scriptErrors.includes(text)) draft.scriptErrors.push(text);
  };
  on('script', (error, { execution }) => {
    // What is thrown without a message has none here; `exception` tells it.
    if (error?.message) keepError(error);
    if (draft !== null && typeof execution === 'object') {
      draft.variables = { ...draft.variables, ...variablesOf(execution, scripted) };
    }
  });
  on('exception', (_error, { error }) => keepError(error));
  on('item', () => {
    if (draft === null) return;
    if (draft.sent !== null) {
      const asked = originOf(draft.sent.url);
      const at = draft.failure?.origin ?? asked;
      if (at !== asked) log.hanging.heard(asked, null);
      log.hanging.heard(at, draft.failure);
    }
    // What was kept from being sent is nothing that happened; a script's own request does not undo an answer.
    if (draft.response !== null || !log.refusedToStop)
      send({ type: 'item', item: { ...draft, refusedHosts: [...log.refusedHosts] } });
    if (log.isStopping) send({ type: 'end', error: null });
    draft = null;
    for (const response of held) response.stream = undefined;
    held = [];
  });
  on('done', (error) => send({ type: 'end', error: error?.message ?? null }));
  return log;
}

function wireOf({ method, url, headers, body }: WireRequest): NonNullable<NewmanItem['wire']> {
  return { method, url, headers: headers(), body: Buffer.concat(body) };
}

/** Sets variables of the environment, and takes out those without a value. */
function settingEvent(
  listen: 'prerequest' | 'test',
  values: readonly (readonly [name: string, value: unknown])[],
): Event {
  const exec = values.map(([name, value]) => {
    const text = JSON.stringify(name);
    return value === undefined
      ? `pm.environment.unset(${text});`
      : `pm.environment.set(${text}, ${JSON.stringify(value)});`;
  });
  return new Event({ listen, script: { type: 'text/javascript', exec } });
}

function newDraft(id: string, iteration: number): Draft {
  return {
    id,
    iteration,
    sent: null,
    wire: null,
    response: null,
    failure: null,
    refusedRedirect: null,
    refusedHosts: [],
    startedAt: Date.now(),
    durationMs: 0,
    assertions: [],
    scriptErrors: [],
    variables: {},
  };
}

function variablesOf(
  { environment, globals, collectionVariables }: SdkExecution,
  scripted: ReadonlySet<string>,
): Record<string, string> {
  const values = [globals, collectionVariables, environment].flatMap((scope) =>
    (scope?.values?.all() ?? []).filter(({ disabled }) => disabled !== true),
  );
  const texts = values.flatMap(({ key, value }) =>
    scripted.has(key) || (isCredentialName(key) && typeof value === 'string')
      ? [[key, String(value ?? null)] as const]
      : [],
  );
  return Object.fromEntries(texts);
}

function headersOf(headers: SdkHeaders): Header[] {
  return headers
    .all()
    .flatMap(({ key, value, disabled }) => (disabled === true ? [] : [[key, value] as const]));
}

function pairsOf(rawHeaders: readonly string[]): Header[] {
  return rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : []));
}

takeProxiesOver();
let current: GuardLog | null = null;
process.on('message', (message: NewmanJob | typeof STOP) => {
  if (message !== STOP) current = run(message);
  else if (current !== null) current.isStopping = true;
});
// A terminal interrupts all processes of its group. What becomes of this one, the parent decides.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
// The parent is gone or wants no more: nothing here is worth finishing.
process.on('disconnect', () => process.exit(0));
send({ type: 'ready' });
