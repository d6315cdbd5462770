import { existsSync } from 'node:fs';
import { EMBEDDED } from '../embedded';
import { Comparison } from '../engine/compare';
import { basisOf, headOf } from '../engine/head';
import { interruptedError, interruptedRows, whileStopping } from '../engine/interrupted';
import { openProject, type Project } from '../engine/project';
import { createRunner, planOf, runPlan } from '../engine/run';
import { Session } from '../engine/session';
import { onInterruption } from '../engine/signals';
import { Masker } from '../masking/masker';
import type { Plan } from '../plan/plan';
import type { ResultRow } from '../report/build';
import { lineWidth } from '../report/columns';
import { describeError } from '../report/describe-error';
import type { ReportRequest } from '../report/report';
import type { Runner, RunnerName } from '../runner/runner';
import { projectIn } from './global-setup';
import { Interruption, markInterrupted } from './interruption';
import { leavePartial } from './partial';
import { readSettings, runnersOf, VARIABLES } from './settings';

/**
 * The engine behind the test files of one Jest worker.
 *
 * It lives outside the test files' realm, so that the engine and Newman are loaded once a worker and not once a file.
 */
export class ContractHost {
  readonly #project: Project;
  readonly #runDirectory: string;
  readonly runners: readonly RunnerName[];
  readonly #live = new Map<RunnerName, Runner>();
  readonly #comparisons = new WeakMap<Plan, Comparison>();
  readonly #interruption: Interruption;

  private constructor(
    project: Project,
    runDirectory: string,
    runners: readonly RunnerName[],
    isWorker: boolean,
  ) {
    this.#project = project;
    this.#runDirectory = runDirectory;
    this.#interruption = new Interruption(runDirectory, isWorker);
    this.runners = runners;
  }

  /** Opens the project in a folder with the settings of the process. Errors: every kind of DriftgateError. */
  static async open(directory: string, env: NodeJS.ProcessEnv): Promise<ContractHost> {
    const { runners, ...settings } = readSettings(env);
    const options = { directory, processEnv: env, embedded: EMBEDDED, ...settings };
    const project = projectIn(directory) ?? (await openProject(options));
    const used = runners ?? runnersOf(project.config.runner ?? 'both');
    const isWorker = projectIn(directory) === null;
    const host = new ContractHost(project, env[VARIABLES.runDirectory] ?? '', used, isWorker);
    if (isWorker) host.#listen();
    return host;
  }

  /** Whether the run was interrupted: what has not begun does not begin any more. */
  get isInterrupted(): boolean {
    return this.#interruption.signal.aborted;
  }

  /** After the last test file of a run: where Jest watches, the next one has connections and processes of its own. */
  async close(): Promise<void> {
    this.#interruption.close();
    await Promise.all([...this.#live.values()].map((runner) => runner.close()));
  }

  /** A worker hears its own signals, so that a terminal's does not end it before it has cleaned up. */
  #listen(): void {
    onInterruption((signal) =>
      // With SIGTERM Jest ends workers by itself; meant for the run, it reaches Jest's own process.
      signal === 'SIGTERM' ? existsSync(this.#runDirectory) : markInterrupted(this.#runDirectory),
    );
  }

  /** The requests of a folder, with those that they stand on. Errors: UsageError, UnresolvedVariableError. */
  plan(folder: string): Plan {
    return planOf(this.#project, { folders: [folder] });
  }

  /** Starts a plan on a runner. */
  start(plan: Plan, name: RunnerName): FolderRun {
    const runner = this.#live.get(name) ?? createRunner(name);
    this.#live.set(name, runner);
    const comparison = this.runners.length > 1 ? this.#comparisonOf(plan) : null;
    const { signal } = this.#interruption;
    return new FolderRun(this.#project, {
      plan,
      runner,
      comparison,
      signal,
      runDirectory: this.#runDirectory,
    });
  }

  /** What compares the runners of a plan; it is the same for each of them. */
  #comparisonOf(plan: Plan): Comparison {
    const comparison = this.#comparisons.get(plan) ?? new Comparison(this.#project.masker);
    this.#comparisons.set(plan, comparison);
    return comparison;
  }

  /** A conversation with the environment, for flows. */
  session(): Session {
    return new Session(this.#project, this.#interruption.signal);
  }

  /** How long a plan may take, if every request takes as long as it may. Units: milliseconds. */
  patienceMs({ requests }: Plan): number {
    const limits = requests.map(({ settings }) => settings.timeoutMs ?? this.#project.timeoutMs);
    return limits.reduce((sum, limit) => sum + limit, 60_000);
  }

  /** A text without any secret. */
  mask(text: string): string {
    return this.#project.masker.text(text);
  }
}

/** What one runner does for one test file. */
interface Task {
  readonly plan: Plan;
  readonly runner: Runner;
  readonly comparison: Comparison | null;
  readonly signal: AbortSignal;
  readonly runDirectory: string;
}

/** One runner over the plan of one test file: each test awaits its own row while the run goes on. */
export class FolderRun {
  readonly #waiting = new Map<
    string,
    { resolve: (row: ReportRequest) => void; reject: (error: Error) => void }
  >();
  readonly #results = new Map<string, Promise<ReportRequest>>();
  readonly #finished: Promise<void>;

  constructor(project: Project, task: Task) {
    for (const { request } of task.plan.requests) {
      const key = project.masker.text(request.key);
      const result = new Promise<ReportRequest>((resolve, reject) =>
        this.#waiting.set(key, { resolve, reject }),
      );
      // A run that fails is told to the tests that ask; nobody asks for a prerequisite.
      result.catch(() => {});
      this.#results.set(key, result);
    }
    this.#finished = this.#run(project, task);
  }

  /** The row of one request, when it is there. */
  result(key: string): Promise<ReportRequest> {
    return this.#results.get(key) ?? Promise.reject(new Error(`${key} is not in the plan`));
  }

  /** Waits for the end of the run, when its rows are left for the reporter. */
  finish(): Promise<void> {
    return this.#finished;
  }

  async #run(project: Project, { plan, runner, comparison, signal, runDirectory }: Task): Promise<void> {
    const startedAt = new Date();
    const rows: ResultRow[] = [];
    let error: string | null = null;
    const interrupt = (): void => this.#fail(toldInJest(interruptedError('jest'), project.masker));
    signal.addEventListener('abort', interrupt);
    if (signal.aborted) interrupt();
    try {
      for await (const next of runPlan(project, plan, runner, { comparison, signal })) {
        const row = signal.aborted ? whileStopping(next) : next;
        if (row === null) continue;
        rows.push(row);
        this.#waiting.get(row.row.key)?.resolve(row.row);
        this.#waiting.delete(row.row.key);
      }
      comparison?.ended(runner.name);
    } catch (cause) {
      if (!signal.aborted) {
        error = toldInJest(cause, project.masker);
        this.#fail(error);
      }
    }
    signal.removeEventListener('abort', interrupt);
    if (signal.aborted) {
      const all = interruptedRows(project, { plan, runners: [runner.name], rows });
      rows.splice(0, rows.length, ...all);
    }
    const head = headOf(project, startedAt, Date.now() - startedAt.getTime(), runner.name);
    if (runDirectory === '') return;
    const { documented, ...basis } = basisOf(project, rows);
    leavePartial(runDirectory, { head, rows, error, basis: { ...basis, documented: [...documented] } });
  }

  /** Tells the tests that still wait. */
  #fail(message: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(message));
  }
}

/** Units: columns by which Jest indents what it prints of a test. */
const JEST_INDENT = 4;

function toldInJest(error: unknown, masker: Masker): string {
  return describeError(error, masker, false, lineWidth(process.stderr) - JEST_INDENT);
}

/** An error for Jest to print: in lines as wide as the terminal, no stack, no secret. */
export function plainError(error: unknown): Error {
  const plain = new Error(toldInJest(error, new Masker()));
  plain.stack = plain.message;
  return plain;
}
