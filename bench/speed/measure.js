// One process, measured as a whole: wall, CPU and peak memory with those of its children, and when its first request came.
const { spawn } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const { get } = require('node:http');
const { join } = require('node:path');

/** Units: milliseconds, MiB. */
async function measure(name, { argv, env = {} }, directory, port) {
  const usage = join(directory, 'usage.jsonl');
  writeFileSync(usage, '');
  await firstOf(port);
  const start = performance.now();
  const startedAt = Date.now();
  const child = spawn(process.execPath, argv, {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: `--require ${join(__dirname, 'usage.js')}`,
      BENCH_USAGE: usage,
      ...env,
    },
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise((done) => child.on('close', done));
  const wallMs = performance.now() - start;
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${stderr.slice(-1500)}`);
  // A process that is killed leaves what it said last.
  const last = new Map(
    readFileSync(usage, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map((used) => [used.pid, used]),
  );
  const sum = (field) => [...last.values()].reduce((total, used) => total + used[field], 0);
  const firstAt = await firstOf(port);
  return {
    wallMs,
    cpuMs: sum('cpuMs'),
    peakMiB: sum('peakMiB'),
    firstMs: firstAt === 0 ? 0 : firstAt - startedAt,
  };
}

/** When the server got its first request since it was asked last. */
const firstOf = (port) =>
  new Promise((done, fail) => {
    get({ host: '127.0.0.1', port, path: '/first' }, (response) => {
      let text = '';
      response
        .on('data', (chunk) => {
          text += chunk;
        })
        .on('end', () => done(Number(text)));
    }).on('error', fail);
  });

module.exports = { measure };
