import { main } from 'driftgate/cli';

/** What is said of a flag of `driftgate run` that there is none of. */
const saidOf = (...flags: string[]) => saidTo('run', ...flags);

async function saidTo(...argv: string[]): Promise<string> {
  let stderr = '';
  const code = await main(argv, {
    stdout: { write: () => true },
    // As wide as a line may be, so that it is one.
    stderr: { write: (text) => (stderr += text), columns: 1000 },
    env: {},
    directory: __dirname,
    interrupted: new Promise(() => {}),
  });
  expect(code).toBe(2);
  return stderr;
}

test.each([
  ['--data', '--iteration-data'],
  ['--data=rows.csv', '--iteration-data'],
  ['--dat', '--iteration-data'],
  ['--iterations', 'one of --iteration-count, --iteration-data'],
  ['--count', '--iteration-count'],
  ['--var', 'one of --global-var, --env-var'],
  ['--environment-var', '--env-var'],
  ['--timeout', '--timeout-request'],
  ['--reporters', '--reporter'],
  ['--reporter-junit-export', '--reporter'],
  // By its letters alone.
  ['--foldr', '--folder'],
])('%s is taken for %s', async (asked, meant) => {
  const flag = asked.replace(/=.*/, '');
  const said = await saidOf(asked, 'rows.csv');
  expect(said).toContain(`driftgate: unknown option '${flag}`);
  expect(said).toContain(`(Did you mean ${meant}?)\n`);
});

test('what is like no flag is taken for none', async () => {
  expect(await saidOf('--xyzzy')).toBe("driftgate: unknown option '--xyzzy'\n");
});

test.each(['0', '1.5', 'x', '-1'])('so many iterations there cannot be: %s', async (count) => {
  expect(await saidOf(`--iteration-count=${count}`)).toContain('Give a whole number from 1 on.');
});

test('of a command that there is none of the nearest is named, else where all of them are', async () => {
  expect(await saidTo('helth')).toBe("driftgate: unknown command 'helth'\n(Did you mean health?)\n");
  expect(await saidTo('foo')).toBe("driftgate: unknown command 'foo', see `npx driftgate --help`\n");
});
