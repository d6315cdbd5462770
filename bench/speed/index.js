// `node bench/speed [--pairs 5] [--counts 50,500] [--latencies 0,20] [--bytes 2048] [--scripts]`: whole processes, side by side.
const { fork, spawn } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { get } = require('node:http');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');
const { parseArgs } = require('node:util');
const Table = require('cli-table3');
const { writeProject } = require('./projects');

const ROOT = resolve(__dirname, '../..');
const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '5' },
    counts: { type: 'string', default: '50,500,5000' },
    latencies: { type: 'string', default: '0,20,100' },
    bytes: { type: 'string', default: '2048' },
    scripts: { type: 'boolean', default: false },
    only: { type: 'string', default: 'typed,serial,newman-path,bare' },
  },
});
const numbers = (text) => text.split(',').map(Number);
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const driftgate = (...argv) => [join(ROOT, 'bin/driftgate'), 'run', 'bench.json', ...argv];
const newmanBin = join(ROOT, 'node_modules/newman/bin/newman.js');
/** What takes part: arguments of a Node process that runs in the project's folder. */
const CONTESTANTS = {
  newman: () => [newmanBin, 'run', 'newman.json', '-r', 'cli,junit', '--reporter-junit-export', 'junit.xml'],
  typed: () => driftgate('--runner', 'typed'),
  serial: () => driftgate('--runner', 'typed', '--concurrency', '1'),
  'newman-path': () => driftgate('--runner', 'newman'),
  bare: (count, port) => [join(__dirname, 'bare.js'), String(count), String(port), '16'],
  'bare-serial': (count, port) => [join(__dirname, 'bare.js'), String(count), String(port), '1'],
};

async function measure(name, directory, count, port) {
  const usage = join(directory, 'usage.jsonl');
  writeFileSync(usage, '');
  await firstOf(port);
  const start = performance.now();
  const startedAt = Date.now();
  const child = spawn(process.execPath, CONTESTANTS[name](count, port), {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: `--require ${join(__dirname, 'usage.js')}`, BENCH_USAGE: usage },
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const code = await new Promise((done) => child.on('close', done));
  const wallMs = performance.now() - start;
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${stderr.slice(-500)}`);
  const used = readFileSync(usage, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return {
    wallMs,
    cpuMs: used.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    peakMiB: used.reduce((sum, { peakMiB }) => sum + peakMiB, 0),
    firstMs: (await firstOf(port)) - startedAt,
  };
}

const firstOf = (port) =>
  new Promise((done, fail) => {
    get({ host: '127.0.0.1', port, path: '/first' }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk)).on('end', () => done(Number(text)));
    }).on('error', fail);
  });

async function main() {
  const table = new Table({
    head: ['requests', 'latency', 'who', 'wall s', 'x newman', 'CPU s', 'peak MiB', 'first ms', ''],
    style: { head: [], border: [] },
  });
  const names = values.only.split(',');
  for (const count of numbers(values.counts)) {
    for (const latency of numbers(values.latencies)) {
      const server = fork(join(__dirname, 'server.js'), [String(latency), values.bytes]);
      const port = await new Promise((done) => server.once('message', done));
      const directory = mkdtempSync(join(tmpdir(), 'driftgate-bench-'));
      writeProject(directory, count, port, values.scripts);
      const all = Object.fromEntries(['newman', ...names].map((name) => [name, []]));
      try {
        // In turn, so that a slow minute of the machine meets all of them.
        for (let pair = 0; pair < Number(values.pairs); pair += 1) {
          for (const name of Object.keys(all)) all[name].push(await measure(name, directory, count, port));
        }
      } finally {
        server.disconnect();
        rmSync(directory, { recursive: true, force: true });
      }
      for (const [name, runs] of Object.entries(all)) {
        const of = (field) => median(runs.map((run) => run[field]));
        const ratio = median(runs.map(({ wallMs }, at) => wallMs / all.newman[at].wallMs));
        table.push([
          count,
          `${latency} ms`,
          name,
          (of('wallMs') / 1000).toFixed(2),
          ratio.toFixed(3),
          (of('cpuMs') / 1000).toFixed(2),
          Math.round(of('peakMiB')),
          Math.round(of('firstMs')),
          '█'.repeat(Math.max(1, Math.round(ratio * 30))).slice(0, 40),
        ]);
        process.stderr.write(`${count} ${latency} ${name} ${ratio.toFixed(3)}\n`);
      }
    }
  }
  process.stdout.write(`${table.toString()}\n`);
}

main();
