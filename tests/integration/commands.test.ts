import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeProject, ROOT, type TestProject } from './support/project';

const PIN = join(ROOT, 'collections/starter-pack.postman_collection.json');
let project: TestProject;
beforeAll(() => {
  project = makeProject();
});
afterAll(() => project.remove());

const write = (name: string, document: unknown): string => {
  writeFileSync(join(project.directory, name), JSON.stringify(document));
  return name;
};
const shop = (method: string, token = '{{token}}') => ({
  info: { name: 'Shop' },
  item: [
    {
      name: 'Get',
      request: { method, url: 'https://a.test/x', header: [{ key: 'X-Api-Key', value: token }] },
      response: [{ name: 'e', code: 200, header: [], body: '{"id":1}' }],
    },
  ],
});

test('diff says nothing of what is the same, and breaks where something breaks', async () => {
  expect(await project.run('diff', PIN, PIN)).toMatchObject({ code: 0, stdout: 'no change\n', stderr: '' });
  const [one, other] = [write('one.json', shop('GET')), write('other.json', shop('PUT'))];
  const changed = await project.run('diff', one, other);
  expect(changed.code).toBe(1);
  expect(changed.stdout).toMatch(
    /^✗ breaking method-changed +get: GET -> PUT\n1 breaking, 0 additive, 0 cosmetic\n$/,
  );
  const json = await project.run('diff', one, other, '--json');
  expect(JSON.parse(json.stdout)).toMatchObject([{ rule: 'method-changed', weight: 'breaking', key: 'get' }]);
  const table = await project.run('diff', one, other, '--format', 'markdown');
  expect(table.stdout).toContain('| ✗ breaking | method-changed | `get` |');
});

test('diff and lint never show a credential', async () => {
  const [one, other] = [
    write('one.json', shop('GET', 'S3CR3T-ONE')),
    write('other.json', shop('GET', 'S3CR3T-TWO')),
  ];
  const changed = await project.run('diff', one, other);
  expect(changed.stdout).toContain('header-changed');
  const linted = await project.run('lint', other);
  expect(linted).toMatchObject({ code: 1, stdout: expect.stringContaining('✗ credential') });
  expect(changed.everything + linted.everything).not.toContain('S3CR3T');
});

test('the Starter Pack lints clean', async () => {
  const documented = readFileSync(join(ROOT, '.env.example'), 'utf8');
  writeFileSync(join(project.directory, '.env.example'), documented);
  expect(await project.run('lint')).toMatchObject({
    code: 0,
    stdout: '0 errors, 0 warnings in 71 requests\n',
  });
});

test('what is no collection is refused by every command alike', async () => {
  const file = write('broken.json', { info: {}, item: 7 });
  for (const argv of [
    ['lint', file],
    ['diff', file, file],
    ['list', file],
    ['mock', file],
    ['init', file],
  ]) {
    const { code, stderr } = await project.run(...argv);
    expect({ argv, code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('/item: expected a list'),
    });
  }
});

test('list says what each request needs of others and what it is given, in lines of the terminal', async () => {
  const get = (name: string, url: string) => ({ name, request: { method: 'GET', url } });
  const script = { listen: 'test', script: { exec: ["pm.environment.set('id', pm.response.json().id)"] } };
  const many = Array.from({ length: 9 }, (_, at) => `{{some_variable_${at}}}`);
  const file = write('needs.json', {
    info: { name: 'Needs' },
    item: [
      { ...get('First', 'https://{{host}}/x'), event: [script] },
      get('Second', 'https://{{host}}/x/{{id}}'),
      get('Third', `https://a.test/${many.join('/')}`),
    ],
  });
  const { code, stdout } = await project.run('list', file);
  expect(code).toBe(0);
  expect(stdout).toContain('GET    first\n       read-only · no schema · yields id · given host\n');
  expect(stdout).toContain('GET    second\n       read-only · no schema · needs id · given host\n');
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect(stdout.match(/some_variable_\d/g)).toHaveLength(9);
});
