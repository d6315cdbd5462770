import { type ScriptSource, scriptsOf } from '../../../collection/model';
import type { Step } from '../../../plan/order';
import type { PlannedRequest } from '../../../plan/plan';
import type { RunContext, Told } from '../../runner';
import { nameOf } from '../postman-request';
import type { Sender } from '../send';
import type { ScriptHost, ScriptOutcome } from './host';
import { scriptServices } from './services';

/** What the scripts of one request need of the run. */
export interface ScriptSurroundings {
  readonly host: ScriptHost;
  readonly context: RunContext;
  readonly sender: Sender;
  isStopped(): boolean;
}

/** The scripts of one execution of one request, and what they have said so far. */
export class RequestScripts {
  readonly #step: Step;
  readonly #surroundings: ScriptSurroundings;
  readonly #services: ReturnType<typeof scriptServices>;
  readonly outcome: ScriptOutcome;

  constructor(step: Step, iteration: number, surroundings: ScriptSurroundings) {
    const { context, sender, isStopped } = surroundings;
    const { collection, iterations } = context;
    const { request, access } = step.planned;
    this.#step = step;
    this.#surroundings = surroundings;
    const errors: string[] = [];
    this.outcome = {
      assertions: [],
      errors,
      request: null,
      isSkipped: false,
      next: undefined,
      // What runs alone may touch whatever it likes.
      foreseen: step.barrier === null ? access : null,
      unforeseen: null,
      iteration: { at: iteration, count: iterations.length },
      place: { collection: collection.name, item: nameOf(collection, request) },
    };
    this.#services = scriptServices(context, sender, request.key, {
      onRefused: (text) => errors.push(text),
      isStopped,
    });
  }

  /** Runs those of one event, with what they are shown. */
  run(listen: ScriptSource['listen'], shown: () => Readonly<Record<string, unknown>>): Promise<void> {
    const { host, context } = this.#surroundings;
    const { request } = this.#step.planned;
    return host.run(request, listen, context.scope, shown, this.#services, this.outcome);
  }

  get told(): Told {
    return { assertions: this.outcome.assertions, scriptErrors: this.outcome.errors };
  }

  /** The cookies that a script is shown of an address. */
  cookiesOf(url: string): Promise<object[]> {
    return this.#services.cookiesOf(url);
  }
}

/** Whether it has test scripts alone, of which it is known that they look neither at the request nor at cookies. */
export function looksAtResponseAlone({ request, access }: PlannedRequest): boolean {
  const isKnown = access?.isolated === true && !access.seesRequest;
  return isKnown && scriptsOf(request, 'prerequest').length === 0;
}
