// A collection with the schemas that `driftgate init` learns from its examples, and what its answers are held to.
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { exampleJson } = require('../../dist/collection/example');
const { loadCollection } = require('../../dist/collection/load');
const { defaultConfig } = require('../../dist/config/config');
const { holdExchange } = require('../../dist/contract/check');
const { SchemaStore } = require('../../dist/contract/store');
const { learnSchema, samplesOf } = require('../../dist/learn/samples');
const { describeRequests } = require('../../dist/plan/plan');
const { HEADER } = require('./drifts');
const { factsOf, familiesOf } = require('./facts');
const { SYNTHETIC } = require('./synthetic');

const ROOT = resolve(__dirname, '../..');

/** The real collections beside the repository, where they are. */
const CORPUS = join(ROOT, '../shared/corpus');

/** Schemas from examples, in memory. */
function storeOf(collection) {
  const texts = new Map();
  for (const request of collection.requests) {
    for (const [status, samples] of samplesOf(request)) {
      const schema = learnSchema(`${request.name}: ${status}`, samples);
      texts.set(`${request.key}.${status}.json`, `${JSON.stringify(schema, null, 2)}\n`);
    }
  }
  return SchemaStore.of(texts, `schemas/${collection.id}`);
}

/** A whole number that is written with a fraction (`10.00`) says that the next one may have another. */
function withFractions(body, value) {
  const written = body.replace(/"(\\.|[^"\\])*"|-?\d+(\.0+(?!\d)|(\.\d+)?[eE][+-]?\d+)/g, (token) =>
    token.startsWith('"') || !Number.isInteger(Number(token)) ? token : '"<number>"',
  );
  try {
    return written === body ? value : JSON.parse(written);
  } catch {
    return value;
  }
}

/**
 * What one example says: the answer that it stands for, and what all examples of its status and shape show. `planned` is
 * its request and `anyAnswer` how it is held: as `check` holds recorded traffic, by any variant of the status, or as a `run`
 * does whose first example this is (`asked`), by its own.
 */
function* answersOf(planned, as) {
  const { request } = planned;
  const documented = new Set(request.examples.flatMap(({ code }) => code ?? []));
  for (const status of documented) {
    const examples = request.examples.filter(({ code }) => code === status);
    const samples = examples.flatMap((example) => {
      const read = exampleJson(example);
      return read === null ? [] : [{ example, raw: withFractions(example.body, read.value) }];
    });
    if (samples.length === 0) continue;
    const others = request.examples.filter(({ code }) => code !== status);
    const heldTo = (example) => ({ ...planned, request: { ...request, examples: [example, ...others] } });
    const families = familiesOf(samples);
    const rootTypes = factsOf(samples.map(({ raw }) => raw)).types;
    for (const family of families) {
      const facts = factsOf(family.map(({ raw }) => raw));
      for (const { example, raw } of family) {
        const variants = families.length;
        const asked = heldTo(example);
        const held = { planned: as === 'run' ? asked : planned, anyAnswer: as === 'check', asked };
        yield { ...held, status, documented, example, raw, facts, rootTypes, variants };
      }
    }
  }
}

function suiteOf(name, json, as = 'check') {
  const collection = loadCollection(json, name, 'bench');
  const config = { ...defaultConfig('x.json', '.'), requests: { '*': { headers: [HEADER] } } };
  const answers = describeRequests(collection, config).flatMap((planned) => [...answersOf(planned, as)]);
  return { name, store: storeOf(collection), answers };
}

/** Every collection that can be read, one after the other. `unread` is told of those that cannot. */
function* suites(corpus = CORPUS, as = 'check', unread = () => {}) {
  for (const [name, json] of Object.entries(SYNTHETIC)) yield suiteOf(name, json, as);
  if (!existsSync(corpus)) return;
  for (const file of readdirSync(corpus).sort()) {
    if (!file.endsWith('.json')) continue;
    let suite;
    try {
      suite = suiteOf(file, JSON.parse(readFileSync(join(corpus, file), 'utf8')), as);
    } catch (error) {
      unread(`${file}: ${error.message.split('\n')[0]}`);
      continue;
    }
    if (suite.answers.length > 0) yield suite;
  }
}

/** An exchange in which an answer was received. */
function exchangeOf({ planned, status, media, headers, text, value }) {
  const body = text ?? JSON.stringify(value);
  return {
    key: planned.request.key,
    runner: 'recorded',
    sent: { method: planned.request.method, url: 'http://127.0.0.1/', headers: [], body: '' },
    response: {
      status,
      statusText: '',
      headers: [...(media === null ? [] : [['Content-Type', media]]), ...Object.entries(headers)],
      body,
      sizeBytes: body.length,
    },
    failure: null,
    startedAt: 0,
    durationMs: 1,
    attempts: 1,
    assertions: [],
    scriptErrors: [],
  };
}

/** The findings of an answer. */
function findingsOf(answer, store) {
  const { planned, anyAnswer } = answer;
  return holdExchange(planned, exchangeOf(answer), store, { anyAnswer }).findings;
}

module.exports = { CORPUS, exchangeOf, findingsOf, storeOf, suiteOf, suites };
