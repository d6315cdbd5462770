import { setFlagsFromString } from 'node:v8';
import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { TestEnvironment } from 'jest-environment-node';
import { ContractHost, plainError } from './host';

// As in a process of our own (`cli/bin.ts`): what is soon done with is given back sooner.
setFlagsFromString('--heap-growing-percent=50');

/** Where test files find the host; a registered symbol is the same in every realm. */
export const HOST = Symbol.for('driftgate.host');

/** One host a worker: Jest loads an environment's modules once, however many test files the worker runs. */
let host: Promise<ContractHost> | null = null;

/** Jest's Node environment with the engine behind it. */
export default class DriftgateEnvironment extends TestEnvironment {
  readonly #directory: string;

  constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
    super(config, context);
    this.#directory = config.projectConfig.rootDir;
  }

  override async setup(): Promise<void> {
    await super.setup();
    host ??= ContractHost.open(this.#directory, process.env);
    try {
      (this.global as unknown as Record<symbol, ContractHost>)[HOST] = await host;
    } catch (error) {
      throw plainError(error);
    }
  }
}
