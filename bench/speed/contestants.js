// What takes part: arguments of a Node process that runs in the project's folder, and what its environment has besides.
const { join } = require('node:path');
const { ROOT } = require('./projects');

const driftgate = (...argv) => [join(ROOT, 'bin/driftgate'), 'run', 'bench.json', ...argv];
/** A suite in Jest, which its configuration picks by this variable. */
const jest = (suite, env = {}) => ({
  argv: [join(ROOT, 'node_modules/jest/bin/jest.js'), '--ci', '--runInBand'],
  env: { BENCH_SUITE: suite, ...env },
});
const newmanBin = join(ROOT, 'node_modules/newman/bin/newman.js');
const bare = (count, port, concurrency) => [
  join(__dirname, 'bare.js'),
  ...[count, port, concurrency].map(String),
];

/** Processes of their own. */
const ALONE = {
  newman: () => ({
    argv: [newmanBin, 'run', 'newman.json', '-r', 'cli,junit', '--reporter-junit-export', 'junit.xml'],
  }),
  typed: () => ({ argv: driftgate('--runner', 'typed') }),
  serial: () => ({ argv: driftgate('--runner', 'typed', '--concurrency', '1') }),
  'newman-path': () => ({ argv: driftgate('--runner', 'newman') }),
  bare: (count, port) => ({ argv: bare(count, port, 16) }),
  'bare-serial': (count, port) => ({ argv: bare(count, port, 1) }),
  import: () => ({ argv: ['--eval', `require(${JSON.stringify(ROOT)})`] }),
  nothing: () => ({ argv: ['--eval', '0'] }),
};

/** Suites in Jest, one file or many. */
const IN_JEST = {
  'jest-typed': () => jest('ours', { DRIFTGATE_RUNNER: 'typed' }),
  'jest-serial': () => jest('ours', { DRIFTGATE_RUNNER: 'typed', DRIFTGATE_CONCURRENCY: '1' }),
  'jest-newman-path': () => jest('ours', { DRIFTGATE_RUNNER: 'newman' }),
  'jest-newman-bare': () => jest('newman'),
  'jest-supertest': () => jest('supertest'),
  'jest-empty': () => jest('empty'),
};

module.exports = { ALONE, IN_JEST };
