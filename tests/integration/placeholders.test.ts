import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from 'driftgate/cli';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'driftgate-placeholders-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function cli(directory: string, ...argv: string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const sink = { write: (text: string) => (out += text), columns: 200 };
  const io = { stdout: sink, stderr: sink, env: {}, directory, interrupted: new Promise<void>(() => {}) };
  return { code: await main(argv, io), out };
}

const example = (code: number, body: object) => [
  {
    name: 'ok',
    code,
    header: [{ key: 'Content-Type', value: 'application/json' }],
    body: JSON.stringify(body),
  },
];
const script = (exec: string) => [{ listen: 'test', script: { exec: [exec] } }];
const isAt = (path: string) =>
  script(
    `pm.test('it is asked at ${path}', () => pm.expect(pm.request.url.toString()).to.satisfy((url) => url.endsWith('${path}')));`,
  );

/** Its script gives `id` in a scope; a request before it and one after it need that. */
const requestsOf = (scope: string, id: string) => [
  {
    name: 'first',
    request: { method: 'GET', url: `{{base_url}}/${scope}/{{${id}}}` },
    event: isAt(`/${scope}/mock-${id}`),
    response: example(200, { ok: true }),
  },
  {
    name: 'add',
    request: { method: 'POST', url: `{{base_url}}/${scope}` },
    event: script(`pm.${scope}.set('${id}', pm.response.json().ref)`),
    response: example(201, { ref: 'mine' }),
  },
  {
    name: 'get',
    request: { method: 'GET', url: `{{base_url}}/${scope}/{{${id}}}` },
    event: isAt(`/${scope}/mine`),
    response: example(200, { ref: 'mine' }),
  },
];
const books = (item: object[], variable: object[]) => ({
  info: { name: 'Books', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  variable: [{ key: 'base_url', value: '' }, ...variable],
  item,
});

/** A path and a variable each, so that none of them can give another what it has. */
const SCOPES = ['environment', 'collectionVariables', 'globals', 'variables'];
const ID = (scope: string) => `${scope}_id`;
test.each([
  ['declared with an empty value', SCOPES.map((scope) => ({ key: ID(scope), value: '' }))],
  ['declared nowhere', []],
])(
  'a placeholder of the mock, %s, never outranks what a script sets in any scope',
  async (what, variable) => {
    const name = what.replaceAll(' ', '-');
    const folders = SCOPES.map((scope) => ({ name: scope, item: requestsOf(scope, ID(scope)) }));
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(books(folders, variable)));
    expect(await cli(folder, 'init', `${name}.json`, '--dir', name)).toMatchObject({ code: 0 });
    const ran = await cli(join(folder, name), 'run', '--runner', 'both');
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('24 passed') });
    expect(ran.out).not.toContain('•••');
  },
);

test('what a person gives outranks, as in Postman', async () => {
  writeFileSync(
    join(folder, 'given.json'),
    JSON.stringify(books(requestsOf('collectionVariables', 'id'), [])),
  );
  await cli(folder, 'init', 'given.json', '--dir', 'given');
  const ran = await cli(join(folder, 'given'), 'run', '--env-var', 'id=mock-id');
  expect(ran).toMatchObject({
    code: 1,
    out: expect.stringContaining('it is asked at /collectionVariables/mine'),
  });
});
