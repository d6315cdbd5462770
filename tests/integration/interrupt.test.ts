import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as net from 'node:net';
import { join } from 'node:path';
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
    expect(new Set(report?.requests.map(({ reason }) => reason))).toEqual(
      new Set(['the run was interrupted']),
    );
    const junit = readFileSync(join(project.directory, 'reports/junit.xml'), 'utf8');
    expect(junit.match(/<skipped message="the run was interrupted"\/>/g)).toHaveLength(71);
  } finally {
    await server.close();
    project.remove();
  }
});

test('SIGTERM ends a health check that still looks at its origins, and nothing is sent', async () => {
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
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    project.remove();
  }
});
