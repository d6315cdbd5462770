import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startSandbox } from 'driftgate/sandbox';
import { makeProject, ROOT, runCli, type TestProject } from './support/project';

const PIN = join(ROOT, 'collections/starter-pack.postman_collection.json');
let project: TestProject;
beforeAll(() => {
  project = makeProject();
});
afterAll(() => project.remove());

const SERVERS = [['sandbox'], ['mock', PIN]];
const WRONG = ['99999', '65536', '0', '-1', '4000.5', 'http', '', '1e3'];

test.each(SERVERS.flatMap((argv) => WRONG.map((port) => [argv, port] as const)))(
  '%s takes no port "%s", and says which there are',
  async (argv, port) => {
    const { code, stderr } = await project.run(...argv, '--port', port);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('from 1 to 65535') });
  },
);

test.each(SERVERS)('%s says that a port is taken', async (...argv) => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  try {
    const { code, stderr } = await project.run(...argv, '--port', String(port));
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `driftgate: cannot listen (EADDRINUSE), ${argv[0]} port ${port}, choose another port, or none for any free one\n`,
    });
  } finally {
    await new Promise((resolve) => other.close(resolve));
  }
});

test('a port that is none is an error of its caller in a program as well', async () => {
  await expect(startSandbox({ port: 99_999 })).rejects.toThrow(
    'cannot listen (ERR_SOCKET_BAD_PORT), sandbox port 99999, choose another port',
  );
});

test('a fault that is none is a few lines, with the form of one', async () => {
  let stderr = '';
  const argv = ['sandbox', '--fault', 'nonsense'];
  const { code } = await runCli(project.directory, argv, { stderr: { write: (text) => (stderr += text) } });
  expect(code).toBe(2);
  expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(4);
  expect(stderr).toContain('"METHOD PATH ACTION [ARGUMENT]"');
});
