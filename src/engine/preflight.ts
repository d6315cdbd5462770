import type { ExchangeFailure } from '../exchange/exchange';
import { type Finding, finding } from '../findings/finding';
import type { Plan, PlannedRequest } from '../plan/plan';
import type { ResultRow } from '../report/build';
import type { ReportOrigin } from '../report/report';
import { checkOrigin, type OriginCheck } from '../runner/preflight';
import type { SkipReason } from '../runner/runner';
import { buildRequest } from '../runner/typed/build';
import type { RetryPolicy } from '../runner/typed/retry';
import type { HealthRequest } from './health';
import type { Project } from './project';
import { rowOf } from './rows';
import { rowMaker } from './run';

const DAY_MS = 86_400_000;

/** An origin as it was found, with the requests that go to it, in order. */
export interface CheckedOrigin {
  readonly check: OriginCheck;
  readonly told: ReportOrigin;
  readonly requests: readonly PlannedRequest[];
}

/** What cannot be tested, by key: why it is skipped, and the one row of each cause that has the finding. */
export interface Blocked {
  readonly reasons: Map<string, SkipReason>;
  readonly carriers: Map<string, ResultRow>;
}

/** Plan → its origins, each looked at once, all at the same time. Origins that requests may not go to are left alone. */
export async function checkOrigins(
  project: Project,
  plan: Plan,
  retry: RetryPolicy,
  { signal, onOrigin }: Pick<HealthRequest, 'signal' | 'onOrigin'>,
): Promise<CheckedOrigin[]> {
  const scope = project.newScope();
  const byOrigin = new Map<string, PlannedRequest[]>();
  for (const planned of plan.requests) {
    const origin = planned.lacking === null ? originOf(planned, project, scope) : null;
    if (origin !== null) byOrigin.set(origin, [...(byOrigin.get(origin) ?? []), planned]);
  }
  return Promise.all(
    [...byOrigin].map(async ([origin, requests]) => {
      const check = await checkOrigin(origin, { ...project, retry, signal });
      const checked = { check, told: toldOf(check, project, retry), requests };
      // A look that was broken off says nothing of the origin.
      if (signal?.aborted !== true) onOrigin?.(checked);
      return checked;
    }),
  );
}

/** Where a request will go, as far as it is known before anything is sent. */
function originOf(
  { request }: PlannedRequest,
  { target, guard }: Project,
  scope: ReturnType<Project['newScope']>,
): string | null {
  try {
    const url = new URL(buildRequest(request, scope, target).sent.url);
    return guard.allows(url) ? url.origin : null;
  } catch {
    // What cannot be built is told when it is to be sent, and what is wrong with it.
    return null;
  }
}

function toldOf(
  { origin, address, connectMs, validTo, failure }: OriginCheck,
  { masker, isEmbedded, targetLabel, config }: Project,
  { clock }: RetryPolicy,
): ReportOrigin {
  const daysLeft = validTo === undefined ? 0 : Math.floor((validTo - clock.now()) / DAY_MS);
  return {
    // The port of a server that we started ourselves is another one each time.
    origin: isEmbedded ? targetLabel : masker.text(origin),
    ...(address !== undefined && { address }),
    ...(connectMs !== undefined && { connectMs }),
    ...(validTo !== undefined && {
      certificate: {
        validTo: new Date(validTo).toISOString(),
        daysLeft,
        ...(daysLeft < config.health.certificateDays && { expiring: true as const }),
      },
    }),
    ...(failure !== null && { failure: failure.code }),
  };
}

/** An origin that cannot be used is told by its first request; the others are skipped with that reason. */
export function blockOrigins(project: Project, origins: readonly CheckedOrigin[], blocked: Blocked): void {
  for (const { check, requests } of origins) {
    const [first] = requests;
    if (check.failure === null || first === undefined) continue;
    const { origin, failure } = check;
    const text = `${origin} is down (${failure.code})`;
    for (const { request } of requests)
      blocked.reasons.set(request.key, { cause: 'origin-down', text, origin });
    blocked.carriers.set(first.request.key, failedRow(project, first, check, failure));
  }
}

function failedRow(
  project: Project,
  planned: PlannedRequest,
  { origin, attempts }: OriginCheck,
  failure: ExchangeFailure,
): ResultRow {
  const exchange = {
    key: planned.request.key,
    runner: 'typed',
    sent: { method: planned.request.method, url: origin, headers: [], body: '' },
    response: null,
    failure,
    startedAt: 0,
    durationMs: 0,
    attempts,
    assertions: [],
    scriptErrors: [],
  };
  return rowOf({ planned, exchange }, rowMaker(project, 'typed'));
}

/** A certificate is told of by the first request that was sent to its origin; where none was yet, by the first of all. */
export function withCertificates(
  rows: readonly ResultRow[],
  origins: readonly CheckedOrigin[],
  days: number,
): ResultRow[] {
  const found = new Map<string, Finding>();
  for (const origin of origins) {
    const keys = new Set(origin.requests.map(({ request }) => request.key));
    const own = rows.filter(({ row }) => keys.has(row.key));
    const first = own.find(({ row }) => row.outcome !== 'skipped') ?? own[0];
    const expiring = certificateFinding(origin, days);
    if (first !== undefined && expiring !== null) found.set(first.row.key, expiring);
  }
  return rows.map((entry) => withFinding(entry, found.get(entry.row.key)));
}

/** A row with one more finding, where there is one. */
export function withFinding(entry: ResultRow, found: Finding | null | undefined): ResultRow {
  if (found == null) return entry;
  return { ...entry, row: { ...entry.row, findings: [...entry.row.findings, found] } };
}

/** A certificate with fewer days left than this is a finding. */
function certificateFinding({ told }: CheckedOrigin, days: number): Finding | null {
  const { certificate, origin } = told;
  if (certificate === undefined || certificate.expiring !== true) return null;
  const { daysLeft, validTo } = certificate;
  return finding('certificate-expiring', '', {
    expected: `at least ${days} days`,
    actual: `${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}`,
    message: `the certificate of ${origin} runs out on ${validTo.slice(0, 10)}`,
  });
}
