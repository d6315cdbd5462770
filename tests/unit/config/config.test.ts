import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONFIG_FILE, defaultConfig, readConfig } from '../../../src/config/config';
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
  });
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
    ['an unknown name', { collections: 'x' }, /^\/ .*\(collections\)$/],
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
    ['an unknown part of a capture', captures({ pointer: '/id', path: 'x' }), /\/id .*\(path\)$/],
    ['an empty header name', captures({ header: '' }), /^\/captures\/a~1b\/id/],
    ['an unknown setting', settings({ retries: 1 }), /^\/requests\/a~1\* .*\(retries\)$/],
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
    ['after as text', settings({ after: 'x' }), /^\/requests\/a~1\*\/after must be array$/],
  ])('%s', (_case, json, what) => {
    const refused = () => read({ collection: 'shop.json', ...json });
    expect(refused).toThrow(ConfigError);
    expect(refused).toThrow(
      expect.objectContaining({ what: expect.stringMatching(what), where: join(directory, CONFIG_FILE) }),
    );
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
