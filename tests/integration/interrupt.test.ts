import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import * as net from 'node:net';
import { join } from 'node:path';
import { makeCollection } from './support/fixture';
import { makeProject, ROOT, readReport } from './support/project';
import { startServer } from './support/server';

jest.setTimeout(30_000);

test.each<[NodeJS.Signals, string]>([
  ['SIGTERM', 'typed'],
  ['SIGINT', 'newman'],
])('%s ends a run by %s with one line, no verdict, and a report of what it had', async (signal, runner) => {
  let arrived = () => {};
  const first = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  // Never answers: the run is under way for as long as nobody stops it.
  const server = await startServer(() => arrived());
  const project = makeProject();
  try {
    const argv = [
      join(ROOT, 'bin/driftgate'),
      'run',
      '--runner',
      runner,
      '--target',
      server.origin,
      '--reporter',
      'junit',
    ];
    const child = spawn(process.execPath, argv, { cwd: project.directory });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await first;
    child.kill(signal);
    expect(await ended).toBe(2);
    expect(stderr).toBe('driftgate: interrupted before the end, run, run it again for a verdict\n');
    const report = readReport(join(project.directory, 'reports'));
    expect(report?.run.interrupted).toBe(true);
    expect(report?.verdict).toBe('incomplete');
    expect(report?.summary).toMatchObject({ requests: 71, passed: 0, failed: 0, skipped: 71 });
    const sent = report?.requests.filter(({ reason }) => reason !== 'the run was interrupted') ?? [];
    // The server has got one, and never answers.
    expect(sent.map(({ reason }) => reason)).toEqual(
      runner === 'typed' ? ['it was sent, and the run was interrupted before an answer came'] : [],
    );
    const junit = readFileSync(join(project.directory, 'reports/junit.xml'), 'utf8');
    expect(junit.match(/<skipped message="the run was interrupted"\/>/g)).toHaveLength(71 - sent.length);
  } finally {
    await server.close();
    project.remove();
  }
});

test('SIGTERM ends a health check that still looks at its origins, nothing is sent, and the report says so', async () => {
  let arrived = () => {};
  const first = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  // Takes connections and never speaks TLS.
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    sockets.push(socket);
    arrived();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const project = makeProject();
  try {
    const target = `https://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
    const argv = [join(ROOT, 'bin/driftgate'), 'health', '--target', target];
    const child = spawn(process.execPath, argv, { cwd: project.directory });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await first;
    child.kill('SIGTERM');
    expect(await ended).toBe(2);
    expect(stderr).toBe('driftgate: interrupted before the end, health, run it again for a verdict\n');
    expect(sockets).toHaveLength(1);
    const report = readReport(join(project.directory, 'reports'));
    expect(report?.verdict).toBe('incomplete');
    expect(report?.summary).toMatchObject({ requests: 26, passed: 0, failed: 0, skipped: 26 });
    expect(report?.origins).toBeUndefined();
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    project.remove();
  }
});

test('SIGINT ends a health check that is under way with a report of what it had, and no line in the history', async () => {
  let arrived = () => {};
  const second = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const server = await startServer((request, response) => {
    if (request.url === '/one') response.setHeader('Content-Type', 'application/json').end('[]');
    // Never answers.
    else arrived();
  });
  const items = ['one', 'two'].map((name) => ({ name, path: name }));
  const project = makeCollection(server.origin, items);
  try {
    const argv = ['health', '--target', server.origin, '--concurrency', '1', '--reporter', 'junit'];
    const child = spawn(process.execPath, [join(ROOT, 'bin/driftgate'), ...argv], { cwd: project.directory });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await second;
    child.kill('SIGINT');
    expect(await ended).toBe(2);
    const reports = join(project.directory, 'reports');
    const report = readReport(reports);
    expect(report).toMatchObject({ run: { interrupted: true }, verdict: 'drifted' });
    expect(report?.requests.map(({ key, outcome }) => [key, outcome])).toEqual([
      ['one', 'failed'],
      ['two', 'skipped'],
    ]);
    expect(report?.origins).toMatchObject([{ origin: server.origin, address: '127.0.0.1' }]);
    expect(readFileSync(join(reports, 'junit.xml'), 'utf8')).toContain('interrupted');
    expect(existsSync(join(reports, 'history.jsonl'))).toBe(false);
  } finally {
    await server.close();
    project.remove();
  }
});
