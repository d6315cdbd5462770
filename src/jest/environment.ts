import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import type { Circus } from '@jest/types';
import { TestEnvironment } from 'jest-environment-node';
import { giveBackSooner } from '../engine/heap';
import { saysInterrupted } from '../engine/interrupted';
import { ContractHost, plainError } from './host';
import { VARIABLES } from './settings';
import { HOST, SKIPPED } from './symbols';

giveBackSooner();

/**
 * One host a worker and run: Jest loads an environment's modules once, however many test files the worker runs, and where it
 * watches, one process sees many runs.
 */
let current: { readonly run: string | undefined; readonly host: Promise<ContractHost> } | null = null;

function hostOf(directory: string): Promise<ContractHost> {
  const run = process.env[VARIABLES.runDirectory];
  if (current === null || current.run !== run) {
    current?.host.then((before) => before.close()).catch(() => {});
    current = { run, host: ContractHost.open(directory, process.env) };
  }
  return current.host;
}

/** Jest's Node environment with the engine behind it. */
export default class DriftgateEnvironment extends TestEnvironment {
  readonly #directory: string;
  #host: ContractHost | null = null;

  constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
    super(config, context);
    this.#directory = config.projectConfig.rootDir;
  }

  override async setup(): Promise<void> {
    await super.setup();
    try {
      this.#host = await hostOf(this.#directory);
      (this.global as unknown as Record<symbol, ContractHost>)[HOST] = this.#host;
    } catch (error) {
      throw plainError(error);
    }
  }

  /** Skipped here and not where it is declared: Jest hears nothing of a file whose tests are all declared as skipped. */
  handleTestEvent(event: Circus.Event): void {
    if (event.name === 'test_start') {
      const isMeant = event.test.fn != null && SKIPPED in event.test.fn;
      if (isMeant || this.#isInterrupted) event.test.mode = 'skip';
    }
    if (event.name === 'test_done' && event.test.errors.length > 0 && this.#isInterrupted)
      skipCutOff(event.test);
  }

  /** Looks into the file system, so that it is asked once a test, and not at each of its many events. */
  get #isInterrupted(): boolean {
    return this.#host?.isInterrupted === true;
  }
}

/** What still waited when the run was interrupted was not tested: it has not failed. */
function skipCutOff(test: Circus.TestEntry): void {
  const thrown = test.errors.map((error): unknown => (Array.isArray(error) ? error[0] : error));
  const isCutOff = (error: unknown) =>
    saysInterrupted(String((error as { message?: unknown } | null)?.message));
  if (thrown.length === 0 || !thrown.every(isCutOff)) return;
  test.errors.length = 0;
  test.status = 'skip';
}
