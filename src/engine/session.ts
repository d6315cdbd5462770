import { UsageError } from '../errors';
import type { Header } from '../exchange/exchange';
import { headerValue } from '../exchange/exchange';
import type { Finding } from '../findings/finding';
import { describeRequests, type PlannedRequest } from '../plan/plan';
import type { RunContext } from '../runner/runner';
import { TypedRunner } from '../runner/typed/typed';
import type { Project } from './project';
import { rowOf } from './rows';
import { contextOf, rowMaker } from './run';

/**
 * A response as a flow sees it: masked, and already held to its contract.
 *
 * Shape: `body` is the parsed JSON, or the text where it is none. `findings` are those of the contract check.
 */
export interface FlowResponse {
  readonly key: string;
  readonly status: number | null;
  readonly headers: readonly Header[];
  readonly body: unknown;
  readonly findings: readonly Finding[];
  /** The first value of a header, whatever the case of its name. */
  header(name: string): string | undefined;
}

/**
 * A conversation with the environment, request by request, for flows that a collection cannot express.
 *
 * What one response yields is there for the next request, as in a run.
 */
export class Session {
  readonly #project: Project;
  readonly #planned: ReadonlyMap<string, PlannedRequest>;
  readonly #context: RunContext;
  readonly #runner = new TypedRunner();

  constructor(project: Project) {
    this.#project = project;
    this.#context = contextOf(project);
    const described = describeRequests(project.collection, project.config);
    this.#planned = new Map(described.map((planned) => [planned.request.key, planned]));
  }

  /** The value of a variable as later requests will see it. */
  variable(name: string): string | undefined {
    return this.#context.scope.get(name);
  }

  /**
   * Sends one request of the collection. `variables` hold for this request alone.
   *
   * Errors: UsageError (no such key), UnresolvedVariableError, RequestError.
   */
  async send(key: string, variables: Readonly<Record<string, string>> = {}): Promise<FlowResponse> {
    const planned = this.#planned.get(key);
    if (planned === undefined) throw new UsageError('no such request', key, 'use a key of `driftgate list`');
    const context: RunContext = {
      ...this.#context,
      scope: this.#context.scope.with(variables),
      onCapture: (name, value) => {
        this.#context.onCapture(name, value);
        this.#context.scope.set(name, value);
      },
    };
    for await (const outcome of this.#runner.run({ requests: [{ ...planned, after: [] }] }, context)) {
      const { masker } = this.#project;
      const { row } = rowOf(outcome, rowMaker(this.#project, this.#runner.name));
      const response = outcome.exchange?.response;
      const headers = (response?.headers ?? []).map(
        ([name, value]): Header => [name, masker.header(name, value)],
      );
      return {
        key,
        status: response?.status ?? null,
        headers,
        body: masker.deep(jsonOrText(response?.body ?? '')),
        findings: row.findings,
        header: (name) => headerValue(headers, name),
      };
    }
    throw new UsageError('nothing was sent', key, 'this is a fault of the runner');
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    await this.#runner.close();
  }
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
