import { ContractError, commandText, RequestError, UsageError } from '../errors';
import type { Header } from '../exchange/exchange';
import { headerValue } from '../exchange/exchange';
import type { Finding } from '../findings/finding';
import { mergePatch } from '../json';
import { describeRequests, type PlannedRequest } from '../plan/plan';
import type { RunContext } from '../runner/runner';
import { TypedRunner } from '../runner/typed/typed';
import { resolveText } from '../variables/resolve';
import type { VariableScope } from '../variables/scope';
import { Cleanup } from './cleanup';
import { interruptedError } from './interrupted';
import type { Project } from './project';
import { rowOf } from './rows';
import { contextOf, rowMaker } from './run';

declare global {
  namespace Driftgate {
    /** Every request of the collection, filled in by the file that `driftgate types` writes. */
    interface Requests {}
  }
}

/** What `driftgate types` says of one request. */
interface RequestTypes {
  readonly variables: string;
  readonly body: unknown;
  readonly success: unknown;
  readonly responses: object;
}

/** A request key: any text until `driftgate types` was run, one of the collection's from then on. */
export type RequestKey = [keyof Driftgate.Requests] extends [never] ? string : keyof Driftgate.Requests;

type TypesOf<K extends RequestKey> = K extends keyof Driftgate.Requests
  ? Driftgate.Requests[K] extends RequestTypes
    ? Driftgate.Requests[K]
    : never
  : { variables: string; body: unknown; success: unknown; responses: Record<number, unknown> };

/**
 * A response as a flow sees it: masked, and already held to its contract.
 *
 * Shape: `body` is the parsed JSON, or the text where it is none. `findings` are those of the contract check.
 */
export interface FlowResponse<K extends RequestKey = RequestKey> {
  readonly key: K;
  readonly status: number | null;
  readonly headers: readonly Header[];
  readonly body: unknown;
  readonly findings: readonly Finding[];
  /** The first value of a header, whatever the case of its name. */
  header(name: string): string | undefined;
  /** The body, if it is what a run expects of this request. Errors: ContractError. */
  success(): TypesOf<K>['success'];
  /** The body, if it came with this status and holds any variant of its schema. Errors: ContractError. */
  as<S extends keyof TypesOf<K>['responses'] & number>(status: S): TypesOf<K>['responses'][S];
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
  readonly #cleanup: Cleanup;
  readonly #signal: AbortSignal | undefined;

  /** Once `signal` is aborted nothing more is sent but what `close` removes. */
  constructor(project: Project, signal?: AbortSignal) {
    this.#project = project;
    this.#signal = signal;
    signal?.addEventListener('abort', () => this.#runner.stop());
    this.#context = contextOf(project);
    const described = describeRequests(project.collection, project.config);
    this.#cleanup = new Cleanup(described, this.#context);
    this.#planned = new Map(described.map((planned) => [planned.request.key, planned]));
  }

  get #isInterrupted(): boolean {
    return this.#signal?.aborted === true;
  }

  /** The value of a variable as later requests will see it. */
  variable(name: string): string | undefined {
    return this.#context.scope.get(name);
  }

  /**
   * Sends one request of the collection. `variables` hold for this request alone; `body` changes its JSON body, where
   * `null` takes a field out (RFC 7396).
   *
   * Errors: UsageError (no such key, no JSON body to change), UnresolvedVariableError, RequestError, RunnerError (interrupted).
   */
  async send<K extends RequestKey>(
    key: K,
    variables?: Readonly<Partial<Record<TypesOf<K>['variables'], string>>>,
    body?: TypesOf<K>['body'],
  ): Promise<FlowResponse<K>> {
    if (this.#isInterrupted) throw interruptedError(key);
    const planned = this.#planned.get(key);
    if (planned === undefined)
      throw new UsageError('no such request', key, `use a key of ${commandText('list')}`);
    const context: RunContext = {
      ...this.#context,
      scope: this.#context.scope.with((variables ?? {}) as Readonly<Record<string, string>>),
      onCapture: (name, value) => {
        this.#context.onCapture(name, value);
        this.#context.scope.set(name, value);
      },
    };
    const before = context.scope.with({});
    const changed = body === undefined ? planned : withBody(planned, body, context.scope);
    const plan = { requests: [{ ...changed, after: [] }] };
    for await (const outcome of this.#runner.run(plan, context, (one) => one)) {
      const { masker } = this.#project;
      const resultRow = rowOf(outcome, rowMaker(this.#project, this.#runner.name));
      this.#cleanup.heard(outcome, resultRow, context.scope, before);
      if (this.#isInterrupted) break;
      const { row, skip } = resultRow;
      if (skip?.cause === 'unsendable') throw new RequestError(skip.text, skip.where ?? key, skip.todo ?? '');
      const response = outcome.exchange?.response;
      const headers = (response?.headers ?? []).map(
        ([name, value]): Header => [name, masker.header(name, value)],
      );
      const status = response?.status ?? null;
      const raw = jsonOrText(response?.body ?? '');
      const body = masker.deep(raw);
      const refuse = (what: string): ContractError =>
        new ContractError(what, key, row.findings.map(({ message }) => message).join('; '));
      return {
        key,
        status,
        headers,
        body,
        findings: row.findings,
        header: (name) => headerValue(headers, name),
        success: () => {
          if (row.outcome !== 'passed') throw refuse(`answered ${status ?? 'nothing'}, not its success`);
          return body as TypesOf<K>['success'];
        },
        as: (wanted) => {
          const contract = this.#project.store.contractOf(planned.request, wanted);
          if (status !== wanted || contract === null)
            throw refuse(`answered ${status ?? 'nothing'}, not ${wanted}`);
          if (!this.#project.store.accepts(contract.place, raw)) {
            throw refuse(`the body holds no schema of ${wanted}`);
          }
          return body as TypesOf<K>['responses'][typeof wanted];
        },
      };
    }
    if (this.#isInterrupted) throw interruptedError(key);
    throw new UsageError('nothing was sent', key, 'this is a fault of the runner');
  }

  /**
   * Removes what the flow made and has not removed itself, and closes the connections.
   *
   * Errors: ContractError where something could not be removed.
   */
  async close(): Promise<void> {
    const left: string[] = [];
    try {
      const maker = rowMaker(this.#project, this.#runner.name);
      const rows = this.#cleanup.run(this.#runner, this.#context, (outcome) => rowOf(outcome, maker));
      for await (const { row } of rows) {
        const why = row.reason ?? row.findings.map(({ message }) => message).join('; ');
        if (row.outcome !== 'passed') left.push(`${row.key}: ${why}`);
      }
    } finally {
      await this.#runner.close();
    }
    if (left.length > 0) throw new ContractError('not cleaned up', 'the end of the flow', left.join('; '));
  }
}

/** The request with its body changed. Its variables are filled in first: they may stand for numbers and objects. */
function withBody(planned: PlannedRequest, changes: unknown, scope: VariableScope): PlannedRequest {
  const { request } = planned;
  const raw = request.body?.mode === 'raw' ? resolveText(request.body.raw, scope).text : '';
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch (cause) {
    throw new UsageError('no JSON body to change', request.key, 'send it without `body`', { cause });
  }
  const body = { ...request.body, mode: 'raw' as const, raw: JSON.stringify(mergePatch(json, changes)) };
  return { ...planned, request: { ...request, body } };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
