import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, readReport } from './support/project';
import { startServer, type TestServer } from './support/server';

jest.setTimeout(30_000);

let proxy: TestServer;
let directory: string;
beforeEach(async () => {
  proxy = await startServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
  );
  directory = mkdtempSync(join(tmpdir(), 'driftgate-proxy-'));
});
afterEach(async () => {
  await proxy.close();
  rmSync(directory, { recursive: true, force: true });
});

/** In a process of its own: the environment belongs to a process. */
function run(url: string, argv: string[], env: Record<string, string>): Promise<number | null> {
  const request = { method: 'GET', url };
  const response = [{ name: 'ok', code: 200, header: [], body: '{}' }];
  const item = [{ name: 'one', request, response }];
  writeFileSync(join(directory, 'c.json'), JSON.stringify({ info: { name: 'C' }, item }));
  const bin = join(ROOT, 'bin/driftgate');
  const child = spawn(process.execPath, [bin, 'run', 'c.json', ...argv], {
    cwd: directory,
    stdio: 'ignore',
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  return new Promise((resolve) => child.on('close', resolve));
}

const wayOf = () => proxy.received.map(({ method, url, headers }) => [method, url, headers.host]);

describe.each(['typed', 'newman'])('%s and the proxy of the environment', (runner) => {
  const asked = ['--runner', runner];

  test('a request goes through it, with its whole URL and the host it is for', async () => {
    const auth = proxy.origin.replace('://', '://me:p%40ss@');
    await run('http://api.example.test/a/../b?x=1', asked, { HTTP_PROXY: auth });
    expect(wayOf()).toEqual([['GET', 'http://api.example.test/a/../b?x=1', 'api.example.test']]);
    expect(proxy.received[0]?.headers['proxy-authorization']).toBe(
      `Basic ${Buffer.from('me:p@ss').toString('base64')}`,
    );
    const report = readReport(join(directory, 'reports'));
    expect(report?.requests[0]?.status).toBe(200);
    expect(JSON.stringify(report)).not.toContain('p@ss');
  });

  test('but not to a host of NO_PROXY', async () => {
    await run(`${proxy.origin}/direct`, asked, { HTTP_PROXY: 'http://127.0.0.1:1', NO_PROXY: '127.0.0.1' });
    expect(wayOf().map(([, url]) => url)).toEqual(['/direct']);
  });
});

test('the embedded sandbox is reached without it', async () => {
  const child = spawn(process.execPath, [join(ROOT, 'bin/driftgate'), 'run', '--only', 'standards/ping'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', HTTP_PROXY: proxy.origin, DRIFTGATE_REPORTS: directory },
  });
  await new Promise((resolve) => child.on('close', resolve));
  expect(wayOf()).toEqual([]);
});
