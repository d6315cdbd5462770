import { type Finding, isOpen } from '../findings/finding';
import { findingId } from '../findings/id';
import { SLOWER_THAN_BEFORE } from '../findings/kinds';
import type { Advice } from './page-data';
import type { Report, ReportRequest } from './report';

/** A finding and whose it is: what its identity is made of. */
export type FindingOf = Pick<
  Finding,
  'kind' | 'severity' | 'pointer' | 'place' | 'actual' | 'samples' | 'schema' | 'expired'
> &
  Partial<Pick<Finding, 'message'>> & {
    readonly key: string;
    readonly status: number | null;
  };

/** A command and when it is the right one: a difference is known for a while, or is meant to stay. */
export interface Command {
  readonly when: 'if it is known' | 'if it is meant';
  readonly text: string;
}

/**
 * From what a schema can be widened: the last report, a recording, or another run.
 *
 * Shape: `flags` are what that run needs to meet the same environment; `reports` is where the report is, if elsewhere than usual.
 */
export interface Origin {
  readonly from?: 'report' | { readonly recording: string };
  readonly collection?: string | undefined;
  readonly flags?: readonly string[] | undefined;
  readonly reports?: string | undefined;
}

/**
 * The commands that settle a finding, the likelier one first. What rests on one sample, or is merely new, the contract does
 * not know yet: it widens. An environment that is down or slow is not settled by a command.
 */
export function commandsFor(of: FindingOf, origin: Origin = {}): Command[] {
  if (of.severity === 'down' || of.severity === 'degraded') return [];
  const reports = origin.reports === undefined ? [] : ['--reports', origin.reports];
  const accept = `npx driftgate accept ${findingId(of)} --until DATE --reason TEXT`;
  const accepting: Command = { when: 'if it is known', text: [accept, ...reports.map(quoted)].join(' ') };
  if (of.schema === undefined) return [accepting];
  const words = wideningWords(of, origin);
  const widening: Command = { when: 'if it is meant', text: `npx driftgate ${words.map(quoted).join(' ')}` };
  const isNew = of.severity === 'additive';
  // What was accepted once is known.
  const isFirst = (isNew || of.samples === 1) && of.expired === undefined;
  return isFirst ? [widening, accepting] : [accepting, widening];
}

/** What was received need not be asked for again where somebody has kept it: a run may answer otherwise, or elsewhere. */
function wideningWords(of: FindingOf, { from, collection, flags = [], reports }: Origin): string[] {
  const elsewhere = reports === undefined ? [] : ['--reports', reports];
  if (from === 'report') return ['learn', '--from', 'report', '--only', findingId(of), ...elsewhere];
  if (from !== undefined) return ['learn', '--from', from.recording, '--only', of.key];
  const given = collection === undefined ? [] : [collection];
  return ['run', ...given, '--update', '--only', of.key, ...flags, ...elsewhere];
}

/** What to do about a finding: where to look first, and the commands that settle it. */
export type Adviser = (of: FindingOf) => Required<Advice>;

/** The adviser of a report, which says the same of a finding in every format. */
export function adviserOf(report: Report): Adviser {
  const { runner, target, command } = report.run;
  const { collection } = command ?? {};
  const nameOf = ({ key, status }: Pick<FindingOf, 'key' | 'status'>) => JSON.stringify([key, status]);
  const found = report.requests.filter((row) => row.findings.some(isOpen));
  const unlearnable = new Set(found.length === 0 ? [] : notLearnable(found).map(nameOf));
  return (of) => {
    // `learn` knows the collection of the project and no other.
    const isKept = collection === undefined && !unlearnable.has(nameOf(of));
    const from = runner === 'har' ? { recording: target } : isKept ? 'report' : undefined;
    return {
      hint: hintFor(of),
      commands: commandsFor(of, { ...command, ...(from !== undefined && { from }) }),
    };
  };
}

/** Rows of which the report does not hold enough. What knows that is loaded only where there is something to learn. */
function notLearnable(rows: readonly ReportRequest[]): ReportRequest[] {
  const { isLearnable } = require('./samples') as typeof import('./samples');
  return rows.filter((row) => !isLearnable(row));
}

/** The one line of advice where there is room for no more: the likelier command, else where to look; null where neither is. */
export function remedyOf({ hint, commands: [command] }: Required<Advice>): string | null {
  if (command !== undefined) return `${command.when}: ${command.text}`;
  return hint === '' ? null : hint;
}

/** A text as one word of a shell. */
export function quoted(text: string): string {
  return /^[\w./~@:=-]+$/.test(text) && !text.startsWith('~') ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Where whoever reads a finding looks first, where it is no difference of the body's own; empty where that says it all. */
export function hintFor(of: Pick<FindingOf, 'kind' | 'actual' | 'message'>): string {
  switch (of.kind) {
    case 'status-changed':
    case 'undocumented-status':
      return statusHint(Number.parseInt(of.actual, 10));
    case 'media-type-changed':
      if (/html/i.test(of.actual)) return PAGE;
      return /problem/.test(of.actual)
        ? 'this is how an error is answered (RFC 9457): its body says what failed'
        : 'does it answer in another format now? then the saved example has to follow';
    case 'not-json':
      if (/html/i.test(of.actual)) return PAGE;
      return /^"/.test(of.actual)
        ? 'look at the body: was it cut off, or does it answer in another format now?'
        : 'no body came: the logs of the API say whether it failed or has nothing to say';
    case 'header-missing':
      return 'it is required by "headers" in driftgate.config.json';
    case 'latency-budget-exceeded':
      return of.message?.includes(SLOWER_THAN_BEFORE) === true
        ? 'look at the load; measured as "health.trend" in driftgate.config.json says'
        : 'look at the load; the budget is "latencyBudgetMs" in driftgate.config.json';
    case 'unreachable':
      return unreachableHint(of.actual);
    case 'timeout':
      return 'does it hang? limit: --timeout-request, "timeoutMs" in driftgate.config.json';
    case 'tls-invalid':
      return /EXPIRED/.test(of.actual)
        ? 'renew the certificate of the host'
        : 'trust its issuer by --ssl-extra-ca-certs FILE, or correct its certificate';
    case 'certificate-expiring':
      return 'renew the certificate of the host before that day';
    default:
      return '';
  }
}

const PAGE = 'a page: did a login, a proxy or a gateway answer instead of the API?';

function statusHint(status: number): string {
  if (status === 401 || status === 403) return 'check the credentials of this environment first';
  if (status === 404 || status === 410) return 'is what it asks for still there in this environment?';
  if (status === 429) return 'too many requests: run with a smaller --concurrency';
  if (status >= 500) return 'the API failed: its own logs say why';
  if (status >= 400) return 'the API refused the request: its answer says why';
  if (status >= 300) return 'it redirects: is this the right target?';
  return 'if it is meant, save an example of this status in the collection';
}

function unreachableHint(code: string): string {
  if (/^(401|403)\b/.test(code)) return 'check the credentials of this environment';
  if (/throughout$/.test(code)) return 'the API failed: its own logs say why';
  if (/ECONNREFUSED/.test(code)) return 'nothing listens there: is it up, and is the target right?';
  if (/ENOTFOUND|EAI_AGAIN/.test(code))
    return 'no such host: is the target right, is a VPN or proxy missing?';
  return 'the connection broke: look at the host and the network to it';
}
