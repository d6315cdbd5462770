import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { makeProject, ROOT } from './support/project';
import { startServer } from './support/server';

jest.setTimeout(30_000);

test.each<[NodeJS.Signals, string]>([
  ['SIGTERM', 'typed'],
  ['SIGINT', 'newman'],
])('%s ends a run by %s with one line and no verdict', async (signal, runner) => {
  let arrived = () => {};
  const first = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  // Never answers: the run is under way for as long as nobody stops it.
  const server = await startServer(() => arrived());
  const project = makeProject();
  try {
    const argv = [join(ROOT, 'bin/driftgate'), 'run', '--runner', runner, '--target', server.origin];
    const child = spawn(process.execPath, argv, { cwd: project.directory });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await first;
    child.kill(signal);
    expect(await ended).toBe(2);
    expect(stderr).toBe('driftgate: interrupted before the end, run, run it again for a verdict\n');
  } finally {
    await server.close();
    project.remove();
  }
});
