import { setTimeout as delay } from 'node:timers/promises';
import { DriftgateError, RequestError } from '../../errors';
import type { Exchange, SentRequest } from '../../exchange/exchange';
import { failureOf } from '../../exchange/failure';
import { rootOf } from '../../exchange/origin';
import type { Step } from '../../plan/order';
import type { PlannedRequest } from '../../plan/plan';
import { captured } from '../capture';
import { foreignHost, refuseOwnFault, refuseSilentGaps, refuseUnresolved } from '../checks';
import { TokenUnavailable } from '../oauth2/unavailable';
import { type RunContext, type RunOutcome, type SkipReason, type Told, unsendable } from '../runner';
import { type SkipBook, skippedByScript } from '../skips';
import { AuthState } from './auth-state';
import { Authorised } from './authorised';
import { buildRequest, isPlain, isSimple, sendableRequest } from './build';
import { deliveryOf } from './delivery';
import { exchangeOf, withRetries } from './exchange-of';
import { NoAddressError, postmanItem, resolved, takeOver } from './postman-request';
import { type Client, Retries } from './retry';
import { ScriptHost } from './scripts/host';
import { looksAtResponseAlone, RequestScripts } from './scripts/request-scripts';
import { type Answer, type Sender, sendFollowing } from './send';
import { responseJson } from './sign';
import { startTimer, type Timer } from './timer';

/** Why what comes after the end of a run is not sent. */
export const STOPPED: SkipReason = { cause: 'stopped', text: 'the run stopped at an earlier request' };

/** Who hears what one request does. */
export interface Listener extends Pick<Sender, 'order' | 'onCookie'> {
  /** `undo` takes back what it will change among the variables. */
  onStart(undo: () => void): void;
  onSent(url: string): void;
  /** The response is there, before scripts have seen it. */
  onAnswered(): void;
  /** A variable got a value with other variables in it. */
  onNested(): void;
}

/** What sends one request: a client that may send it again, the time of its last attempt, and who hears of it. */
interface Sending extends Sender, Listener {
  readonly client: Client;
  readonly timer: Timer;
}

/** What one request gave, and where its scripts want to go on. */
interface Ran {
  readonly outcome: RunOutcome;
  readonly next?: string | null | undefined;
}

/** One run: what its requests share. */
export class TypedRun {
  readonly #context: RunContext;
  readonly #sender: Sender;
  readonly #skips: SkipBook;
  readonly #authorised: Authorised;
  readonly #authState = new AuthState();
  readonly #scripts = new ScriptHost();
  readonly #stopping = new AbortController();

  constructor(context: RunContext, sender: Sender, skips: SkipBook) {
    this.#context = context;
    this.#sender = sender;
    this.#skips = skips;
    this.#authorised = new Authorised(context, sender.client, skips);
  }

  /** Nothing is sent any more; what is under way ends by itself. */
  stop(): void {
    this.#stopping.abort();
  }

  get isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Starts the script engine, which takes some time to be ready. */
  startScripts(): void {
    this.#scripts.start();
  }

  /** Ends the script engine, where there was one. */
  close(): void {
    this.#scripts.close();
  }

  /** Runs one request, and says where its scripts want to go on. */
  async one(step: Step, iteration: number, listener: Listener): Promise<Ran> {
    const { planned } = step;
    const { request } = planned;
    const { scope, delayMs } = this.#context;
    const timer = startTimer();
    const client = new Retries(this.#sender.client, this.#context.retry ?? null, planned, {
      onAttempt: timer.restart,
      signal: this.#stopping.signal,
    });
    const changed = [...Object.keys(planned.captures), ...(planned.access?.writes ?? [])];
    listener.onStart(changed.length === 0 ? () => {} : scope.keep(changed));
    const reason = this.#skips.reasonFor(planned, scope);
    if (reason !== null) return { outcome: this.#skip(planned, reason) };
    if (delayMs > 0) await delay(delayMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
    // Its scripts and tokens would send as well.
    if (this.isStopped) return { outcome: this.#skip(planned, STOPPED) };
    const sending: Sending = Object.assign({}, this.#sender, listener, { client, timer });
    const ran = await this.#run(step, iteration, sending);
    if (ran.outcome.exchange === undefined) return ran;
    const exchange = withRetries(ran.outcome.exchange, client.count);
    this.#skips.sent(request.key, exchange);
    for (const [name, value] of Object.entries(captured(planned, exchange))) {
      this.#context.onCapture(name, value);
      scope.set(name, value);
    }
    if (changed.some((name) => scope.get(name)?.includes('{{'))) listener.onNested();
    return { ...ran, outcome: { planned: ran.outcome.planned, exchange } };
  }

  async #run(step: Step, iteration: number, sending: Sending): Promise<Ran> {
    const { planned } = step;
    const { request } = planned;
    const { scope, target } = this.#context;
    let told: Told | undefined;
    try {
      const ran = isPlain(request)
        ? {
            outcome: await this.#authorised.plain(planned, (one) =>
              this.#plain(one, buildRequest(one.request, scope, target), sending),
            ),
          }
        : ((await this.#tested(step, iteration, sending)) ??
          (await this.#scripted(step, iteration, sending)));
      told = ran.outcome.exchange;
      refuseOwnFault(ran.outcome.exchange?.failure ?? null, request.key);
      return ran;
    } catch (error) {
      const reason = unsendable(error);
      if (reason === null) throw error;
      return { outcome: this.#skip(planned, reason, told) };
    }
  }

  #skip(planned: PlannedRequest, skipped: SkipReason, told?: Told): RunOutcome {
    this.#skips.skipped(planned.request.key, skipped);
    if (told === undefined) return { planned, skipped };
    const { assertions, scriptErrors } = told;
    return { planned, skipped, told: { assertions, scriptErrors } };
  }

  async #plain(
    planned: PlannedRequest,
    { sent, unresolved }: { sent: SentRequest; unresolved: readonly string[] },
    sending: Sending,
    onAnswer?: (answer: Answer) => void,
  ): Promise<RunOutcome> {
    const { request, settings } = planned;
    const { timer } = sending;
    if (unresolved.length > 0) {
      throw new RequestError(`unresolved {{${unresolved.join('}}, {{')}}}`, request.key, 'give it a value');
    }
    refuseSilentGaps(request, sent);
    const down = this.#refuseOrSkip(planned, sent);
    if (down !== null) return this.#skip(planned, down);
    const timeoutMs = settings.timeoutMs ?? this.#context.timeoutMs;
    const delivery = deliveryOf(request.behavior);
    sending.onSent(sent.url);
    timer.restart();
    try {
      const answer = await sendFollowing(sending, sent, timeoutMs, delivery);
      onAnswer?.(answer);
      return { planned, exchange: exchangeOf(request.key, timer, answer) };
    } catch (error) {
      if (error instanceof DriftgateError) throw error;
      return { planned, exchange: exchangeOf(request.key, timer, { sent, failure: failureOf(error) }) };
    }
  }

  /** A host that is not allowed is an error; one that is down already, or a run that was stopped, is a reason to skip. */
  #refuseOrSkip(planned: PlannedRequest, { url }: SentRequest): SkipReason | null {
    if (this.isStopped) return STOPPED;
    const to = rootOf(url) ?? new URL(url);
    if (!this.#context.guard.allows(to)) throw foreignHost(to.host, planned.request.key);
    return this.#skips.reasonFor(planned, this.#context.scope, to);
  }

  /**
   * A request whose test scripts look at the response alone is built as if it had none: Postman's objects of it, of which only
   * its scripts would see anything, take longer than all the rest. Null where it is not such a request, or cannot be sent.
   */
  async #tested(step: Step, iteration: number, sending: Sending): Promise<Ran | null> {
    const { planned } = step;
    const { request } = planned;
    if (!isSimple(request) || request.auth?.type === 'oauth2' || !looksAtResponseAlone(planned)) return null;
    const { scope, target } = this.#context;
    const built = sendableRequest(request, scope, target);
    if (built === null) return null;
    let answer: Answer | undefined;
    const outcome = await this.#plain(planned, built, sending, (given) => {
      sending.onAnswered();
      answer = given;
    });
    const { exchange } = outcome;
    if (exchange === undefined) return { outcome };
    const scripts = this.#scriptsOf(step, iteration);
    await scripts.run('test', () => ({
      request: { method: exchange.sent.method, url: exchange.sent.url },
      data: scope.values('data'),
      cookies: [],
      ...(answer !== undefined &&
        answer.isEndless !== true && { response: responseJson(answer.response, exchange.durationMs) }),
    }));
    return { outcome: { planned, exchange: { ...exchange, ...scripts.told } }, next: scripts.outcome.next };
  }

  #scriptsOf(step: Step, iteration: number): RequestScripts {
    return new RequestScripts(step, iteration, {
      host: this.#scripts,
      context: this.#context,
      sender: this.#sender,
      isStopped: () => this.isStopped,
    });
  }

  async #scripted(step: Step, iteration: number, sending: Sending): Promise<Ran> {
    const { planned } = step;
    const { request, settings } = planned;
    const { scope, collection, target, directory } = this.#context;
    const { key } = request;
    const { timer } = sending;
    const scripts = this.#scriptsOf(step, iteration);
    const script = scripts.outcome;
    const data = scope.values('data');
    let item = postmanItem(collection, request, target);
    const unsent = () => ({ request: item.item.request.toJSON(), data, cookies: [] });
    await scripts.run('prerequest', unsent);
    if (script.isSkipped) {
      const skipped = skippedByScript(script.assertions, script.errors);
      return { outcome: this.#skip(planned, skipped), next: script.next };
    }
    if (script.request !== null) item = takeOver(item, script.request);
    const delivery = deliveryOf(request.behavior);
    const timeoutMs = settings.timeoutMs ?? this.#context.timeoutMs;
    let last: SentRequest | null = null;
    let down: SkipReason | null = null;
    let exchange: Exchange;
    let seen: () => Record<string, unknown> = unsent;
    try {
      const send = (sent: SentRequest): Promise<Answer> => {
        refuseUnresolved(sent, key);
        refuseSilentGaps(request, sent);
        down = this.#refuseOrSkip(planned, sent);
        if (down !== null) throw new Error(down.text);
        last = sent;
        sending.onSent(sent.url);
        timer.restart();
        return sendFollowing(sending, sent, timeoutMs, delivery);
      };
      const {
        request: signed,
        attempts,
        isEndless,
        ...answer
      } = await this.#authState.signed(
        request.auth,
        () => resolved(item, scope),
        (filled) => this.#authorised.signed(planned, filled, { key, directory, send }),
      );
      sending.onAnswered();
      exchange = { ...exchangeOf(key, timer, answer), attempts };
      if (isEndless !== true) {
        const response = responseJson(answer.response, exchange.durationMs);
        const cookies = await scripts.cookiesOf(answer.sent.url);
        seen = () => ({ request: signed.toJSON(), response, cookies, data });
      }
    } catch (error) {
      if (down !== null) return { outcome: this.#skip(planned, down) };
      if (error instanceof TokenUnavailable) return { outcome: this.#authorised.unavailable(planned, error) };
      if (error instanceof NoAddressError) {
        await scripts.run('test', seen);
        const { what: text, where, todo } = error;
        return {
          outcome: this.#skip(planned, { cause: 'unsendable', text, where, todo }, scripts.told),
          next: script.next,
        };
      }
      // What was never sent is our own error, and says what is wrong by itself.
      if (last === null || error instanceof DriftgateError) throw error;
      exchange = exchangeOf(key, timer, { sent: last, failure: failureOf(error) });
    }
    await scripts.run('test', seen);
    return { outcome: { planned, exchange: { ...exchange, ...scripts.told } }, next: script.next };
  }
}
