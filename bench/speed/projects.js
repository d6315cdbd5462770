// The same requests and schemas, for every contestant.
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

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

/** Writes a project and a Newman collection of `count` requests into `directory`. `scripted`: ours has the scripts too. */
function writeProject(directory, count, port, scripted = false) {
  const requests = (withScripts) =>
    Array.from({ length: count }, (_, at) => ({
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
  const folders = (items) =>
    Array.from({ length: Math.ceil(items.length / 50) }, (_, at) => ({
      name: `folder ${at}`,
      item: items.slice(at * 50, at * 50 + 50),
    }));
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  const variable = [{ key: 'trace', value: 'bench' }];
  const document = (withScripts) =>
    JSON.stringify({ info: { name: 'Bench', schema }, variable, item: folders(requests(withScripts)) });
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'bench.json'), document(scripted));
  writeFileSync(join(directory, 'newman.json'), document(true));
  for (let at = 0; at < count; at += 1) {
    const folder = join(directory, `schemas/bench/folder-${Math.floor(at / 50)}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `request-${at}.200.json`), JSON.stringify(SCHEMAS[at % 2]));
  }
}

module.exports = { SCHEMAS, writeProject };
