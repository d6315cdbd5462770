import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// What V8 compiled is kept for the next process, and nothing that lies there may change what runs.
const ROOT = join(__dirname, '../../../../..');
const BOOT_CODE = join(ROOT, 'dist/runner/typed/scripts/boot-code');

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'driftgate-boot-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Runs a long script in a process of its own, the way the sandbox runs its boot code; gives what it printed. */
function run(result: string, folder = directory): string {
  const source = `
    const vm = require('node:vm');
    const write = require(${JSON.stringify(BOOT_CODE)}).keepBootCode(${JSON.stringify(folder)});
    const code = '(' + (() => { const one = () => ${JSON.stringify(result)}; return one(); }) + ')()/*' + 'x'.repeat(1_000_000) + '*/';
    console.log(vm.runInContext(code, vm.createContext({}), { timeout: 1000 }), vm.runInContext('1 + 1', vm.createContext({})));
    write();`;
  return execFileSync(process.execPath, ['-e', source], { encoding: 'utf8' }).trim();
}

const kept = () => readdirSync(directory).map((name) => join(directory, name));

test('what was compiled once is written once, and read from then on', () => {
  expect(run('first')).toBe('first 2');
  const [file = '', ...more] = kept();
  expect(more).toEqual([]);
  const { ino } = statSync(file);
  expect(run('first')).toBe('first 2');
  expect(kept()).toEqual([file]);
  expect(statSync(file).ino).toBe(ino);
});

test.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
  ['empty', () => Buffer.alloc(0)],
  ['changed in the middle', (bytes: Buffer) => Buffer.from(bytes).fill(0x5a, bytes.length >> 1)],
])('a file that is %s is not used, and written anew', (_how, damage) => {
  run('first');
  const [file = ''] = kept();
  const whole = readFileSync(file);
  writeFileSync(file, damage(whole));
  expect(run('first')).toBe('first 2');
  expect(readFileSync(file).length).toBe(whole.length);
});

test('a folder that cannot be written costs nothing but the time', () => {
  const file = join(directory, 'a-file');
  writeFileSync(file, '');
  expect(run('first', join(file, 'below'))).toBe('first 2');
  expect(kept()).toEqual([file]);
});
