// The same requests and schemas, for every contestant.
const { mkdirSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');

const ROOT = resolve(__dirname, '../..');
const SCHEMAS = [
  {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    required: ['id', 'active', 'score', 'tags', 'entries'],
    properties: {
      id: { type: 'string', minLength: 1 },
      active: { type: 'boolean' },
      score: { type: 'number' },
      tags: { type: 'array', items: { type: 'string' } },
      entries: {
        type: 'array',
        items: {
          type: 'object',
          required: ['n', 'text'],
          properties: { n: { type: 'integer' }, text: { type: 'string' } },
        },
      },
    },
  },
];
SCHEMAS.push({ ...SCHEMAS[0], minProperties: 5 });

const script = (schema) => {
  const { $schema, ...rest } = schema;
  return [
    `pm.test('status', () => pm.response.to.have.status(200));`,
    `pm.test('schema', () => pm.response.to.have.jsonSchema(${JSON.stringify(rest)}));`,
  ];
};

/** `count` requests; those with scripts check status and schema by themselves. */
function requestsOf(count, port, withScripts) {
  return Array.from({ length: count }, (_, at) => ({
    name: `request ${at}`,
    ...(withScripts && {
      event: [{ listen: 'test', script: { type: 'text/javascript', exec: script(SCHEMAS[at % 2]) } }],
    }),
    request: {
      method: 'GET',
      header: [{ key: 'X-Trace', value: '{{trace}}' }],
      url: {
        raw: `http://127.0.0.1:${port}/users/${at}?full=true`,
        protocol: 'http',
        host: ['127', '0', '0', '1'],
        port: String(port),
        path: ['users', String(at)],
        query: [{ key: 'full', value: 'true' }],
      },
    },
    response: [],
  }));
}

function collectionOf(items) {
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  return { info: { name: 'Bench', schema }, variable: [{ key: 'trace', value: 'bench' }], item: items };
}

const inFolders = (items, size) =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => ({
    name: `folder ${at}`,
    item: items.slice(at * size, at * size + size),
  }));

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function writeSchemas(directory, folderOf, count) {
  for (let at = 0; at < count; at += 1) {
    write(
      join(directory, `schemas/bench/${folderOf(at)}request-${at}.200.json`),
      JSON.stringify(SCHEMAS[at % 2]),
    );
  }
}

/** Writes a project and a Newman collection of `count` requests into `directory`. `scripted`: ours has the scripts too. */
function writeProject(directory, count, port, scripted = false) {
  const document = (withScripts) =>
    JSON.stringify(collectionOf(inFolders(requestsOf(count, port, withScripts), 50)));
  write(join(directory, 'bench.json'), document(scripted));
  write(join(directory, 'newman.json'), document(true));
  writeSchemas(directory, (at) => `folder-${Math.floor(at / 50)}/`, count);
}

/**
 * Writes a Jest suite of `files` files with `count` requests each into `directory`, as `driftgate init` would, and beside it
 * those of the others: Newman as a library, an HTTP client in the tests themselves, and files that test nothing.
 */
async function writeSuites(directory, files, count, port) {
  const { loadCollection } = require(join(ROOT, 'dist/collection/load'));
  const { lockOf } = require(join(ROOT, 'dist/collection/pin'));
  const items = inFolders(requestsOf(files * count, port, false), count);
  const document = collectionOf(items);
  const lock = lockOf(loadCollection(document, 'bench', 'bench'), { source: 'bench', name: 'Bench' });
  write(join(directory, 'collections/bench.postman_collection.json'), JSON.stringify(document));
  write(join(directory, 'collections/bench.lock.json'), JSON.stringify(lock));
  write(
    join(directory, 'driftgate.config.json'),
    JSON.stringify({ collection: 'collections/bench.postman_collection.json', environment: 'bench' }),
  );
  write(join(directory, '.env.bench'), '');
  writeSchemas(directory, (at) => `folder-${Math.floor(at / count)}/`, files * count);
  mkdirSync(join(directory, 'node_modules'), { recursive: true });
  for (const name of ['newman', 'supertest', 'ajv', 'jest-junit'])
    symlinkSync(join(ROOT, 'node_modules', name), join(directory, 'node_modules', name));
  symlinkSync(ROOT, join(directory, 'node_modules/driftgate'));
  for (let at = 0; at < files; at += 1) {
    const of = (kind, text) => write(join(directory, `${kind}/file-${at}.test.js`), text);
    const name = JSON.stringify(`folder ${at}`);
    of('ours', `require('driftgate/jest').describeContract({ folder: ${name} });\n`);
    of('empty', `test('nothing', () => {});\n`);
    write(
      join(directory, `newman/file-${at}.json`),
      JSON.stringify(collectionOf(requestsOf(count, port, true))),
    );
    of('newman', NEWMAN_TEST(at));
    of('supertest', SUPERTEST_TEST(port, count));
  }
  write(join(directory, 'jest.config.js'), JEST_CONFIG);
}

const JEST_CONFIG = `const ours = {
  globalSetup: 'driftgate/jest/global-setup',
  globalTeardown: 'driftgate/jest/global-teardown',
  testEnvironment: 'driftgate/jest/environment',
};
const isOurs = process.env.BENCH_SUITE === 'ours';
module.exports = {
  ...(isOurs && ours),
  // Nothing here needs a compiler, and a package that is linked would be compiled where an installed one is not.
  transform: {},
  testMatch: ['<rootDir>/' + process.env.BENCH_SUITE + '/*.test.js'],
  reporters: [
    'default',
    ['jest-junit', { outputDirectory: 'reports', outputName: 'junit.xml' }],
    ...(isOurs ? ['driftgate/jest/reporter'] : []),
  ],
};
`;

const NEWMAN_TEST = (at) => `const newman = require('newman');
test('the collection', (done) => {
  newman.run({ collection: require('./file-${at}.json') }, (error, { run }) => {
    expect(error).toBeNull();
    expect(run.failures).toEqual([]);
    done();
  });
}, 600_000);
`;

const SUPERTEST_TEST = (port, count) => `const request = require('supertest');
const Ajv2020 = require('ajv/dist/2020');
const ajv = new Ajv2020();
const validators = ${JSON.stringify(SCHEMAS)}.map((schema) => ajv.compile(schema));
const agent = request.agent('http://127.0.0.1:${port}');
test.each(Array.from({ length: ${count} }, (_, at) => at))('request %d', async (at) => {
  const { body } = await agent.get('/users/' + at + '?full=true').set('X-Trace', 'bench').expect(200);
  expect(validators[at % 2](body)).toBe(true);
});
`;

/** Removes everything of a project. */
const removeProject = (directory) => rmSync(directory, { recursive: true, force: true });

module.exports = { ROOT, SCHEMAS, removeProject, writeProject, writeSuites };
