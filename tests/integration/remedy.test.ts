import { Drifting } from './support/drifting';

jest.setTimeout(120_000);

const KEY = 'customers/search-customer-by-e-mail';
const own = new Drifting(KEY);

const drifting = (...faults: string[]) => own.start(...faults);

const until = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);

/** The commands that are printed under findings, as somebody copies them who fills in a date and a reason. */
function printedIn(text: string): string[][] {
  return [...text.matchAll(/: npx driftgate (.*)$/gm)].map(
    ([, command = '']) =>
      command
        .replace('DATE', until)
        .replace('TEXT', "'known to us'")
        .match(/'[^']*'|\S+/g)
        ?.map((word) => word.replaceAll("'", '')) ?? [],
  );
}

/** Does as each printed command says. */
async function followed(commands: readonly string[][]): Promise<number[]> {
  const codes: number[] = [];
  for (const command of commands) codes.push((await own.project.run(...command)).code);
  return codes;
}

const DRIFT = ['GET /users/search set /user/id null', 'GET /users/search set /user/shoe_size 43'];

test.each([
  ['as it is', []],
  ['by both runners', ['--runner', 'both']],
  ['in another folder of reports', ['--reports', 'out of the way']],
])('every command under a finding, %s, does what it says, and the next run holds', async (_, argv) => {
  const run = await drifting(...DRIFT);
  const first = await run('--strict', ...argv);
  expect(first.code).toBe(1);
  const commands = printedIn(first.stdout);
  expect(commands.map(([command]) => command).sort()).toEqual(['accept', 'learn']);
  expect(await followed(commands)).toEqual([0, 0]);
  const second = await run('--strict', ...argv);
  expect({ code: second.code, stderr: second.stderr }).toEqual({ code: 0, stderr: '' });
  expect(second.stdout).toContain('✓ healthy');
});

test('what the report does not hold is asked for again in the environment in which it was found', async () => {
  const run = await drifting(`GET /users/search set /user/shoe_size "${'4'.repeat(20_000)}"`);
  const first = await run(
    '--strict',
    '--env-var',
    'connect_key=canary-of-a-flag',
    '--timeout-request',
    '9000',
  );
  const [command = [], ...more] = printedIn(first.stdout);
  expect(more).toEqual([]);
  expect(command).toEqual([
    ...['run', '--update', '--only', KEY, '--env-var', 'connect_key=VALUE'],
    ...['--target', own.sandbox?.origin, '--timeout-request', '9000'],
  ]);
  expect(first.everything).not.toContain('canary-of-a-flag');
  expect(await followed([command])).toEqual([0]);
  expect((await run('--strict')).code).toBe(0);
});

test('an id that no finding has, and no request, is refused', async () => {
  const run = await drifting(...DRIFT);
  await run();
  const { code, stderr } = await own.project.run('learn', '--from', 'report', '--only', '00000000');
  expect({ code, stderr: stderr.split(',')[0] }).toEqual({
    code: 2,
    stderr: 'driftgate: no such request: 00000000',
  });
});
