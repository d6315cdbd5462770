// Holds a recording of many exchanges to their schemas, as a whole process, and prints the time and the peak memory.
// node bench/check [exchanges] [bytes of a body]
const { spawnSync } = require('node:child_process');
const {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const ROOT = join(__dirname, '../..');
const [exchanges = 10_000, bytes = 2048] = process.argv.slice(2).map(Number);
const directory = mkdtempSync(join(tmpdir(), 'driftgate-bench-'));

/** A body with lists, objects and texts, and with other values each time. */
function bodyOf(seed, size) {
  const item = (at) => ({
    id: seed * 100 + at,
    name: `item ${at} of ${seed}`,
    price: at + 0.25,
    tags: ['a', 'b'],
    owner: { email: `o${at}@example.test`, active: at % 2 === 0, since: '2026-01-05T10:00:00Z' },
  });
  const body = { status: 'ok', page: 1, total: seed, items: [] };
  while (JSON.stringify(body).length < size) body.items.push(item(body.items.length));
  return JSON.stringify(body);
}

function write() {
  const requests = Array.from({ length: 50 }, (_, at) => ({
    name: `Get list ${at}`,
    request: { method: 'GET', url: `{{base}}/lists/${at}/:id` },
    response: [
      {
        name: 'ok',
        code: 200,
        header: [{ key: 'Content-Type', value: 'application/json' }],
        body: bodyOf(1, bytes),
      },
    ],
  }));
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  writeFileSync(
    join(directory, 'lists.json'),
    JSON.stringify({ info: { name: 'Lists', schema }, item: requests }),
  );
  const file = openSync(join(directory, 'run.har'), 'w');
  writeSync(file, '{"log":{"version":"1.2","entries":[');
  for (let at = 0; at < exchanges; at += 1) {
    const entry = {
      startedDateTime: '2026-01-05T10:00:00.000Z',
      time: 20,
      request: { method: 'GET', url: `https://api.test/v1/lists/${at % 50}/${at}`, headers: [] },
      response: {
        status: 200,
        headers: [{ name: 'Content-Type', value: 'application/json' }],
        content: { text: bodyOf(at, bytes) },
      },
    };
    writeSync(file, `${at === 0 ? '' : ','}${JSON.stringify(entry)}`);
  }
  writeSync(file, ']}}');
  closeSync(file);
}

function driftgate(...argv) {
  const usage = join(directory, 'usage.jsonl');
  writeFileSync(usage, '');
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/driftgate'), ...argv], {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: {
      ...process.env,
      NODE_OPTIONS: `--require ${join(__dirname, '../speed/usage.js')}`,
      BENCH_USAGE: usage,
    },
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`driftgate ${argv.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  const { peakMiB, cpuMs } = JSON.parse(readFileSync(usage, 'utf8').trim().split('\n').at(-1));
  return { seconds, peakMiB, cpuMs };
}

try {
  write();
  driftgate('init', 'lists.json', '--dir', '.');
  const { seconds, peakMiB, cpuMs } = driftgate('check', 'run.har');
  console.log(
    `${exchanges} exchanges of ${bytes} bytes: ${seconds.toFixed(1)} s (${(cpuMs / 1000).toFixed(1)} s of processor), peak ${peakMiB.toFixed(0)} MiB resident`,
  );
} finally {
  rmSync(directory, { recursive: true });
}
