import { join } from 'node:path';
import type * as RunModule from '../../../src/engine/run';
import { ROOT } from './project';

/**
 * One Newman process for all runs of a test file: to load Newman takes longer than most of what is tested with it, and one
 * process serves one run after the other anyway. Each run of its own process is tested where a process is what it is about.
 */
export function keepNewman(): void {
  // The built engine, which is the one that the command line of the tests runs.
  const engine = require(join(ROOT, 'dist/engine/run')) as {
    -readonly [Name in keyof typeof RunModule]: (typeof RunModule)[Name];
  };
  const { createRunner } = engine;
  const newman = createRunner('newman');
  const close = newman.close.bind(newman);
  newman.close = async () => {};
  engine.createRunner = (name) => (name === 'newman' ? newman : createRunner(name));
  afterAll(() => {
    engine.createRunner = createRunner;
    return close();
  });
}
