import type { AuthTemplate } from '../collection/model';
import { RunnerError } from '../errors';
import type { Assertion, Exchange, Header } from '../exchange/exchange';
import { isRecord } from '../json';
import type { Masker } from '../masking/masker';
import type { PlannedRequest } from '../plan/plan';
import type { RunnerName, RunOutcome } from '../runner/runner';
import type { VariableScope } from '../variables/scope';
import { Equivalence } from './equivalence';

/** As many differences as one error can tell. */
const MOST_DIFFERENCES = 5;
/** Longer bodies are compared as far as this, and by their length. */
const MAX_BODY_LENGTH = 65_536;
/** Who sends, how it names itself, and what follows from the rest is no difference. */
const OWN_HEADERS = new Set(['user-agent', 'postman-token', 'content-length']);
/** What only puts its credentials into a header: the same credentials give the same header. */
const PLAIN_AUTH = new Set(['noauth', 'basic', 'bearer', 'apikey', 'oauth2']);

/** What is compared of one exchange. */
interface Seen {
  readonly id: string;
  readonly planned: PlannedRequest;
  /** Nothing came back that could be compared. */
  readonly isMute: boolean;
  readonly sent: Exchange['sent'] | null;
  readonly status: number | null;
  readonly assertions: readonly Assertion[];
}

/**
 * Holds the two runners to each other, request by request: URL, headers, body, status and assertions.
 *
 * A difference is ours and not the API's: either a runner sends what it should not, or we cannot tell whom to believe.
 * Values that each run makes or captures for itself stand for the same thing, and are none.
 */
export class Comparison {
  readonly #masker: Masker;
  readonly #first = new Map<string, Seen & { readonly runner: RunnerName }>();
  readonly #values = { newman: new Map<string, string[]>(), typed: new Map<string, string[]>() };
  readonly #differences: string[] = [];
  readonly #ended = new Set<RunnerName>();

  constructor(masker: Masker) {
    this.#masker = masker;
  }

  /** Hears of each outcome; what it gives is for `compare`, once nothing will take its place any more. */
  heard(runner: RunnerName, outcome: RunOutcome, scope: VariableScope): Seen {
    const { planned, exchange, iteration, repeat } = outcome;
    const names = namesOf(planned);
    this.#remember(runner, names, scope);
    const id = `${planned.request.key} ${iteration} ${repeat}`;
    // Without a response nothing says what the other one would have been, and a host that is down is down for one.
    const isMute = exchange === undefined ? outcome.skipped.cause !== 'script' : exchange.failure !== null;
    const { sent = null, response = null, assertions = [] } = exchange ?? {};
    const kept = sent && { ...sent, url: wireUrl(sent.url), body: sent.body.slice(0, MAX_BODY_LENGTH) };
    return { id, planned, isMute, sent: kept, status: response?.status ?? null, assertions };
  }

  /** Holds what both runners did with a request to each other, when the second one is there. */
  compare(runner: RunnerName, seen: Seen): void {
    const other = this.#first.get(seen.id);
    this.#first.delete(seen.id);
    if (other === undefined) this.#first.set(seen.id, { ...seen, runner });
    else if (seen.isMute || other.isMute) return;
    else this.#compare(runner === 'typed' ? other : seen, runner === 'typed' ? seen : other);
  }

  /** Hears that a runner is at its end. Errors: RunnerError that names the first differences, when both are. */
  ended(runner: RunnerName): void {
    this.#ended.add(runner);
    if (this.#ended.size === 2) this.#refuseDifferences();
  }

  #refuseDifferences(): void {
    for (const { runner, id, isMute } of this.#first.values()) {
      if (!isMute) this.#differences.push(`${id.split(' ', 1)[0]}: only ${runner} ran it`);
    }
    this.#first.clear();
    if (this.#differences.length === 0) return;
    const shown = this.#differences.slice(0, MOST_DIFFERENCES);
    const more = this.#differences.length - shown.length;
    throw new RunnerError(
      `the runners differ: ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
      'runner both',
      'this is no drift of the API but a fault of Driftgate, unless the API answers differently each time: report it',
    );
  }

  /** Each value that a variable had, in order: the same place in both runs means the same thing. */
  #remember(runner: RunnerName, names: readonly string[], scope: VariableScope): void {
    for (const name of names) {
      const value = scope.get(name);
      if (value === undefined) continue;
      const values = this.#values[runner].get(name) ?? [];
      if (values.at(-1) !== value) this.#values[runner].set(name, [...values, value]);
    }
  }

  /** Only its own variables stand in a request: those of others would make different things the same. */
  #equivalenceOf(planned: PlannedRequest): Equivalence {
    const of = (runner: RunnerName) =>
      new Map(namesOf(planned).map((name) => [name, this.#values[runner].get(name) ?? []]));
    return new Equivalence(of('newman'), of('typed'));
  }

  #compare(newman: Seen, typed: Seen): void {
    const { request } = newman.planned;
    const same = this.#equivalenceOf(newman.planned);
    const masked = (value: unknown) => short(value === null ? 'none' : this.#masker.text(String(value)));
    const tell = (what: string, one: unknown, other: unknown) =>
      this.#differences.push(`${request.key} ${what}: newman ${masked(one)}, typed ${masked(other)}`);
    if (newman.sent === null || typed.sent === null) {
      if (newman.sent !== typed.sent) tell('is sent', newman.sent !== null, typed.sent !== null);
      return;
    }
    if (newman.sent.method !== typed.sent.method) tell('method', newman.sent.method, typed.sent.method);
    const isRandom = (text: unknown) => JSON.stringify(text ?? null).includes('{{$');
    const [url, otherUrl] = [newman.sent.url, typed.sent.url];
    const isSameUrl =
      same.holds(url, otherUrl) || (isRandom(request.url) && shapeOfUrl(url) === shapeOfUrl(otherUrl));
    if (!isSameUrl) tell('URL', newman.sent.url, typed.sent.url);
    for (const [name, one, other] of headerPairs(newman.sent.headers, typed.sent.headers)) {
      const written = request.headers.filter(({ key }) => key.toLowerCase() === name);
      if (isSameHeader(name, one, other, request.auth, same) || isRandom(written)) continue;
      tell(`header ${name}`, one, other);
    }
    if (!isSameBody(newman.sent.body, typed.sent.body, same, isRandom(request.body)))
      tell('body', newman.sent.body, typed.sent.body);
    if (newman.status !== typed.status) tell('status', newman.status, typed.status);
    const [asserted, others] = [newman.assertions.map(textOf), typed.assertions.map(textOf)];
    if (asserted.length !== others.length || asserted.some((text, at) => !same.holds(text, others[at] ?? '')))
      tell('assertions', asserted.join(', '), others.join(', '));
  }
}

/** The variables that stand in a request, or that its scripts may put there. */
function namesOf({ needs, yields, access }: PlannedRequest): string[] {
  return [...new Set([...needs, ...yields, ...(access?.reads ?? [])])];
}

/** What does not go over the wire as a part of the URL: a default port, user and password, a fragment. */
function wireUrl(url: string): string {
  return url
    .replace(/#.*$/s, '')
    .replace(/^(https?:\/\/)[^/@]*@/i, '$1')
    .replace(/^(http:\/\/[^/]*):80(?=[/?]|$)|^(https:\/\/[^/]*):443(?=[/?]|$)/i, '$1$2');
}

function headerPairs(
  one: readonly Header[],
  other: readonly Header[],
): [name: string, one: string | null, other: string | null][] {
  const joined = (headers: readonly Header[]) => {
    const all = new Map<string, string>();
    for (const [name, value] of headers) {
      const key = name.toLowerCase();
      const before = all.get(key);
      all.set(key, before === undefined ? value : `${before}, ${value}`);
    }
    return all;
  };
  const [first, second] = [joined(one), joined(other)];
  const names = [...new Set([...first.keys(), ...second.keys()])].filter((name) => !OWN_HEADERS.has(name));
  return names.map((name) => [name, first.get(name) ?? null, second.get(name) ?? null]);
}

function isSameHeader(
  name: string,
  one: string | null,
  other: string | null,
  auth: AuthTemplate | null,
  same: Equivalence,
): boolean {
  if (one === null || other === null) return false;
  if (same.holds(one, other)) return true;
  // A server gives each run a session of its own.
  if (name === 'cookie') return same.holds(cookieNames(one), cookieNames(other));
  // A signature holds a time or a random number; its kind and its parts stay.
  const isSigned = auth !== null && !PLAIN_AUTH.has(auth.type);
  return isSigned && same.holds(withoutValues(one), withoutValues(other));
}

function cookieNames(header: string): string {
  return header.replace(/=[^;]*/g, '');
}

/** `Scheme a="1", b=2` → `Scheme a, b`; a header that is one value is nothing but there. */
function withoutValues(header: string): string {
  return header.includes('=') ? header.replace(/="[^"]*"|=[^,\s]*/g, '') : '';
}

function isSameBody(one: string, other: string, same: Equivalence, isRandom: boolean): boolean {
  if (same.holds(withoutEdge(one), withoutEdge(other))) return true;
  if (!isRandom) return false;
  // Only the values are random.
  const [left, right] = [shapeOf(one), shapeOf(other)];
  return left === right;
}

/** Origin, number of segments and names of parameters: all that is left where values are random. */
function shapeOfUrl(url: string): string {
  const { origin, pathname, searchParams } = new URL(url);
  return [origin, pathname.split('/').length, ...searchParams.keys()].join(' ');
}

/** The edge between the parts of a form is a random one. */
function withoutEdge(body: string): string {
  const edge = /^--(\S+)\r\n/.exec(body)?.[1];
  return edge === undefined ? body : body.replaceAll(edge, 'edge');
}

function shapeOf(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), (_, value: unknown) =>
      isRecord(value) || Array.isArray(value) ? value : typeof value,
    );
  } catch {
    return 'text';
  }
}

function textOf({ name, passed }: Assertion): string {
  return `${passed ? 'passed' : 'failed'} ${name}`;
}

/** Cut when it is masked: half a secret would be one that no masker knows. */
function short(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
