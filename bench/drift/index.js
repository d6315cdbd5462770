// `node bench/drift [--seeds 3] [--first 1] [--only CLASS[,CLASS]] [--corpus DIR] [--as check|run] [--collection TEXT[,TEXT]] [--show 10] [--json FILE] [--perf]`: seeds
// one drift or one benign variation at a time into the answers of every example, holds each answer to the schemas learned from
// the examples, and prints what was caught, missed, and found where nothing is. Exit code 1 unless all is right.
const { writeFileSync } = require('node:fs');
const { parseArgs } = require('node:util');
const Table = require('cli-table3');
const { BENIGN, DRIFTS, isRight, measureSuite, sumOf } = require('./measure');
const { CORPUS, suites } = require('./suite');

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    first: { type: 'string', default: '1' },
    only: { type: 'string' },
    corpus: { type: 'string', default: CORPUS },
    collection: { type: 'string' },
    as: { type: 'string', default: 'check' },
    show: { type: 'string', default: '10' },
    json: { type: 'string' },
    perf: { type: 'boolean', default: false },
  },
});

const ALL = [...Object.keys(DRIFTS), ...Object.keys(BENIGN)];

function classesFrom(only) {
  if (only === undefined) return ALL;
  const classes = only.split(',');
  const unknown = classes.filter((name) => !ALL.includes(name));
  if (unknown.length > 0) throw new Error(`no class ${unknown.join(', ')}; there are ${ALL.join(', ')}`);
  return classes;
}

/** Whether the name of a collection has one of the texts of `--collection` in it. */
const isWanted = (name) =>
  values.collection === undefined || values.collection.split(',').some((text) => name.includes(text));

const plain = (head) => new Table({ head, style: { head: [], border: [] } });

function tableOf(counts) {
  const table = plain(['class', 'cases', 'caught', 'other variant', 'missed', 'misplaced', 'false alarms']);
  for (const [name, { cases, caught, variant, missed, misplaced, alarms }] of Object.entries(counts)) {
    const drift = name in DRIFTS ? [caught, variant, missed, misplaced] : ['', '', '', ''];
    table.push([name, cases, ...drift, alarms]);
  }
  return table.toString();
}

function totalsOf(bySuite) {
  const table = plain([
    'collection',
    'examples',
    'drifts',
    'caught',
    'other variant',
    'missed',
    'misplaced',
    'benign',
    'false alarms',
  ]);
  for (const { name, examples, counts } of bySuite) {
    const of = (kind, field) =>
      Object.entries(counts).reduce((sum, [one, count]) => sum + (one in kind ? count[field] : 0), 0);
    const drifts = ['cases', 'caught', 'variant', 'missed', 'misplaced'].map((field) => of(DRIFTS, field));
    table.push([name, examples, ...drifts, of(BENIGN, 'cases'), of(BENIGN, 'alarms') + of(DRIFTS, 'alarms')]);
  }
  return table.toString();
}

/** One case that was not judged right, in as many words as it takes to find it again. */
function lineOf({ id, given, outcome, alarms, made, findings }) {
  const wanted = made.kind === undefined ? 'nothing' : `${made.kind} at "${made.pointer}"`;
  const found = findings.map(
    ({ kind, pointer, actual }) => `${kind} at "${pointer}" (${actual.slice(0, 60)})`,
  );
  const key = `${given.planned.request.key} ${given.status}`;
  return `${outcome}${alarms > 0 ? `, ${alarms} false` : ''}: ${id}: ${key}: wanted ${wanted}, found ${found.slice(0, 4).join('; ') || 'nothing'}`;
}

function main() {
  if (values.perf) return require('./perf').main(values);
  const classes = classesFrom(values.only);
  const options = { seeds: Number(values.seeds), first: Number(values.first), classes };
  const wrong = [];
  const bySuite = [];
  const unread = (text) => process.stdout.write(`not read: ${text}\n`);
  for (const suite of suites(values.corpus, values.as, unread)) {
    if (!isWanted(suite.name)) continue;
    const counts = measureSuite(suite, options, (result) => wrong.push(lineOf(result)));
    bySuite.push({ name: suite.name, examples: suite.answers.length, counts });
  }
  const counts = sumOf(bySuite.map((suite) => suite.counts));
  const seeds = `seeds ${options.first} to ${options.first + options.seeds - 1} at every example`;
  process.stdout.write(`${seeds}\n${tableOf(counts)}\n${totalsOf(bySuite)}\n`);
  for (const line of wrong.slice(0, Number(values.show))) process.stdout.write(`${line}\n`);
  if (values.json)
    writeFileSync(values.json, `${JSON.stringify({ ...options, counts, bySuite, wrong }, null, 2)}\n`);
  // What was never tried holds nothing.
  const isTried = Object.values(counts).some(({ cases }) => cases > 0);
  process.exitCode = isTried && Object.values(counts).every(isRight) ? 0 : 1;
}

main();
