const { findChromium, isRequired } = require('./scripts/chromium');

// Without a browser its tests are left out, and `npm test` says so; where it is required they are there, and fail.
const engineTests =
  findChromium() === null && !isRequired ? '{unit,integration}' : '{unit,integration,browser}';

// `engine`: our own tests. `contract`: the suites users run against the configured environment.
const contractHost = {
  globalSetup: 'driftgate/jest/global-setup',
  globalTeardown: 'driftgate/jest/global-teardown',
  testEnvironment: 'driftgate/jest/environment',
};
const transform = {
  '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
};

// Servers that tests start are on loopback, which no proxy of the machine can reach.
const { NO_PROXY = process.env.no_proxy } = process.env;
process.env.NO_PROXY = [NO_PROXY, '127.0.0.1', 'localhost'].filter(Boolean).join(',');

/** @type {import('jest').Config} */
module.exports = {
  // Jest leaves one core idle by default, which on two of them doubles the time.
  maxWorkers: '100%',
  // A machine that is busy with other things is no failure.
  testTimeout: 30_000,
  projects: [
    {
      displayName: 'engine',
      testEnvironment: 'node',
      testMatch: [`<rootDir>/tests/${engineTests}/**/*.test.ts`],
      transform,
    },
    {
      displayName: 'contract',
      ...contractHost,
      // With --watch a run would start the next one by its own reports.
      watchPathIgnorePatterns: ['<rootDir>/reports/'],
      testMatch: ['<rootDir>/tests/{contract,flows}/**/*.test.ts'],
      transform,
    },
  ],
  reporters: [
    'default',
    [
      'driftgate/jest/junit',
      {
        outputDirectory: process.env.DRIFTGATE_REPORTS || 'reports',
        outputName: 'junit.xml',
        // A test file that dies while loading would otherwise be absent from the XML.
        reportTestSuiteErrors: 'true',
        classNameTemplate: '{classname}',
        titleTemplate: '{title}',
        ancestorSeparator: ' / ',
        addFileAttribute: 'true',
      },
    ],
    'driftgate/jest/reporter',
  ],
};
