import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Drifting } from './support/drifting';

jest.setTimeout(120_000);

const KEY = 'customers/search-customer-by-e-mail';
const own = new Drifting(KEY);

const schemas = () => {
  const folder = join(own.project.directory, 'schemas');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    files
      .filter((file) => statSync(join(folder, file)).isFile())
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
};
const changed = (before: ReadonlyMap<string, string>) =>
  [...schemas()].filter(([file, text]) => before.get(file) !== text).map(([file]) => file);

const start = (...faults: string[]) => own.start(...faults);

test.each(['typed', 'both'])('what %s received widens its schema, once', async (runner) => {
  const run = await start('GET /users/search set /user/id null', 'GET /users/search set /user/shoe_size 43');
  const before = schemas();
  const first = await run('--runner', runner, '--update');
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
  // The report is of the run as it was.
  expect(first.report).toMatchObject({ verdict: 'drifted' });
  const [, told = ''] = first.stdout.split('index.html\n\n');
  expect(told.split('\n').sort()).toEqual(
    [
      '',
      `${KEY} 200 /user/id: string -> string or null (in shared/customer.json)`,
      `${KEY} 200 /user/shoe_size: undeclared -> integer, optional (in shared/customer.json)`,
      '2 changes written to 1 schema file',
    ].sort(),
  );
  expect(changed(before)).toEqual(['shared/customer.json']);

  const after = schemas();
  const second = await run('--runner', runner, '--update', '--strict');
  expect(second).toMatchObject({ code: 0, stderr: '' });
  expect(second.report?.verdict).toBe('healthy');
  expect(second.stdout).toContain('\nno schema changed\n');
  expect(changed(after)).toEqual([]);
});

test.each([
  ['GET /users/search status 503', 1],
  ['GET /users/search body {"status":', 1],
  ['GET /users/search hang', 3],
  ['POST /users set /user/id 7', 1],
])('%s is nothing that a wider schema settles', async (fault, code) => {
  const run = await start(fault);
  const before = schemas();
  const result = await run('--update', '--timeout-request', '300');
  expect({ code: result.code, changed: changed(before) }).toEqual({ code, changed: [] });
  expect(result.stdout).toContain('no schema changed\nstill ');
});

test('what is accepted widens nothing, and a run that could not test changes nothing', async () => {
  const run = await start('GET /users/search set /user/id null');
  const before = schemas();
  const { stdout } = await run();
  const [, id = ''] = /accept ([0-9a-f]{8}) --until/.exec(stdout) ?? [];
  const until = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  expect((await own.project.run('accept', id, '--until', until, '--reason', 'known')).code).toBe(0);
  expect((await run('--update')).code).toBe(0);
  expect((await run('--update', '--only', 'none/none')).code).toBe(2);
  expect(changed(before)).toEqual([]);
});
