import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCollection } from './support/fixture';
import { ROOT, readReport, type TestProject } from './support/project';
import { startServer, type TestServer } from './support/server';

// Postman's libraries take longer to load than a small run takes: they are for those that need them.
jest.setTimeout(30_000);

let server: TestServer;
let project: TestProject;
beforeAll(async () => {
  server = await startServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":7}'),
  );
});
afterAll(() => server.close());
afterEach(() => project.remove());

/** Runs one request with a test script in a process of its own. Gives which packages its main thread loaded, and what was asserted. */
async function run(test: string | undefined): Promise<{ loaded: string[]; asserted: unknown[] }> {
  project = makeCollection(server.origin, [
    { name: 'one', path: 'one', ...(test !== undefined && { test }) },
  ]);
  const { directory } = project;
  writeFileSync(join(directory, '.env.test'), '');
  const hook = join(directory, 'hook.js');
  const loaded = join(directory, 'loaded.json');
  writeFileSync(
    hook,
    `const { isMainThread } = require('node:worker_threads');
    if (isMainThread) process.on('exit', () => {
      const names = Object.keys(require.cache).map((file) => file.split('node_modules/').at(-1).split(/[\\\\/]/)[0]);
      require('node:fs').writeFileSync(${JSON.stringify(loaded)}, JSON.stringify([...new Set(names)]));
    });`,
  );
  const argv = ['--require', hook, join(ROOT, 'bin/driftgate'), 'run', '--env', 'test', '--runner', 'typed'];
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, argv, { cwd: directory }, (error) => (error ? reject(error) : resolve()));
  });
  const report = readReport(join(directory, 'reports'));
  return {
    loaded: (JSON.parse(readFileSync(loaded, 'utf8')) as string[]).filter((name) =>
      name.startsWith('postman-'),
    ),
    asserted: report?.requests.flatMap(({ assertions }) => assertions ?? []) ?? [],
  };
}

const passed = (name: string) => [expect.objectContaining({ name, passed: true })];

test('a request without scripts needs none of them', async () => {
  const { loaded, asserted } = await run(undefined);
  expect(loaded).toEqual(['postman-url-encoder']);
  expect(asserted).toEqual([]);
});

test('nor does one whose scripts look at the response alone, which they see in another thread', async () => {
  const { loaded, asserted } = await run(
    'pm.test("id " + pm.response.json().id, () => pm.response.to.have.status(200))',
  );
  expect(loaded).toEqual(['postman-url-encoder']);
  expect(asserted).toEqual(passed('id 7'));
});

test('one that looks at its request is built by them', async () => {
  const { loaded, asserted } = await run('pm.test(pm.request.url.path.join(), () => {})');
  expect(loaded).toEqual(expect.arrayContaining(['postman-collection', 'postman-runtime']));
  expect(asserted).toEqual(passed('one'));
});
