import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { main } from 'driftgate/cli';

const ROOT = resolve(__dirname, '../..');
// Inside the repository, so that the package finds itself by its name.
const folder = mkdtempSync(join(ROOT, 'tests/.types-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function types(...argv: string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const sink = { write: (text: string) => (out += text) };
  const io = { directory: ROOT, stdout: sink, stderr: sink, env: {} } as unknown as Parameters<
    typeof main
  >[1];
  const code = await main(['types', ...argv], io);
  return { code, out };
}

/** The faults that the compiler finds in a flow, as `line: code`. */
function faultsOf(flow: string): Promise<string[]> {
  writeFileSync(join(folder, 'flow.ts'), flow);
  const project = {
    extends: '../../tsconfig.json',
    include: ['flow.ts', '../driftgate.d.ts'],
    exclude: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project));
  const tsc = require.resolve('typescript/package.json').replace('package.json', 'bin/tsc');
  return new Promise((done) => {
    execFile(
      process.execPath,
      [tsc, '-p', folder, '--pretty', 'false'],
      { cwd: folder },
      (_error, stdout) => {
        done(
          [...stdout.matchAll(/flow\.ts\((\d+),\d+\): error (TS\d+)/g)].map(
            ([, line, code]) => `${line}: ${code}`,
          ),
        );
      },
    );
  });
}

test('the declarations of the Starter Pack are current, and --check tells when they are not', async () => {
  expect(await types('--check')).toEqual({ code: 0, out: 'tests/driftgate.d.ts is current\n' });
  const other = join(folder, 'other.d.ts');
  writeFileSync(other, '// old\n');
  expect((await types('--check', '--out', other)).code).toBe(1);
  expect(readFileSync(other, 'utf8')).toBe('// old\n');
});

test('a folder that is not there is said in one line', async () => {
  const { code, out } = await types('--out', join(folder, 'no/such.d.ts'));
  expect(code).toBe(2);
  expect(
    out
      .replace(/,\n {2}/g, ', ')
      .trim()
      .split('\n'),
  ).toHaveLength(1);
});

test('a right flow compiles; a wrong key, variable or field does not', async () => {
  const flow = [
    "import { openSession } from 'driftgate/jest';",
    'export async function flow(): Promise<unknown> {',
    '  const session = openSession();',
    "  const read = await session.send('customers/get-customer', { user_id: 'x' });",
    "  const made = await session.send('customers/create-customer', {}, { user: { email: null } });",
    '  return [read.success().user.email, read.as(404).errors.code, made.body];',
    '}',
    'export async function wrong(): Promise<unknown> {',
    '  const session = openSession();',
    "  await session.send('customers/get-costumer');",
    "  const read = await session.send('customers/get-customer', { usr_id: 'x' });",
    '  read.success().user.emial;',
    '  read.success().usr;',
    "  await session.send('customers/create-customer', {}, { user: { e_mail: 'x' } });",
    "  await session.send('customers/create-customer', {}, { user: { email: 7 } });",
    '  return read.as(418);',
    '}',
  ].join('\n');
  expect(await faultsOf(flow)).toEqual([
    '10: TS2345',
    '11: TS2561',
    '12: TS2551',
    '13: TS2551',
    '14: TS2561',
    '15: TS2322',
    '16: TS2345',
  ]);
});
