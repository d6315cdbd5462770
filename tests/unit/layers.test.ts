import { join } from 'node:path';
import { faultsOf, sourceFiles } from './layers';

const files = sourceFiles(join(__dirname, '../../src'));

test('src/ is read', () => {
  expect(files.size).toBeGreaterThan(60);
  expect([...files.keys()]).toEqual(expect.arrayContaining(['errors.ts', 'runner/typed/typed.ts']));
});

test.each([...files])('%s keeps to the data flow', (file, text) => {
  expect(faultsOf(file, text)).toEqual([]);
});

describe('the checker allows', () => {
  test.each([
    ['plan/x.ts', "import { a } from '../collection/model';"],
    ['runner/typed/x.ts', "import * as http from 'node:http';\nimport { a } from '../../errors';"],
    ['source/x.ts', 'const response = await fetch(address);'],
    ['jest/x.ts', "import type { Config } from '@jest/types';"],
    ['cli/x.ts', "import { startSandbox } from '../sandbox';\nconst text = 'the Starter Pack';"],
    ['cli/x.ts', "require('../../package.json');"],
    ['sandbox/embedded.ts', "import type { EmbeddedServer } from '../engine/project';"],
    ['collection/x.ts', '/** `starter-pack` of `collections/starter-pack.json`. */'],
    ['plan/x.ts', "// Never: import { a } from '../runner/runner';"],
    ['index.ts', "export { openProject } from './engine/project';"],
  ])('%s: %s', (file, text) => {
    expect(faultsOf(file, text)).toEqual([]);
  });
});

describe('the checker catches', () => {
  test.each([
    ['plan/x.ts', "import { a } from '../runner/runner';", 'imports runner, which is not above it'],
    ['plan/x.ts', "import type { A } from '../runner/runner';", 'imports runner, which is not above it'],
    [
      'plan/x.ts',
      "import {\n  a,\n  b,\n} from '../report/report';",
      'imports report, which is not above it',
    ],
    ['plan/x.ts', "export * from '../engine/run';", 'imports engine, which is not above it'],
    ['plan/x.ts', "const a = await import('../runner/runner');", 'imports runner, which is not above it'],
    ['plan/x.ts', "const a = require('../runner/runner');", 'imports runner, which is not above it'],
    ['plan/x.ts', "import '../cli/main';", 'imports cli, which is not above it'],
    ['plan/x.ts', 'const a = require(name);', 'imports what only runs can tell'],
    ['plan/x.ts', "import { a } from '../index';", 'imports index, which is not above it'],
    ['errors.ts', "import { a } from './source/read';", 'imports source, which is not above it'],
    [
      'runner/newman/x.ts',
      "import { a } from '../../contract/check';",
      'imports contract, which is not above it',
    ],
    ['cli/x.ts', "import { a } from '../jest/host';", 'imports jest, which is not above it'],
    ['jest/x.ts', "import { a } from '../cli/main';", 'imports cli, which is not above it'],
    ['engine/x.ts', "import { a } from '../sandbox';", 'imports sandbox, which is not above it'],
    ['index.ts', "export { startSandbox } from './sandbox';", 'imports sandbox, which is not above it'],
    [
      'sandbox/x.ts',
      "import type { A } from '../engine/run';",
      'imports engine, but the sandbox stands alone',
    ],
    [
      'sandbox/embedded.ts',
      "import { a } from '../engine/run';",
      'imports engine, but the sandbox stands alone',
    ],
    [
      'report/x.ts',
      "import { a } from '../../tests/unit/layers';",
      'imports ../../tests/unit/layers from outside src',
    ],
    ['engine/x.ts', "import { test } from '@jest/globals';", 'imports @jest/globals, which is for src/jest'],
    ['report/x.ts', "import * as http from 'node:http';", 'imports node:http and opens no sockets'],
    ['engine/x.ts', "import type * as newman from 'newman';", 'imports newman and opens no sockets'],
    ['report/x.ts', 'void fetch(address);', 'calls fetch'],
    ['engine/x.ts', "const name = 'starter-pack';", 'knows the provider of the built-in suite'],
    ['engine/x.ts', '// As SessionM answers.', 'knows the provider of the built-in suite'],
    ['mocks/x.ts', '', 'mocks has no place in the order'],
  ])('%s: %s', (file, text, want) => {
    expect(faultsOf(file, text)).toEqual([`src/${file}: ${want}`]);
  });
});
