import { type Example, headerOf } from '../collection/model';
import { type Exchange, headerValue, type ReceivedResponse } from '../exchange/exchange';
import { type Finding, finding, mergeRepeats } from '../findings/finding';
import { isTooDeep } from '../json';
import type { PlannedRequest } from '../plan/plan';
import { explain, isAdditive } from './explain';
import { type ResponseContract, type SchemaStore, VARIANTS } from './store';
import { undeclared } from './undeclared';

/**
 * Exchange + contract → findings, in the order of a reader's questions: did it answer, with what status, what kind of
 * body, is the body right, was it quick enough.
 */
export function checkExchange(planned: PlannedRequest, exchange: Exchange, store: SchemaStore): Finding[] {
  const { failure, response } = exchange;
  if (failure !== null || response === null) {
    const { kind, code, message } = failure ?? {
      kind: 'unreachable',
      code: 'UNKNOWN',
      message: 'no response',
    };
    return [finding(kind, '', { expected: 'an answer', actual: code, message: message })];
  }
  return [...checkResponse(planned, exchange, response, store), ...checkLatency(planned, exchange)];
}

function checkResponse(
  planned: PlannedRequest,
  exchange: Exchange,
  response: ReceivedResponse,
  store: SchemaStore,
): Finding[] {
  const { request } = planned;
  const { status } = response;
  const contract = store.contractOf(request, status);
  const isGone = planned.cleanup && (status === 404 || status === 410);
  // What is not there any more need not be removed; how that is said is held to its contract where it has one.
  if (isGone && contract === null) return [];
  const expected = isGone ? status : expectedStatus(planned, store);
  const example = request.examples.find(({ code }) => code === status);
  if (contract === null && status === expected) {
    if (isBodyless(request.method, status) || example?.body === '') return checkHeaders(planned, response);
    const media = mediaTypeOf(example);
    // No JSON Schema describes what is no JSON: the media type is its contract, and that something came.
    if ((media !== null && !isJson(media)) || (example !== undefined && parse(example.body) === NOT_JSON)) {
      return [...checkHeaders(planned, response), ...checkText(media, response)];
    }
  }
  // It runs for what it yields to others, and nothing says what else it answers.
  const isSuccess = status >= 200 && status < 300;
  if (planned.prerequisite && contract === null && expected === undefined && isSuccess) return [];
  if (contract === null || status !== expected) {
    return [statusFinding(exchange, status, expected, contract !== null)];
  }
  return [...checkHeaders(planned, response), ...checkBody(contract, example, response, store)];
}

/** What the first example answered; without one, the lowest success that has a schema: an error passes only as saved. */
function expectedStatus({ request }: PlannedRequest, store: SchemaStore): number | undefined {
  const saved = request.examples.find(({ code }) => code !== null)?.code;
  if (saved != null) return saved;
  const successes = store.statusesOf(request.key).filter((status) => status >= 200 && status < 300);
  return successes.length > 0 ? Math.min(...successes) : undefined;
}

/** No body may come with these, so that an example is all the contract they can have. Source: RFC 9110, 6.4.1. */
function isBodyless(method: string, status: number): boolean {
  return method === 'HEAD' || status === 204 || status === 304;
}

function checkHeaders({ settings }: PlannedRequest, response: ReceivedResponse): Finding[] {
  const missing = (settings.headers ?? []).filter(
    (name) => headerValue(response.headers, name) === undefined,
  );
  return missing.map((name) =>
    finding('header-missing', `/headers/${name}`, {
      expected: `the header ${name}`,
      actual: 'nothing',
      message: 'a required response header is missing',
    }),
  );
}

function statusFinding(
  exchange: Exchange,
  status: number,
  expected: number | undefined,
  documented: boolean,
): Finding {
  const redirect =
    exchange.refusedRedirect === undefined
      ? ''
      : `; it redirects to ${exchange.refusedRedirect}, which is not an allowed host`;
  const message = documented ? 'another documented status than the expected one' : 'the status has no schema';
  return finding(documented ? 'status-changed' : 'undocumented-status', '', {
    expected: expected === undefined ? 'a documented success' : String(expected),
    actual: String(status),
    message: message + redirect,
  });
}

function checkBody(
  contract: ResponseContract,
  example: Example | undefined,
  response: ReceivedResponse,
  store: SchemaStore,
): Finding[] {
  const media = mediaTypeFinding(mediaTypeOf(example) ?? 'application/json', response);
  const value = parse(response.body);
  if (value === NOT_JSON) {
    // A page in place of JSON is one difference, not two.
    if (media !== null) return [media];
    const actual = response.body === '' ? 'an empty body' : JSON.stringify(response.body);
    return [
      finding('not-json', '', { expected: 'JSON', actual, message: 'the body does not parse as JSON' }),
    ];
  }
  return [...(media === null ? [] : [media]), ...checkValue(contract, value, store)];
}

function checkText(expected: string | null, response: ReceivedResponse): Finding[] {
  const media = expected === null ? null : mediaTypeFinding(expected, response);
  if (media !== null) return [media];
  if (response.body !== '') return [];
  const message = 'nothing where the example has a body';
  return [
    finding('constraint-violated', '', {
      expected: 'a body that is not empty',
      actual: 'an empty body',
      message,
    }),
  ];
}

/** What the example documents, without parameters; null where it says nothing that could be held to. */
function mediaTypeOf(example: Example | undefined): string | null {
  const documented = example === undefined ? undefined : headerOf(example.headers, 'content-type');
  return documented === undefined || documented.includes('*') ? null : essence(documented);
}

function isJson(media: string): boolean {
  return /^application\/json$|\+json$|^text\/json$/.test(media);
}

function mediaTypeFinding(expected: string, { headers }: ReceivedResponse): Finding | null {
  const received = essence(headerValue(headers, 'content-type') ?? '');
  if (received === expected) return null;
  const message = 'another Content-Type than the documented one';
  return finding('media-type-changed', '', { expected, actual: received || 'nothing', message });
}

function checkValue(contract: ResponseContract, value: unknown, store: SchemaStore): Finding[] {
  const broken = explain(store, contract.expected, value);
  // What stands beside the variants holds for each of them.
  const beside =
    contract.variant === null ? [] : explain(store, contract.place, value, { without: VARIANTS });
  const other =
    broken.length === 0 ? undefined : contract.others.find(({ place }) => store.accepts(place, value));
  if (other !== undefined) {
    // A well-formed answer of another variant is one difference; what tells the variants apart says it best.
    const telling = broken.filter(({ kind }) => kind === 'enum-value-unknown');
    const note = `the body is the documented variant "${other.title}" instead of "${contract.variant}"`;
    const told = (telling.length > 0 ? telling : broken).map((found) => ({ ...found, message: note }));
    return mergeRepeats([...told, ...beside], value);
  }
  const unknown = undeclared(
    store,
    contract.place,
    value,
    contract.others.map(({ place }) => place),
  );
  const distinct = new Map<string, Finding>();
  // That no variant takes a value is not said by the expected one where that merely is closed.
  const said = isAdditive(broken) ? explain(store, contract.place, value) : [...broken, ...beside];
  for (const found of [...said, ...unknown]) {
    const identity = `${found.kind} ${found.pointer}`;
    if (!distinct.has(identity)) distinct.set(identity, found);
  }
  return mergeRepeats([...distinct.values()], value);
}

function checkLatency({ settings }: PlannedRequest, { durationMs }: Exchange): Finding[] {
  const budget = settings.latencyBudgetMs;
  if (budget === undefined || durationMs <= budget) return [];
  const details = { expected: `at most ${budget} ms`, actual: `${Math.round(durationMs)} ms` };
  return [finding('latency-budget-exceeded', '', { ...details, message: 'slower than its latency budget' })];
}

const NOT_JSON = Symbol('not JSON');

function parse(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body.replace(/^\uFEFF/, ''));
    // Nothing could walk it; a body like that is made to break whoever reads it.
    return isTooDeep(value) ? NOT_JSON : value;
  } catch {
    return NOT_JSON;
  }
}

/** A media type without its parameters. */
function essence(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}
