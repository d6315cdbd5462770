// `node bench/speed [--pairs 5] [--counts 50,500,5000] [--latencies 0,20,100] [--bytes 2048] [--only typed,serial] [--files 1,8]
// [--scripts] [--json FILE]`: whole processes side by side on one loopback server, as ratios to the newman CLI, as a chart,
// and against the goals that the measured part says something of.
const { fork } = require('node:child_process');
const { mkdtempSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const Table = require('cli-table3');
const { ALONE, IN_JEST } = require('./contestants');
const { GOALS } = require('./goals');
const { measure } = require('./measure');
const { removeProject, writeProject, writeSuites } = require('./projects');

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '5' },
    counts: { type: 'string', default: '50,500,5000' },
    latencies: { type: 'string', default: '0,20,100' },
    bytes: { type: 'string', default: '2048' },
    files: { type: 'string', default: '1' },
    scripts: { type: 'boolean', default: false },
    only: { type: 'string', default: 'typed,serial,newman-path,bare,bare-serial,jest-typed,jest-serial' },
    json: { type: 'string' },
  },
});
const numbers = (text) => text.split(',').map(Number);
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** The runs of one contestant in one setting. Ratios are those of runs that stood side by side. */
class Result {
  constructor(setting, name, runs) {
    Object.assign(this, setting, { name, runs });
    for (const field of ['wallMs', 'cpuMs', 'peakMiB', 'firstMs'])
      this[field] = median(runs.map((run) => run[field]));
  }

  ratioTo(other, field) {
    return median(this.runs.map((run, at) => run[field] / other.runs[at][field]));
  }
}

/** All contestants of one setting, in turn, so that a slow minute of the machine meets all of them. */
async function compare(setting, names) {
  const { count, latency, bytes, files } = setting;
  const server = fork(join(__dirname, 'server.js'), [String(latency), String(bytes)]);
  const port = await new Promise((done) => server.once('message', done));
  const directory = mkdtempSync(join(tmpdir(), 'driftgate-bench-'));
  const suites = join(directory, 'suites');
  const all = Object.fromEntries(names.map((name) => [name, []]));
  try {
    if (files === 1) writeProject(directory, count, port, values.scripts);
    if (names.some((name) => name in IN_JEST)) await writeSuites(suites, files, count, port);
    for (let pair = 0; pair < Number(values.pairs); pair += 1) {
      for (const name of names) {
        const alone = name in ALONE;
        const contestant = (alone ? ALONE : IN_JEST)[name](count, port);
        all[name].push(await measure(name, contestant, alone ? directory : suites, port));
      }
    }
  } finally {
    server.disconnect();
    removeProject(directory);
  }
  return names.map((name) => new Result(setting, name, all[name]));
}

function tableOf(results) {
  const table = new Table({
    head: [
      'requests',
      'latency',
      'bytes',
      'files',
      'who',
      'wall s',
      'x newman',
      'CPU s',
      'peak MiB',
      'first ms',
      '',
    ],
    style: { head: [], border: [] },
  });
  for (const one of results) {
    const { count, latency, bytes, files, name, wallMs, cpuMs, peakMiB, firstMs } = one;
    const same = (other) =>
      ['count', 'latency', 'bytes', 'files'].every((field) => other[field] === one[field]) &&
      other.name === 'newman';
    const newman = results.find(same);
    const ratio = newman === undefined ? null : one.ratioTo(newman, 'wallMs');
    table.push([
      count,
      `${latency} ms`,
      bytes,
      files,
      name,
      (wallMs / 1000).toFixed(2),
      ratio?.toFixed(3) ?? '',
      (cpuMs / 1000).toFixed(2),
      Math.round(peakMiB),
      Math.round(firstMs),
      ratio === null ? '' : '█'.repeat(Math.max(1, Math.round(ratio * 30))).slice(0, 40),
    ]);
  }
  return table.toString();
}

function goalsOf(results) {
  const table = new Table({ head: ['goal', 'limit', 'measured', ''], style: { head: [], border: [] } });
  for (const [name, { limit, unit, of }] of Object.entries(GOALS)) {
    const measured = of(results);
    if (measured === undefined) continue;
    const digits = unit === 'x' ? 3 : 1;
    table.push([
      name,
      `${limit} ${unit}`,
      `${measured.toFixed(digits)} ${unit}`,
      measured <= limit ? '✓' : 'not met',
    ]);
  }
  return table.length === 0 ? '' : table.toString();
}

async function main() {
  const results = [];
  for (const files of numbers(values.files)) {
    for (const count of files === 1 ? numbers(values.counts) : [10]) {
      for (const latency of files === 1 ? numbers(values.latencies) : [0]) {
        for (const bytes of numbers(values.bytes)) {
          const asked = ['newman', ...values.only.split(',')];
          const names = files === 1 ? asked : asked.filter((name) => name in IN_JEST);
          results.push(...(await compare({ count, latency, bytes, files }, names)));
          process.stderr.write(`${tableOf(results.slice(-names.length))}\n`);
        }
      }
    }
  }
  if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
  process.stdout.write(`${tableOf(results)}\n${goalsOf(results)}\n`);
}

main();
