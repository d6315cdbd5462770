import { loadCollection } from '../../src/collection/load';
import { lockOf } from '../../src/collection/pin';
import type { CaptureSource } from '../../src/config/config';
import { CAPTURE_CASES } from '../unit/runner/capture-cases';
import { makeProject, type TestProject } from './support/project';
import { startServer, type TestServer } from './support/server';

// One table of captures, held to by both runners: what a later request sends is what was captured.
jest.setTimeout(60_000);

let server: TestServer;
let project: TestProject;
afterEach(async () => {
  await server?.close();
  project?.remove();
});

/** A project of requests `{{name}}` that are documented to answer anything with 200. */
function makeCaptures(
  items: readonly { name: string; body?: string; header?: string }[],
  captures: Record<string, Record<string, CaptureSource>>,
  env = '',
): TestProject {
  const document = {
    info: { name: 'Captures' },
    item: items.map(({ name, body, header }) => ({
      name,
      request: {
        method: body === undefined ? 'GET' : 'POST',
        url: `${server.origin}/${name}`,
        ...(header !== undefined && { header: [{ key: 'X-Value', value: header }] }),
        ...(body !== undefined && { body: { mode: 'raw', raw: body } }),
      },
      response: [{ name: 'ok', code: 200, header: [], body: '' }],
    })),
  };
  const lock = lockOf(loadCollection(document, 'c', 'c'), { source: 'a test', name: 'Captures' });
  return makeProject({
    env,
    files: { 'c.json': JSON.stringify(document), 'c.lock.json': JSON.stringify(lock) },
    config: (config) => {
      for (const name of Object.keys(config)) delete config[name];
      Object.assign(config, { collection: 'c.json', captures });
    },
  });
}

const BETWEEN = '\n--\n';

test.each(['newman', 'typed'])('%s captures what the table says', async (runner) => {
  const flat = CAPTURE_CASES.flatMap(([name, response, cases]) =>
    cases.map(([source, want]) => ({ name, response, source, want })),
  );
  const places = CAPTURE_CASES.map(([, response], at) => ({ name: `r${at}`, response }));
  server = await startServer((request, response) => {
    const { headers, body } = places.find(({ name }) => `/${name}` === request.url)?.response ?? {
      headers: [],
      body: '',
    };
    response.writeHead(200, headers.flat()).end(body);
  });
  const captures = Object.fromEntries(
    CAPTURE_CASES.map(([group], at) => [
      `r${at}`,
      Object.fromEntries(
        flat.flatMap(({ name, source, want }, index) =>
          name === group ? [[`v${index}`, want === undefined ? { ...source, required: false } : source]] : [],
        ),
      ),
    ]),
  );
  project = makeCaptures(
    [...places, { name: 'end', body: flat.map((_case, index) => `{{v${index}}}`).join(BETWEEN) }],
    captures,
    // What an optional capture does not find keeps the value that the environment gives.
    flat.map((_case, index) => `v${index}=untouched`).join('\n'),
  );
  const { code, stderr } = await project.run('run', '--env', 'collection', '--runner', runner);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const sent = (await server.bodies.at(-1))?.toString().split(BETWEEN);
  expect(sent?.map((got, index) => ({ ...flat[index]?.source, got }))).toEqual(
    flat.map(({ source, want }) => ({ ...source, got: want ?? 'untouched' })),
  );
});

describe.each(['newman', 'typed'])('by %s, a capture that finds nothing', (runner) => {
  const run = async (source: CaptureSource, env = '') => {
    server = await startServer((_request, response) => response.end('{}'));
    project = makeCaptures(
      [{ name: 'one' }, { name: 'two', header: '{{id}}' }],
      { one: { id: source } },
      env,
    );
    const { code, stderr } = await project.run('run', '--env', 'collection', '--runner', runner);
    return { code, stderr, sent: server.received[1]?.headers['x-value'] };
  };

  test('is an error, even where the environment has a value', async () => {
    expect(await run({ regex: 'id' }, 'id=env')).toEqual({
      code: 2,
      stderr: expect.stringContaining('the capture of {{id}} found nothing, one'),
      sent: 'env',
    });
  });

  test('is none where it is optional and the environment has a value', async () => {
    expect(await run({ pointer: '/id', required: false }, 'id=env')).toEqual({
      code: 0,
      stderr: '',
      sent: 'env',
    });
  });

  test('has its default, which outweighs the environment', async () => {
    expect(await run({ pointer: '/id', default: 'plan b' }, 'id=env')).toEqual({
      code: 0,
      stderr: '',
      sent: 'plan b',
    });
  });

  test('skips what needs it where it is optional and nothing else gives a value, and that is no pass', async () => {
    expect(await run({ pointer: '/id', required: false })).toEqual({
      code: 2,
      stderr: expect.stringContaining('needs {{id}}, which one did not yield, two'),
      sent: undefined,
    });
  });
});
