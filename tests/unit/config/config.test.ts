import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { CONFIG_FILE, defaultConfig, readConfig } from '../../../src/config/config';
import configSchema from '../../../src/config/config.schema.json';
import { ConfigError } from '../../../src/errors';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'driftgate-config-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function read(json: unknown) {
  writeFileSync(join(directory, CONFIG_FILE), typeof json === 'string' ? json : JSON.stringify(json));
  return readConfig(directory);
}

test('a configuration that says little has the defaults, and its paths are absolute', () => {
  expect(read({ collection: 'collections/shop.postman_collection.json' })).toEqual({
    directory,
    file: join(directory, CONFIG_FILE),
    collection: join(directory, 'collections/shop.postman_collection.json'),
    schemas: join(directory, 'schemas/shop'),
    variables: {},
    safeVariables: {},
    public: [],
    hosts: [],
    captures: {},
    requests: {},
    accepted: [],
    strict: false,
    undocumented: 'fail',
    health: {
      allow: [],
      certificateDays: 21,
      retries: 2,
      trend: { runs: 20, samples: 7, deviations: 6, floorMs: 250 },
    },
    notify: [],
  });
});

test.each([
  [
    'a part of it',
    { trend: { floorMs: 10 } },
    { trend: { runs: 20, samples: 7, deviations: 6, floorMs: 10 } },
  ],
  ['nothing of a trend', { trend: false }, { trend: false }],
  [
    'the rest',
    { allow: ['a/b'], certificateDays: 0, retries: 0 },
    { allow: ['a/b'], certificateDays: 0, retries: 0 },
  ],
])('what it says of health is kept: %s', (_case, health, want) => {
  expect(read({ collection: 'shop.json', health }).health).toMatchObject(want);
});

test.each([
  ['../runs/history.jsonl', (from: string) => join(from, '../runs/history.jsonl')],
  [false, () => false],
])('the history is %s', (history, want) => {
  expect(read({ collection: 'shop.json', history }).history).toBe(want(directory));
});

test('what it says is kept', () => {
  const said = {
    variables: { run_id: '{{$guid}}' },
    public: ['host'],
    hosts: ['{{host}}', 'api.example.test:8443'],
    captures: {
      'a/b': {
        id: { pointer: '/id' },
        whole: { pointer: '' },
        etag: { header: 'ETag' },
        sid: { cookie: 'sid', default: '' },
        text: { regex: '<id>(\\d+)</id>', required: false },
        part: { header: 'Location', regex: '(?<last>[^/]+)$', group: 'last' },
        all: { pointer: '/id', regex: 'a(b)', group: 0 },
      },
    },
    requests: {
      '*': { timeoutMs: 1 },
      'a/b': { safe: true, after: ['c'], headers: ['ETag'], latencyBudgetMs: 0.5 },
    },
    accepted: [],
    strict: true,
  };
  expect(read({ $schema: 'x', collection: 'shop.json', schemas: '../contract', ...said })).toMatchObject({
    ...said,
    schemas: join(directory, '../contract'),
  });
});

test('a collection file that stands alone has a configuration of defaults', () => {
  const config = defaultConfig(join(directory, 'deep/shop.postman_collection.json'), directory);
  expect(config).toMatchObject({
    directory,
    collection: join(directory, 'deep/shop.postman_collection.json'),
    schemas: join(directory, 'schemas/shop'),
    captures: {},
  });
});

describe('refused with the place of the fault', () => {
  const ONE_SOURCE =
    /^\/captures\/a~1b\/id must be an object with one of pointer, header and cookie, or with a regex alone$/;
  const captures = (source: unknown) => ({ captures: { 'a/b': { id: source } } });
  const settings = (values: unknown) => ({ requests: { 'a/*': values } });

  test.each<[given: string, json: object, what: RegExp]>([
    ['no collection', { collection: undefined }, /^\/ must have required property 'collection'$/],
    [
      'an unknown name',
      { colour: 'x' },
      /^\/ has an unknown key "colour" \(known are \$schema, collection, schemas, .*, notify\)$/,
    ],
    [
      'a misspelt name in the place of a required one',
      { collection: undefined, colection: 'x' },
      /^\/ has an unknown key "colection"; did you mean "collection"\? \(Path of the pinned collection, from this file\)$/,
    ],
    [
      'a misspelt name beside a required one',
      { stirct: true },
      /^\/ has an unknown key "stirct"; did you mean "strict"\? \(Additive findings fail too\)$/,
    ],
    [
      'a misspelt setting',
      settings({ latencyBudgetMS: 1 }),
      /^\/requests\/a~1\* has an unknown key "latencyBudgetMS"; did you mean "latencyBudgetMs"\?/,
    ],
    ['a number for a path', { collection: 1 }, /^\/collection must be string$/],
    ['text for strict', { strict: 'yes' }, /^\/strict must be boolean$/],
    ['a number as a variable', { variables: { a: 1 } }, /^\/variables\/a must be string$/],
    ['a host that is no text', { hosts: ['a', null] }, /^\/hosts\/1 must be string$/],
    [
      'a pointer that does not begin with /',
      captures({ pointer: 'id' }),
      /^\/captures\/a~1b\/id\/pointer must match pattern/,
    ],
    ['a capture that is text', captures('/id'), ONE_SOURCE],
    ['a capture of nothing', captures({}), ONE_SOURCE],
    ['a capture of a default alone', captures({ default: 'x' }), ONE_SOURCE],
    ['a capture of two things', captures({ pointer: '/id', header: 'ETag' }), ONE_SOURCE],
    ['a regex on two things', captures({ header: 'a', cookie: 'b', regex: 'x' }), ONE_SOURCE],
    [
      'a group of nothing',
      captures({ pointer: '/id', group: 1 }),
      /^\/captures\/a~1b\/id must have property regex when property group is present$/,
    ],
    [
      'a group that is neither number nor name',
      captures({ regex: 'x', group: -1 }),
      /^\/captures\/a~1b\/id\/group must be the number or the name of a group of the regex$/,
    ],
    [
      'a regex that is none',
      captures({ regex: '<id>(' }),
      /^\/captures\/a~1b\/id\/regex is no regular expression: .*Unterminated group/,
    ],
    [
      'a group that the regex has not',
      captures({ regex: '<id>(.*)<', group: 2 }),
      /^\/captures\/a~1b\/id\/group is no group of <id>\(\.\*\)<$/,
    ],
    [
      'a name that no group has',
      captures({ regex: '(?<id>.)', group: 'toString' }),
      /^\/captures\/a~1b\/id\/group is no group/,
    ],
    ['a default that is no text', captures({ pointer: '/id', default: 7 }), /\/id\/default must be string$/],
    ['required as text', captures({ pointer: '/id', required: 'no' }), /\/id\/required must be boolean$/],
    [
      'an unknown part of a capture',
      captures({ pointer: '/id', path: 'x' }),
      /\/id has an unknown key "path" \(known are /,
    ],
    ['an empty header name', captures({ header: '' }), /^\/captures\/a~1b\/id/],
    ['an unknown setting', settings({ retries: 1 }), /^\/requests\/a~1\* has an unknown key "retries"/],
    [
      'a budget of nothing',
      settings({ latencyBudgetMs: 0 }),
      /^\/requests\/a~1\*\/latencyBudgetMs must be > 0$/,
    ],
    [
      'a timeout that is text',
      settings({ timeoutMs: '5s' }),
      /^\/requests\/a~1\*\/timeoutMs must be number$/,
    ],
    ['a history that is true', { history: true }, /^\/history must be the path of a file, or false where/],
    [
      'an unknown setting of health',
      { health: { retry: 1 } },
      /^\/health has an unknown key "retry"; did you mean "retries"\?/,
    ],
    ['retries without end', { health: { retries: 11 } }, /^\/health\/retries must be <= 10$/],
    ['a trend that is text', { health: { trend: 'off' } }, /^\/health\/trend must be false, or how/],
    [
      'an address that is written down',
      { notify: [{ url: 'https://hooks.example.test/s3cr3t' }] },
      /^\/notify\/0\/url must match pattern (?!.*s3cr3t)/,
    ],
    [
      'a reminder in days',
      { notify: [{ url: '{{hook}}', reminder: '7d' }] },
      /^\/notify\/0\/reminder must match pattern/,
    ],
    ['after as text', settings({ after: 'x' }), /^\/requests\/a~1\*\/after must be array$/],
  ])('%s', (_case, json, what) => {
    const refused = () => read({ collection: 'shop.json', ...json });
    expect(refused).toThrow(ConfigError);
    expect(refused).toThrow(
      expect.objectContaining({ what: expect.stringMatching(what), where: join(directory, CONFIG_FILE) }),
    );
  });

  test.each([
    ['an unknown key', { colour: 'x' }],
    ['a regex that is none', { collection: 'shop.json', ...captures({ regex: '(' }) }],
  ])('with a hint to a document that is there, in whatever folder a suite is: %s', (_case, json) => {
    const cwd = jest.spyOn(process, 'cwd').mockReturnValue(directory);
    try {
      read(json);
    } catch (error) {
      const [, file = ''] = /^see (.*)$/.exec((error as ConfigError).todo) ?? [];
      expect(readFileSync(resolve(directory, file), 'utf8')).toMatch(/^# Configuration\n/);
    } finally {
      cwd.mockRestore();
    }
    expect.assertions(1);
  });

  test('a list, and what is not JSON', () => {
    expect(() => read([])).toThrow(expect.objectContaining({ what: '/ must be object' }));
    expect(() => read('{\n  "collection": \n}')).toThrow(
      expect.objectContaining({ where: `${join(directory, CONFIG_FILE)}:3:1` }),
    );
  });

  test('no file', () => {
    expect(() => readConfig(directory)).toThrow(ConfigError);
    expect(() => readConfig(directory)).toThrow(
      expect.objectContaining({ what: 'no configuration', where: join(directory, CONFIG_FILE) }),
    );
  });
});

test('the schema of the configuration is a JSON Schema', () => {
  expect(new Ajv2020({ strict: true }).validateSchema(configSchema)).toBe(true);
});
