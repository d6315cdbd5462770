import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../../src/folder';
import { sourceFiles } from './layers';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'driftgate-folder-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('a folder is made with all that are missing above it, also when it is there already', () => {
  const folder = join(directory, 'a', 'b', 'c');
  makeFolder(folder);
  makeFolder(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
});

test('a link to a folder is one', () => {
  mkdirSync(join(directory, 'real'));
  symlinkSync(join(directory, 'real'), join(directory, 'link'));
  makeFolder(join(directory, 'link', 'deep'));
  expect(existsSync(join(directory, 'real', 'deep'))).toBe(true);
});

test.each([
  ['where a file is', 'file', 'EEXIST'],
  ['below a file', 'file/a', 'ENOTDIR'],
  ['deeper below a file', 'file/a/b', 'ENOTDIR'],
  ['where a link leads nowhere', 'nowhere', 'EEXIST'],
])('%s there is an error', (_name, path, code) => {
  writeFileSync(join(directory, 'file'), '');
  symlinkSync(join(directory, 'gone'), join(directory, 'nowhere'));
  expect(() => makeFolder(join(directory, path))).toThrow(expect.objectContaining({ code }));
});

// Where there is no /proc, it cannot be made by who runs tests.
test.each(['/proc/driftgate', '/proc/driftgate/deep/er'])(
  'a file system that makes no folders is an error for %s, and no wait without end',
  (path) => {
    expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^E/) }));
  },
);

test('nothing of ours makes folders by the way of Node that may never return', () => {
  const makers = [...sourceFiles(join(__dirname, '../../src'))].filter(([, text]) =>
    /mkdir(Sync)?\([^;]*recursive/.test(text),
  );
  expect(makers.map(([name]) => name)).toEqual([]);
});
