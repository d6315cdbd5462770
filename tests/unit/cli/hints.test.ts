import { runCli } from '../../integration/support/project';

test.each([
  ['run --only nope', 'see the keys and folders of `npx driftgate list`'],
  ['run --folder nope', 'see the keys and folders of `npx driftgate list`'],
  ['learn --only nope', 'see the keys of `npx driftgate list`'],
  ['sandbox --fault nope', 'with a route of `npx driftgate sandbox --help`'],
])('%s is told the command as it is typed', async (argv, hint) => {
  const { code, stderr } = await runCli('.', argv.split(' '));
  expect(stderr.replace(/\s+/g, ' ')).toContain(hint);
  expect(code).not.toBe(0);
});
