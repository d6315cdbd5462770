import { makeCollection } from './support/fixture';
import { runCli } from './support/project';
import { startServer } from './support/server';

jest.setTimeout(30_000);

const digest = {
  type: 'digest',
  digest: [
    { key: 'username', value: 'u' },
    { key: 'password', value: 'p' },
  ],
};

test('a challenge that a server takes once only is found out anew for each request', async () => {
  let nonces = 0;
  const taken = new Set<string>();
  const server = await startServer((request, response) => {
    const [, nonce = ''] = /nonce="([^"]*)"/.exec(request.headers.authorization ?? '') ?? [];
    const isFresh = nonce !== '' && !taken.has(nonce);
    taken.add(nonce);
    nonces += 1;
    response.setHeader('Content-Type', 'application/json');
    if (isFresh) response.end('{}');
    else
      response
        .writeHead(401, {
          'WWW-Authenticate': `Digest realm="r", nonce="n${nonces}", qop="auth", stale=true`,
        })
        .end('{}');
  });
  const items = ['one', 'two', 'three'].map((name) => ({ name, path: name }));
  const project = makeCollection(server.origin, items, {}, { auth: digest });
  const { code, report } = await runCli(project.directory, [
    'run',
    '--target',
    server.origin,
    '--runner',
    'typed',
  ]);
  expect(report?.requests.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(code).toBe(0);
  project.remove();
  await server.close();
});
