import { makeCollection } from './support/fixture';
import type { CliResult, TestProject } from './support/project';
import { startServer, type TestServer } from './support/server';
import { keepNewman } from './support/warm-newman';

jest.setTimeout(60_000);
keepNewman();

let project: TestProject | undefined;
let server: TestServer;
afterEach(async () => {
  project?.remove();
  await server.close();
});

/** What is made at `POST /things` is named by a script alone, and removed by a configured clean-up. */
async function run(runner: string, test: string, ...argv: string[]): Promise<CliResult> {
  let made = 0;
  server = await startServer((request, response) => {
    if (request.method === 'POST') made += 1;
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(request.method === 'POST' ? { id: `t${made}` } : {}));
  });
  project = makeCollection(
    server.origin,
    [
      { name: 'make', method: 'POST', path: 'things', test },
      { name: 'remove', method: 'DELETE', path: 'things/{{id}}' },
    ],
    { requests: { make: { cleanup: { request: 'remove' } } } },
  );
  return project.run('run', '--env', 'collection', '--only', 'make', '--runner', runner, ...argv);
}
const deleted = () => server.received.flatMap(({ method, url }) => (method === 'DELETE' ? [url] : []));

describe.each(['typed', 'newman'])('a clean-up whose variable a script sets (%s)', (runner) => {
  test.each(['environment', 'collectionVariables', 'globals'])('in %s is done', async (scope) => {
    const { code, report } = await run(runner, `pm.${scope}.set('id', pm.response.json().id)`);
    expect({ code, deleted: deleted() }).toEqual({ code: 0, deleted: ['/things/t1'] });
    expect(report?.requests.at(-1)).toMatchObject({ key: 'remove', cleanup: true, outcome: 'passed' });
  });

  test('is done for each iteration', async () => {
    const { code } = await run(runner, "pm.environment.set('id', pm.response.json().id)", '-n', '3');
    expect({ code, deleted: deleted() }).toEqual({
      code: 0,
      deleted: ['/things/t3', '/things/t2', '/things/t1'],
    });
  });

  test('and does not is told', async () => {
    const { code, report } = await run(runner, "pm.environment.set('id', pm.response.json().nothing)");
    expect({ code, deleted: deleted() }).toEqual({ code: 2, deleted: [] });
    expect(report?.requests.at(-1)).toMatchObject({
      key: 'remove',
      cleanup: true,
      outcome: 'skipped',
      reason: 'not cleaned up: make gave no new {{id}}',
    });
  });
});
