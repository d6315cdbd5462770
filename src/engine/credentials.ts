import { type Finding, finding } from '../findings/finding';
import { isCredentialName } from '../masking/masker';
import type { PlannedRequest } from '../plan/plan';
import type { ResultRow } from '../report/build';
import type { ReportCredential, ReportOrigin } from '../report/report';
import type { Runner } from '../runner/runner';
import { variablesIn } from '../variables/resolve';
import type { HealthRequest } from './health';
import type { Blocked, CheckedOrigin } from './preflight';
import type { Project } from './project';
import { runPlan } from './run';

/** One refusal may be that request's own; two without an exception are the credential's. */
const LEAST_REFUSALS = 2;
/** Where nothing else of an origin can be asked: that somebody is not known, and not what he may do, which a request decides. */
const UNKNOWN = 401;

/** What came of the probes of an origin's credentials, by origin as it is told. */
export type Credentials = ReadonlyMap<string, readonly ReportCredential[]>;

/** An origin with what came of those. */
export function withCredentials(told: ReportOrigin, seen: Credentials): ReportOrigin {
  const credentials = seen.get(told.origin);
  return credentials === undefined ? told : { ...told, credentials };
}

/**
 * Probes each credential of each origin with one request that only reads, and with a second one where that was refused. A
 * credential that is refused twice is one root cause: told once, and what needs it is skipped with that reason. Where one
 * request is all that can be sent to an origin, one 401 is as much.
 *
 * `onCredentials` hears of a probe when it is sent, as one without an answer, and again when it is over. Errors: those of a run, and
 * the reason of `signal`.
 */
export async function blockRefusedCredentials(
  project: Project,
  runner: Runner,
  origins: readonly CheckedOrigin[],
  blocked: Blocked,
  { signal, onCredentials }: Pick<HealthRequest, 'signal' | 'onCredentials'>,
): Promise<Credentials> {
  const seen = new Map<string, readonly ReportCredential[]>();
  for (const { told, requests } of origins) {
    const isAlone = sendableOf(project, requests, blocked).length === 1;
    const least = isAlone ? 1 : LEAST_REFUSALS;
    for (const [credential, users] of byCredential(requests)) {
      const probes = sendableOf(project, users, blocked)
        .filter(({ safe }) => safe)
        .slice(0, least);
      if (probes.length < least) continue;
      const before = seen.get(told.origin) ?? [];
      const variables = variablesIn(credential);
      const tell = (key: string, status: number | null, isRefused = false): void => {
        const one = { variables, key, status, ...(isRefused && { refused: true as const }) };
        seen.set(told.origin, [...before, one]);
        onCredentials?.(seen);
      };
      const refused: ResultRow[] = [];
      for (const probe of probes) {
        tell(probe.request.key, null);
        const row = await sentAlone(project, runner, probe);
        const isRefusal = row !== null && isRefused(row) && (!isAlone || row.row.status === UNKNOWN);
        if (isRefusal) refused.push(row);
        tell(probe.request.key, row?.row.status ?? null, refused.length === least);
        // A runner that was closed would begin anew with the next one.
        signal?.throwIfAborted();
        if (!isRefusal) break;
      }
      const [first] = refused;
      if (first === undefined || refused.length < least) continue;
      const cause = refusal(credential, told.origin, refused);
      for (const { request } of users) {
        blocked.reasons.set(request.key, { cause: 'origin-down', text: cause.message });
      }
      blocked.carriers.set(first.row.key, { ...first, row: { ...first.row, findings: [cause] } });
    }
  }
  return seen;
}

/** Requests by what they authenticate with: their auth, and headers that carry a credential, before variables. */
function byCredential(requests: readonly PlannedRequest[]): Map<string, PlannedRequest[]> {
  const groups = new Map<string, PlannedRequest[]>();
  for (const planned of requests) {
    const { auth, headers } = planned.request;
    const named = headers.filter(({ key, disabled }) => disabled !== true && isCredentialName(key));
    if ((auth === null || auth.type === 'noauth') && named.length === 0) continue;
    const credential = JSON.stringify([auth, named.map(({ key, value }) => [key, value])]);
    groups.set(credential, [...(groups.get(credential) ?? []), planned]);
  }
  return groups;
}

/** What can be sent by itself: everything that it needs is there already. */
function sendableOf(
  project: Project,
  users: readonly PlannedRequest[],
  { reasons }: Blocked,
): PlannedRequest[] {
  const scope = project.newScope();
  return users.filter(
    ({ request, needs }) => !reasons.has(request.key) && needs.every((name) => scope.get(name) !== undefined),
  );
}

async function sentAlone(
  project: Project,
  runner: Runner,
  planned: PlannedRequest,
): Promise<ResultRow | null> {
  for await (const row of runPlan(project, { requests: [{ ...planned, after: [] }] }, runner)) return row;
  return null;
}

/** A refusal that the collection documents and the run expects is a pass. */
function isRefused({ row }: ResultRow): boolean {
  return row.outcome === 'failed' && (row.status === 401 || row.status === 403);
}

function refusal(credential: string, origin: string, refused: readonly ResultRow[]): Finding {
  const names = variablesIn(credential).map((name) => `{{${name}}}`);
  const which = names.length === 0 ? 'the credentials' : `the credentials of ${names.join(', ')}`;
  const statuses = [...new Set(refused.map(({ row }) => row.status))].sort().join(' and ');
  return finding('unreachable', '', {
    expected: 'an answer other than a refusal',
    actual: `${statuses} throughout`,
    message: `${which} are refused by ${origin} (${statuses})`,
  });
}
