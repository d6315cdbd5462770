import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Finding } from '../../src/findings/finding';

const BENCH = join(__dirname, '../../bench/drift');

interface Counts {
  readonly cases: number;
  readonly caught: number;
  readonly missed: number;
  readonly misplaced: number;
  readonly alarms: number;
}
interface Suite {
  readonly name: string;
  readonly store: unknown;
  readonly answers: readonly unknown[];
}
// The benchmark is no part of the sources, and measures what was built.
const { DRIFTS, BENIGN, measureSuite } = require(join(BENCH, 'measure')) as {
  DRIFTS: object;
  BENIGN: object;
  measureSuite: (
    suite: Suite,
    options: { seeds: number; classes: string[] },
    report: (wrong: { findings: Finding[] }) => void,
  ) => Record<string, Counts>;
};
const { suiteOf } = require(join(BENCH, 'suite')) as {
  suiteOf: (name: string, document: unknown) => Suite;
};
const { documentOf } = require(join(BENCH, 'synthetic')) as {
  documentOf: (name: string, requests: object) => unknown;
};

/** The collections that nobody wrote, and of the real ones, where they are, those that are quick. */
const COLLECTIONS = [
  ...['deep', 'arrays', 'unions', 'maps', 'empty', 'sets', 'numbers', 'placeholders', 'standards'],
  ...['odd names', 'other bodies', 'many samples', 'Adyen', 'httpbin', 'Echo', 'Multi-Currency', 'DeepL'],
];

test('every drift is caught at its place, and no benign variation is found', () => {
  const argv = [BENCH, '--seeds', '1', '--show', '20', '--collection', COLLECTIONS.join(',')];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  const wrong = stdout.split('\n').filter((line) => /^(missed|misplaced|caught|quiet)/.test(line));
  expect({ status, wrong, stderr }).toEqual({ status: 0, wrong: [], stderr: '' });
  // Each class was tried.
  for (const name of [...Object.keys(DRIFTS), ...Object.keys(BENIGN)]) {
    expect(stdout).toMatch(new RegExp(`│ ${name} +│ [1-9]`));
  }
});

test('what a contract misses or finds where nothing is counts', () => {
  const example = (body: object) => ({ name: 'a', code: 200, header: [], body: JSON.stringify(body) });
  const documentWith = (body: object) => documentOf('two', { get: [example(body)] });
  const suite = suiteOf('two', documentWith({ id: 1, name: 'x' }));
  const classes = ['property removed', 'type changed', 'property added', 'other values'];
  const heldBy = (body: object) => {
    const other = suiteOf('two', documentWith(body));
    return measureSuite({ ...suite, store: other.store }, { seeds: 8, classes }, () => undefined);
  };
  expect(heldBy({ id: 1, name: 'x' })).toMatchObject({
    'property removed': { cases: 8, caught: 8 },
    'type changed': { cases: 8, caught: 8, alarms: 0 },
    'property added': { cases: 8, caught: 8, alarms: 0 },
    'other values': { cases: 8, alarms: 0 },
  });
  const loose = heldBy({});
  expect(loose['type changed']).toMatchObject({ cases: 8, caught: 0, misplaced: 8 });
  expect(loose['property added']).toMatchObject({ caught: 8, alarms: 16 });
  const strict = heldBy({ id: 1, name: '2026-01-05', more: 1 });
  expect(strict['property removed']?.alarms).toBeGreaterThan(0);
  expect(strict['other values']?.alarms).toBeGreaterThan(8);
});
