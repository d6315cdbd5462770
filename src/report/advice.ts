import type { Finding } from '../findings/finding';
import { findingId } from '../findings/id';
import type { Report } from './report';

/** A finding and whose it is: what its identity is made of. */
export type FindingOf = Pick<
  Finding,
  'kind' | 'severity' | 'pointer' | 'place' | 'actual' | 'samples' | 'schema'
> & {
  readonly key: string;
  readonly status: number | null;
};

/** A command and when it is the right one: a difference is known for a while, or is meant to stay. */
export interface Command {
  readonly when: 'if it is known' | 'if it is meant';
  readonly text: string;
}

/**
 * The commands that settle a finding, the likelier one first. What rests on one sample, or is merely new, the contract does
 * not know yet: it widens. An environment that is down or slow is not settled by a command. `recording` is the file that the
 * finding was found in, where it was one.
 */
export function commandsFor(of: FindingOf, recording?: string): Command[] {
  if (of.severity === 'down' || of.severity === 'degraded') return [];
  const accept = `npx driftgate accept ${findingId(of)} --until DATE --reason TEXT`;
  const accepting: Command = { when: 'if it is known', text: accept };
  if (of.schema === undefined) return [accepting];
  const isNew = of.severity === 'additive';
  const widen = recording === undefined ? 'run --update' : `learn --from ${quoted(recording)}`;
  const text = `npx driftgate ${widen} --only ${quoted(of.key)}`;
  const widening: Command = { when: 'if it is meant', text };
  return isNew || of.samples === 1 ? [widening, accepting] : [accepting, widening];
}

/** The recording that a report is of; undefined for one of a run. */
export function recordingOf({ run }: Pick<Report, 'run'>): string | undefined {
  return run.runner === 'har' ? run.target : undefined;
}

/** A text as one word of a shell. */
export function quoted(text: string): string {
  return /^[\w./~@:-]+$/.test(text) && !text.startsWith('~') ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Where whoever reads a finding looks first, where it is no difference of the body's own; empty where that says it all. */
export function hintFor(of: Pick<FindingOf, 'kind' | 'actual'>): string {
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
      return 'look at the load; the budget is "latencyBudgetMs" in driftgate.config.json';
    case 'unreachable':
      return unreachableHint(of.actual);
    case 'timeout':
      return 'it hangs or is overloaded; the limit is "timeoutMs" in driftgate.config.json';
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
