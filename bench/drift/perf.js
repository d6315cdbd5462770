// `node bench/drift --perf [--json FILE]`: 10,000 examples of 2 KB learned and 10,000 exchanges of 2 KB checked, each under 10 s, with
// flat memory.
const { writeFileSync } = require('node:fs');
const { loadCollection } = require('../../dist/collection/load');
const { holdExchange } = require('../../dist/contract/check');
const { SchemaStore } = require('../../dist/contract/store');
const { defaultConfig } = require('../../dist/config/config');
const { learnContracts, filesAfter } = require('../../dist/learn/learn');
const { describeRequests } = require('../../dist/plan/plan');
const { Random } = require('./random');
const { exchangeOf } = require('./suite');
const { documentOf } = require('./synthetic');
const { FORMATS } = require('./values');

const COUNT = 10_000;
const MOST_MS = 10_000;
const MOST_MIB = 64;

/** A page of twenty items, some 2 KB as JSON, that is another one for each number. */
function pageOf(at) {
  const random = new Random(at);
  const item = (index) => ({
    id: at * 20 + index,
    name: `item ${index} of ${at}`,
    at: FORMATS['date-time'].make(random),
    price: random.below(10_000) / 100,
    ...(random.chance() && { tags: ['a', 'b'] }),
    open: random.chance() ? null : random.chance(),
  });
  return { page: at, total: COUNT, items: Array.from({ length: 20 }, (_, index) => item(index)) };
}

/** How long something takes, and by how much the heap is larger for it while it is under way (of what is not garbage). */
async function measured(work) {
  let most = 0;
  global.gc?.();
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const result = await work((done) => {
    if (done % 2000 !== 0) return;
    global.gc?.();
    most = Math.max(most, process.memoryUsage().heapUsed - before);
  });
  return { result, ms: performance.now() - start, mib: most / 2 ** 20 };
}

async function main({ json }) {
  require('node:v8').setFlagsFromString('--expose-gc');
  global.gc = require('node:vm').runInNewContext('gc');
  const collection = loadCollection(documentOf('pages', { pages: [] }), 'pages', 'pages');
  const contracts = { folder: 'schemas', label: 'schemas', texts: new Map() };
  const bytes = JSON.stringify(pageOf(7)).length;
  const learning = await measured((tick) => {
    function* samples() {
      for (let at = 0; at < COUNT; at += 1) {
        tick(at);
        yield {
          key: 'pages',
          status: 200,
          name: 'recorded',
          body: pageOf(at),
          reading: { placeholders: false },
        };
      }
    }
    return learnContracts(collection, contracts, samples);
  });
  const texts = filesAfter(contracts, learning.result.edits);
  const store = SchemaStore.of(texts, 'schemas');
  const [planned] = describeRequests(collection, defaultConfig('x.json', '.'));
  const headers = {};
  const bodies = Array.from({ length: 500 }, (_, at) => JSON.stringify(pageOf(at)));
  const answerWith = (text) => ({ planned, status: 200, media: 'application/json', headers, text });
  const checkAll = (change) => async (tick) => {
    let found = 0;
    for (let at = 0; at < COUNT; at += 1) {
      tick(at);
      found += holdExchange(planned, exchangeOf(answerWith(change(bodies[at % bodies.length]))), store)
        .findings.length;
    }
    return found;
  };
  const holding = await measured(checkAll((text) => text));
  const adding = await measured(checkAll((text) => text.replaceAll('"open"', '"opened"')));
  const rows = [
    [`${COUNT} examples of ${bytes} bytes learned (read twice)`, learning, learning.result.samples === COUNT],
    [`${COUNT} exchanges checked, which hold`, holding, holding.result === 0],
    [`${COUNT} exchanges checked, which drift in every item`, adding, adding.result >= COUNT],
  ];
  for (const [what, { ms, mib }, isTrue] of rows) {
    const each = (ms / COUNT).toFixed(3);
    process.stdout.write(
      `${what}: ${(ms / 1000).toFixed(2)} s, ${each} ms each, ${mib.toFixed(1)} MiB more${isTrue ? '' : ', WRONG'}\n`,
    );
  }
  if (json)
    writeFileSync(
      json,
      `${JSON.stringify(
        rows.map(([what, { ms, mib }]) => ({ what, ms, mib })),
        null,
        2,
      )}\n`,
    );
  process.exitCode = rows.every(([, { ms, mib }, isTrue]) => isTrue && ms < MOST_MS && mib < MOST_MIB)
    ? 0
    : 1;
}

module.exports = { main };
