import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeProject, ROOT, type TestProject } from './support/project';
import { startServer, type TestServer } from './support/server';

let server: TestServer;
let project: TestProject;
afterEach(async () => {
  await server.close();
  project.remove();
});

/** Published documentation as Postman serves it: the dialect, with auth copied onto the request. */
const published = (script = '') => ({
  info: {
    name: 'Published',
    publishedId: 'AbC123',
    owner: '4711',
    collectionId: 'c-1',
    publishDate: '2025-04-15T18:07:15.000Z',
    schema: 'https://schema.getpostman.com/json/collection/v2.0.0/collection.json',
  },
  auth: {
    type: 'apikey',
    apikey: {
      basicConfig: [
        { key: 'key', value: 'X-Key' },
        { key: 'value', value: '{{key}}' },
      ],
    },
  },
  item: [
    {
      name: 'Get order',
      id: 'i-1',
      _postman_id: 'i-1',
      event: [{ listen: 'test', script: { exec: [script] } }],
      request: {
        method: 'GET',
        header: [],
        url: 'https://api.example.com/v2/orders/:orderId',
        urlObject: {
          host: ['https://api.example.com/v2'],
          path: ['orders', ':orderId'],
          query: [{ key: 'page', value: null, disabled: true }],
          variable: [{ key: 'orderId', value: '42' }],
        },
        auth: {
          type: 'apikey',
          apikey: {
            basicConfig: [
              { key: 'key', value: 'X-Key' },
              { key: 'value', value: '{{key}}' },
            ],
          },
          isInherited: true,
        },
      },
      response: [],
    },
  ],
});

async function start(collection: () => object): Promise<void> {
  server = await startServer((request, response) => {
    const isCollection = request.url?.startsWith('/api/collections/4711/AbC123') === true;
    const metadata = {
      activeVersionTag: 'latest',
      collection: { info: { name: 'Published', owner: '4711', publishedId: 'AbC123' } },
    };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isCollection ? collection() : metadata));
  });
  project = makeProject({
    config: (config) => Object.assign(config, { collection: 'pin.json', captures: {}, requests: {} }),
  });
  copyFileSync(
    join(ROOT, 'collections/starter-pack.postman_collection.json'),
    join(project.directory, 'pin.json'),
  );
  copyFileSync(join(ROOT, 'collections/starter-pack.lock.json'), join(project.directory, 'pin.lock.json'));
}

const read = (file: string) => JSON.parse(readFileSync(join(project.directory, file), 'utf8'));

test('metadata leads to the collection, which becomes the pin with its facts in the lock', async () => {
  await start(() => published());
  const metadata = `${server.origin}/view/metadata/AbC123`;
  const check = await project.run('pull', metadata, '--check');
  expect(check.code).toBe(1);
  expect(check.stdout).toMatch(/^✗ breaking request-removed +customers\/create-customer: POST /m);
  expect(check.stdout).toMatch(/^\+ additive request-added +get-order: GET /m);
  expect(read('pin.json').info.name).toBe('API Starter Pack');

  const refused = await project.run('pull', metadata);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/^driftgate: requests would go to new hosts: api\.example\.com, /);
  expect(read('pin.json').info.name).toBe('API Starter Pack');

  const pull = await project.run('pull', metadata, '--accept-hosts');
  expect({ code: pull.code, stderr: pull.stderr }).toEqual({ code: 0, stderr: '' });
  expect(server.received.map(({ url }) => url)).toContain(
    '/api/collections/4711/AbC123?segregateAuth=true&versionTag=latest',
  );
  const lock = read('pin.lock.json');
  expect(lock).toMatchObject({
    source: 'https://documenter.getpostman.com/view/4711/AbC123',
    publishedId: 'AbC123',
    owner: '4711',
    versionTag: 'latest',
    hosts: ['api.example.com'],
  });
  expect(lock.reconstruction).toBeUndefined();
  const [item] = read('pin.json').item;
  expect(item.request.url).toMatchObject({
    host: ['api', 'example', 'com'],
    path: ['v2', 'orders', ':orderId'],
  });
  expect(item.request.auth).toBeUndefined();
  expect(read('pin.json').auth.apikey).toEqual([
    { key: 'key', value: 'X-Key', type: 'string' },
    { key: 'value', value: '{{key}}', type: 'string' },
  ]);
  expect((await project.run('pull', metadata, '--check')).code).toBe(0);
});

test('a note is as wide as the terminal, and a change one line', async () => {
  await start(() => published());
  const { stdout } = await project.run('pull', `${server.origin}/view/4711/AbC123`, '--check');
  expect(stdout).toContain('so other environments cannot\n  be tested with it\n');
  for (const line of stdout.split('\n'))
    if (!/^[✗+·] /.test(line)) expect(line.length).toBeLessThanOrEqual(80);
});

test('a new script is pinned only when it is accepted', async () => {
  await start(() => published('console.log(pm.environment.toObject())'));
  const link = `${server.origin}/view/4711/AbC123`;
  const refused = await project.run('pull', link);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/^driftgate: 1 scripts are new or changed, first at \/item\/0\/event\/0, /);
  expect(read('pin.json').info.name).toBe('API Starter Pack');

  expect((await project.run('pull', link, '--accept-scripts', '--accept-hosts')).code).toBe(0);
  expect(Object.keys(read('pin.lock.json').scripts)).toEqual(['/item/0/event/0']);
  expect(existsSync(join(project.directory, 'pin.json'))).toBe(true);
});

test('a pin without its lock is refused, and a first pull makes the lock', async () => {
  await start(() => published());
  rmSync(join(project.directory, 'pin.lock.json'));
  for (const argv of [['run'], ['list'], ['pull']]) {
    const { code, stderr } = await project.run(...argv);
    expect({ argv, code }).toEqual({ argv, code: 2 });
    expect(stderr).toContain('pin.lock.json');
  }
  const pull = await project.run('pull', `${server.origin}/view/4711/AbC123`);
  expect({ code: pull.code, stderr: pull.stderr }).toEqual({ code: 0, stderr: '' });
  expect(read('pin.lock.json')).toMatchObject({ publishedId: 'AbC123', owner: '4711' });
});

test('a credential in the address is neither said nor written down', async () => {
  await start(() => published());
  const secret = 'PMAK-1234567890';
  const pull = await project.run('pull', `${server.origin}/c.json?apikey=${secret}&x=1`, '--accept-hosts');
  expect(pull).toMatchObject({ code: 0 });
  expect(server.received[0]?.url).toContain(secret);
  expect(JSON.stringify(read('pin.lock.json'))).not.toContain(secret);
  const down = await project.run('pull', `http://127.0.0.1:1/c.json?apikey=${secret}`);
  expect(down.code).toBe(2);
  expect(pull.everything + down.everything).not.toContain(secret);
});
