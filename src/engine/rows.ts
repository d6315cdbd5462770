import { scriptsOf } from '../collection/model';
import type { Acceptance } from '../config/accepted';
import { type HoldOptions, holdExchange } from '../contract/check';
import type { ReturnedProperties } from '../contract/coverage';
import type { SchemaStore } from '../contract/store';
import type { Exchange } from '../exchange/exchange';
import { isOriginDown } from '../exchange/failure';
import { originOf } from '../exchange/origin';
import { withAcceptance } from '../findings/accept';
import { type Finding, isOpen } from '../findings/finding';
import type { Masker } from '../masking/masker';
import { shorten } from '../masking/shorten';
import type { PlannedRequest } from '../plan/plan';
import type { ResultRow } from '../report/build';
import type { Outcome, ReportAssertion, ReportRequest } from '../report/report';
import { captured } from '../runner/capture';
import type { RunOutcome, SkipReason, Told, Turn } from '../runner/runner';
import { urlOf } from '../url';
import { type DetailRoom, detailOf } from './detail';

const MAX_MESSAGE_LENGTH = 300;

/** What turns an outcome into a row; `order` is the place of each request key in the collection, `room` is left for details. */
export interface RowMaker {
  readonly store: SchemaStore;
  readonly masker: Masker;
  readonly strict: boolean;
  readonly order: ReadonlyMap<string, number>;
  readonly runner: string;
  readonly room: DetailRoom;
  readonly accepted: readonly Acceptance[];
  readonly today: string;
  /** What answers had, for all rows that it makes. */
  readonly returned: ReturnedProperties;
  /** How what somebody recorded is held; nobody captures from it or runs its scripts. */
  readonly recorded?: HoldOptions;
}

/** Outcome of a runner → masked row: contract check, verdict on the request, and no secret in any text. */
export function rowOf(outcome: RunOutcome, maker: RowMaker): ResultRow {
  return outcome.exchange === undefined
    ? skippedRow(outcome, outcome.skipped, outcome.told, maker)
    : exchangedRow(outcome, outcome.exchange, maker);
}

function skippedRow(
  { planned, ...turn }: RunOutcome,
  skip: SkipReason,
  told: Told | undefined,
  maker: RowMaker,
): ResultRow {
  const { text, where, todo } = skip;
  const masked = {
    ...skip,
    text: maker.masker.text(text),
    ...(where !== undefined && { where: maker.masker.text(where) }),
    ...(todo !== undefined && { todo: maker.masker.text(todo) }),
  };
  const row = {
    ...base(planned, turn, maker),
    outcome: 'skipped' as const,
    reason: masked.text,
    ...(told !== undefined && { assertions: assertionsOf(told, maker.masker) }),
  };
  return { row, order: orderOf(planned, maker), skip: masked };
}

function exchangedRow({ planned, ...turn }: RunOutcome, exchange: Exchange, maker: RowMaker): ResultRow {
  const { masker, strict, recorded } = maker;
  const checked = holdExchange(planned, exchange, maker.store, {
    ...recorded,
    returned: maker.returned.listenerFor(planned.request.key),
  });
  const returned = maker.returned.take();
  const owner = { key: masker.text(planned.request.key), status: exchange.response?.status ?? null };
  const findings = checked.findings.map((found) =>
    withAcceptance(maskedFinding(found, masker), owner, maker.accepted, maker.today),
  );
  const assertions = assertionsOf(exchange, masker);
  const { failure, sent, response } = exchange;
  const uncaptured = recorded === undefined ? uncapturedBy(planned, exchange) : [];
  const isTold = findings.length > 0 || assertions.some(({ passed }) => !passed);
  const detail = isTold ? detailOf(exchange, masker, maker.room) : null;
  const result = outcomeOf(findings, assertions, strict);
  const origin = masker.text(failure?.origin ?? originOf(sent.url));
  const isDown = failure !== null && isOriginDown(failure) && urlOf(sent.url) !== null;
  return {
    row: {
      ...base(planned, turn, maker),
      status: response?.status ?? null,
      durationMs: Math.round(exchange.durationMs * 10) / 10,
      attempts: exchange.attempts,
      ...(result === 'passed' && (exchange.retries ?? 0) > 0 && { flaky: true as const }),
      outcome: result,
      assertions,
      ...(recorded === undefined && isSilent(planned, assertions) && { silent: true }),
      ...(recorded?.hasBody === false && { unrecorded: true }),
      findings,
      ...(detail !== null && { detail }),
    },
    order: orderOf(planned, maker),
    body: checked.body,
    ...(returned.length > 0 && { returned }),
    ...(uncaptured.length > 0 && { uncaptured }),
    origin,
    ...(isDown && { downOrigin: origin }),
  };
}

/** The captures that found nothing where they had to. */
function uncapturedBy(planned: PlannedRequest, exchange: Exchange): string[] {
  const captures = Object.entries(planned.captures);
  const values = captures.length === 0 ? {} : captured(planned, exchange);
  return captures.flatMap(([name, { required = true }]) =>
    required && !Object.hasOwn(values, name) ? [name] : [],
  );
}

/** Whether test scripts ran and asserted nothing: what they were to hold is held by nobody. */
function isSilent({ request }: PlannedRequest, assertions: readonly ReportAssertion[]): boolean {
  return assertions.length === 0 && scriptsOf(request, 'test').length > 0;
}

function outcomeOf(
  findings: readonly Finding[],
  assertions: readonly ReportAssertion[],
  strict: boolean,
): Outcome {
  const fails = ({ severity }: Finding) =>
    severity === 'breaking' || severity === 'down' || (strict && severity === 'additive');
  return findings.filter(isOpen).some(fails) || assertions.some(({ passed }) => !passed)
    ? 'failed'
    : 'passed';
}

/** The scripts' assertions; an exception that nothing caught is one that failed. */
function assertionsOf({ assertions, scriptErrors }: Told, masker: Masker): ReportAssertion[] {
  const thrown = scriptErrors.map((error) => ({
    name: 'the script ends without an exception',
    passed: false,
    error,
  }));
  return masker.deep([...assertions, ...thrown]);
}

function maskedFinding(found: Finding, masker: Masker): Finding {
  const { pointer, place, expected, actual, message } = found;
  const texts = masker.deep({ pointer, expected, actual, message });
  // Whole bodies never get into a report; and only what is masked may be cut, or half a secret would stay.
  const masked = {
    pointer: texts.pointer,
    expected: shorten(texts.expected),
    actual: shorten(texts.actual),
    message: shorten(texts.message, MAX_MESSAGE_LENGTH),
  };
  return { ...found, ...masked, ...(place !== undefined && { place: masker.text(place) }) };
}

function base(
  { request, prerequisite, cleanup }: PlannedRequest,
  { iteration, repeat }: Turn,
  { masker, runner }: RowMaker,
): ReportRequest {
  return {
    key: masker.text(request.key),
    name: masker.text(request.name),
    folder: masker.deep(request.folder),
    method: request.method,
    // As planned and not as sent: a report of tomorrow's run must compare with today's.
    url: masker.text(request.url.raw),
    runner,
    ...(iteration !== undefined && { iteration }),
    ...(repeat !== undefined && { repeat }),
    status: null,
    durationMs: 0,
    attempts: 0,
    outcome: 'skipped',
    ...(prerequisite && { prerequisite: true }),
    ...(cleanup && { cleanup: true }),
    assertions: [],
    findings: [],
  };
}

function orderOf(planned: PlannedRequest, { order }: RowMaker): number {
  return order.get(planned.request.key) ?? 0;
}
