import { exampleJson } from '../collection/example';
import type { CollectionRequest, Example } from '../collection/model';
import { type Exchange, headerValue, type ReceivedResponse } from '../exchange/exchange';
import { type Finding, finding } from '../findings/finding';
import type { PlannedRequest } from '../plan/plan';
import type { PropertyListener } from './coverage';
import { checkJson } from './json-body';
import { documentedMedia, isJsonMedia, mediaTypeFinding, receivedMedia } from './media';
import { readJson } from './reading';
import type { ResponseContract } from './response-contract';
import type { SchemaStore } from './store';
import { checkText } from './text-body';

/** By what a body was held: by its schema, by media type and being there alone, or by nothing, as where none may come. */
export type BodyCheck = 'schema' | 'mediaType' | 'none';

/** What holding an exchange to its contract found, and how much of a contract that was. */
export interface Checked {
  readonly findings: Finding[];
  readonly body: BodyCheck;
}

/**
 * How an exchange is held, where it is not as in a run. `anyAnswer` takes any status that is documented, and any variant of
 * it: nobody says what was asked for. `hasBody` is false where the body is not known, which is then held to nothing.
 */
export interface HoldOptions {
  readonly anyAnswer?: boolean;
  readonly hasBody?: boolean;
  /** Hears of the properties of the body that its schema names. */
  readonly returned?: PropertyListener;
}

/**
 * Exchange + contract → findings, in the order of a reader's questions: did it answer, with what status, what kind of
 * body, is the body right, was it quick enough.
 */
export function checkExchange(planned: PlannedRequest, exchange: Exchange, store: SchemaStore): Finding[] {
  return holdExchange(planned, exchange, store).findings;
}

/** `checkExchange`, saying besides by what the body was held. */
export function holdExchange(
  planned: PlannedRequest,
  exchange: Exchange,
  store: SchemaStore,
  options: HoldOptions = {},
): Checked {
  const { failure, response } = exchange;
  if (failure !== null || response === null) {
    const { kind, code, message } = failure ?? {
      kind: 'unreachable',
      code: 'UNKNOWN',
      message: 'no response',
    };
    const details = { expected: 'an answer', actual: code, message };
    return { findings: [finding(kind, '', details)], body: 'none' };
  }
  const { findings, body } = checkResponse(planned, exchange, response, store, options);
  return { findings: [...findings, ...checkLatency(planned, exchange)], body };
}

function checkResponse(
  planned: PlannedRequest,
  exchange: Exchange,
  response: ReceivedResponse,
  store: SchemaStore,
  { anyAnswer = false, hasBody = true, returned }: HoldOptions,
): Checked {
  const { request } = planned;
  const { status } = response;
  const documented = store.contractOf(request, status);
  const contract = documented !== null && anyAnswer ? asWhole(documented) : documented;
  const isGone = planned.cleanup && (status === 404 || status === 410);
  // What is not there any more need not be removed; how that is said is held to its contract where it has one.
  if (isGone && contract === null) return { findings: [], body: 'none' };
  const example = exampleFor(request, response, anyAnswer, hasBody);
  const basis =
    contract === null || isBesideJson(example, request) ? basisWithout(planned, status, example) : 'schema';
  const isMeant = isGone || (anyAnswer && basis !== null);
  const expected = isMeant ? status : expectedStatus(planned, store);
  // It runs for what it yields to others, and nothing says what else it answers.
  const isSuccess = status >= 200 && status < 300;
  if (planned.prerequisite && contract === null && expected === undefined && isSuccess)
    return { findings: [], body: 'none' };
  if (basis === null || status !== expected) {
    return { findings: [statusFinding(exchange, status, expected, basis !== null)], body: 'none' };
  }
  const headers = checkHeaders(planned, response);
  if (!hasBody && basis !== 'none' && !isBodyless(request.method, status)) {
    const media = mediaTypeFinding(documentedMedia(example), response.headers, basis === 'schema');
    return { findings: media === null ? headers : [...headers, media], body: 'mediaType' };
  }
  if (basis === 'mediaType') return { findings: [...headers, ...checkText(example, response)], body: basis };
  const isBare = isBodyless(request.method, status) || (example?.body === '' && response.body === '');
  if (contract === null || isBare) return { findings: headers, body: 'none' };
  return {
    findings: [...headers, ...checkJson(contract, example, response, store, returned)],
    body: 'schema',
  };
}

/**
 * The example of a status that an answer is held to: the first, as the variant of a run is. Where any answer will do it is the
 * one that has a body as the answer has, and its media type.
 */
function exampleFor(
  { examples }: CollectionRequest,
  { status, headers, body }: ReceivedResponse,
  anyAnswer: boolean,
  hasBody: boolean,
): Example | undefined {
  const all = examples.filter(({ code }) => code === status);
  if (!anyAnswer || all.length < 2) return all[0];
  const alike = all.filter((example) => !hasBody || (example.body === '') === (body === ''));
  const pool = alike.length > 0 ? alike : all;
  const media = receivedMedia(headers);
  return pool.find((example) => documentedMedia(example) === media) ?? pool[0];
}

/** Whether an example is text of another kind beside one that is JSON, which the schema of their status describes alone. */
function isBesideJson(example: Example | undefined, { examples }: CollectionRequest): boolean {
  const media = documentedMedia(example);
  if (example === undefined || example.body === '' || media === null || isJsonMedia(media)) return false;
  const isJson = (one: Example) => exampleJson(one) !== null;
  return !isJson(example) && examples.some((one) => one.code === example.code && isJson(one));
}

/** The contract that takes any variant: all of them are the others, as where no example says which is meant. */
function asWhole(contract: ResponseContract): ResponseContract {
  const { file, place, expected, variant, others } = contract;
  if (variant === null) return contract;
  return {
    file,
    place,
    expected: place,
    variant: null,
    others: [{ title: variant, place: expected }, ...others],
  };
}

/** What the first example answered; without one, the lowest success that has a schema: an error passes only as saved. */
export function expectedStatus({ request }: PlannedRequest, store: SchemaStore): number | undefined {
  const saved = request.examples.find(({ code }) => code !== null)?.code;
  if (saved != null) return saved;
  const successes = store.statusesOf(request.key).filter((status) => status >= 200 && status < 300);
  return successes.length > 0 ? Math.min(...successes) : undefined;
}

/**
 * By what a body is held where no schema describes it: no JSON Schema says what is no JSON, and an example without a
 * body has no more to say. Null where a schema is missing.
 */
function basisWithout(
  { request }: PlannedRequest,
  status: number,
  example: Example | undefined,
): BodyCheck | null {
  // That it has no body is said by the expected status, where no example is needed to say it.
  if (isBodyless(request.method, status) || example?.body === '')
    return example === undefined ? null : 'none';
  const media = documentedMedia(example);
  const isText =
    (media !== null && !isJsonMedia(media)) || (example !== undefined && readJson(example.body) === null);
  return isText ? 'mediaType' : null;
}

/** No body may come with these, so that an example is all the contract they can have. Source: RFC 9110, 6.4.1, 15.3.6. */
export function isBodyless(method: string, status: number): boolean {
  return method === 'HEAD' || status === 204 || status === 205 || status === 304;
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

function checkLatency({ settings }: PlannedRequest, { durationMs }: Exchange): Finding[] {
  const budget = settings.latencyBudgetMs;
  if (budget === undefined || durationMs <= budget) return [];
  const details = { expected: `at most ${budget} ms`, actual: `${Math.round(durationMs)} ms` };
  return [finding('latency-budget-exceeded', '', { ...details, message: 'slower than its latency budget' })];
}
