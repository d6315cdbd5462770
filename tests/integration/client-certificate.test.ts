import { writeFileSync } from 'node:fs';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { makeCollection } from './support/fixture';
import type { TestProject } from './support/project';

// A server that asks for a certificate gets the one that is given, from both runners.
const NAME = [{ name: 'commonName', value: 'driftgate.invalid' }];
const seen: string[] = [];
let server: https.Server;
let project: TestProject;
let pems: { private: string; cert: string };

beforeAll(async () => {
  pems = await generate(NAME, { keyType: 'ec' });
  const options = { key: pems.private, cert: pems.cert, requestCert: true, rejectUnauthorized: false };
  server = https.createServer(options, (request, response) => {
    const { subject } = (request.socket as TLSSocket).getPeerCertificate();
    seen.push(String(subject?.CN ?? 'nobody'));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  project = makeCollection(origin, [{ name: 'one', path: 'one' }]);
  const write = (name: string, text: string) => writeFileSync(join(project.directory, name), text);
  write('.env.test', '');
  write('cert.pem', pems.cert);
  write('key.pem', pems.private);
  write('both.pem', `${pems.cert}\n${pems.private}`);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  project.remove();
});

const run = (...argv: string[]) => {
  seen.length = 0;
  const target = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return project.run('run', '--env', 'test', '-k', '--target', target, ...argv);
};
const file = (name: string) => join(project.directory, name);

test.each(['typed', 'newman'])('%s shows it', async (runner) => {
  const key = ['--ssl-client-key', file('key.pem')];
  expect((await run('--runner', runner, '--ssl-client-cert', file('cert.pem'), ...key)).code).toBe(0);
  expect(seen).toEqual(['driftgate.invalid']);
  expect((await run('--runner', runner, '--ssl-client-cert', file('both.pem'))).code).toBe(0);
  expect(seen).toEqual(['driftgate.invalid']);
  expect((await run('--runner', runner)).code).toBe(0);
  expect(seen).toEqual(['nobody']);
});

test.each([
  ['a certificate without its key', ['--ssl-client-cert', 'cert.pem'], /cannot be used/],
  ['a key alone', ['--ssl-client-key', 'key.pem'], /a key without a certificate/],
  ['a file that is not there', ['--ssl-client-cert', 'no.pem'], /cannot read the certificates/],
])('%s is wrong usage, before anything is sent', async (_case, [flag = '', name = ''], message) => {
  const { code, stderr } = await run(flag, file(name));
  expect({ code, stderr, seen }).toEqual({ code: 2, stderr: expect.stringMatching(message), seen: [] });
});
