import fc from 'fast-check';
import { loadCollection } from '../../../src/collection/load';
import { normalise } from '../../../src/collection/normalise';
import { compareCollections } from '../../../src/diff/compare';
import { DriftgateError } from '../../../src/errors';
import { isRecord } from '../../../src/json';
import { formatPointer, removePointer, setPointer } from '../../../src/json-pointer';
import { learnSchema, samplesOf } from '../../../src/learn/samples';
import { describeRequests } from '../../../src/plan/plan';
import { buildRequest } from '../../../src/runner/typed/build';
import { parseJson } from '../../../src/source/json-text';
import { VariableScope } from '../../../src/variables/scope';
import { configOf } from '../collections';

const event = [{ listen: 'test', script: { id: 's', type: 'text/javascript', exec: ['one();'] } }];
const response = [
  {
    name: 'Found',
    code: 200,
    status: 'OK',
    header: [{ key: 'Content-Type', value: 'application/json' }],
    body: '{"id":1}',
    originalRequest: { method: 'GET', url: { raw: 'https://a.test/x', host: ['a', 'test'], path: ['x'] } },
  },
];
const EXPORTED = {
  info: {
    _postman_id: 'p',
    name: 'Shop',
    description: { content: 'x', type: 'text/markdown' },
    schema: 'v2.1.0',
  },
  auth: { type: 'apikey', apikey: [{ key: 'key', value: 'X-Key' }] },
  variable: [{ key: 'base', value: 'https://a.test' }],
  event,
  item: [
    {
      name: 'Orders',
      item: [
        {
          id: 'r',
          name: 'Get',
          event,
          protocolProfileBehavior: { disableBodyPruning: true },
          request: {
            method: 'POST',
            header: [{ key: 'Accept', value: '*/*', disabled: false }],
            body: { mode: 'raw', raw: '{"a":1}', options: { raw: { language: 'json' } } },
            url: {
              raw: '{{base}}/x/:id?a=1',
              host: ['{{base}}'],
              path: ['x', ':id'],
              query: [{ key: 'a', value: '1' }],
              variable: [{ key: 'id', value: '1' }],
            },
            auth: { type: 'noauth' },
          },
          response,
        },
        {
          name: 'Form',
          request: {
            method: 'POST',
            url: 'https://a.test/f',
            body: { mode: 'formdata', formdata: [{ key: 'f', type: 'file', src: ['a', 'b'] }] },
          },
        },
        {
          name: 'Graph',
          request: {
            method: 'POST',
            url: 'https://a.test/g',
            body: { mode: 'graphql', graphql: { query: '{a}', variables: '{}' } },
          },
        },
      ],
    },
    { name: 'Short', request: 'https://a.test/short' },
  ],
};
const PUBLISHED = {
  info: { name: 'Shop', publishedId: 'x', owner: '1', description: '<p>Hello</p>' },
  variable: [{ key: 'base', value: 'https://a.test' }],
  auth: { type: 'basic', basic: { basicConfig: [{ key: 'username', value: 'u' }] } },
  item: [
    {
      name: 'Get',
      id: 'r',
      request: {
        method: 'GET',
        header: null,
        url: 'https://a.test/x/:id',
        urlObject: {
          host: ['https://a.test'],
          path: ['x', ':id'],
          query: [],
          variable: [{ key: 'id', value: null, description: { content: '<p>id</p>' } }],
        },
        auth: { type: 'basic', basic: { basicConfig: [] }, isInherited: true, source: { id: 'p' } },
      },
      response: [
        { name: 'e', code: '200', header: null, body: '{}', originalRequest: { url: 'https://a.test/x/1' } },
      ],
    },
  ],
};
const OLD = {
  id: 'c',
  name: 'Old',
  order: ['a'],
  folders: [{ id: 'f', name: 'F', order: ['b'] }],
  requests: [
    {
      id: 'a',
      name: 'A',
      method: 'GET',
      url: 'https://a.test/a',
      headers: 'A: b\n',
      dataMode: 'params',
      data: [],
      tests: 'x();',
    },
    {
      id: 'b',
      name: 'B',
      method: 'POST',
      url: 'https://a.test/b',
      dataMode: 'raw',
      rawModeData: '{}',
      responses: [],
    },
  ],
};
const DOCUMENTS = [EXPORTED, PUBLISHED, OLD, { collection: EXPORTED }];

function pointersOf(value: unknown, path: readonly string[] = []): string[] {
  const entries = Array.isArray(value) ? [...value.entries()] : isRecord(value) ? Object.entries(value) : [];
  const inner = entries.flatMap(([name, child]) => pointersOf(child, [...path, String(name)]));
  return path.length === 0 ? inner : [formatPointer([...path]), ...inner];
}

const mutation = fc.record({
  at: fc.nat(),
  value: fc.option(
    fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('', null, 0, -1, [], {}, [[]], [null], true, '{{', '::', 'http://'),
    ),
    { nil: undefined },
  ),
});

/** Everything that is done with a document before the first request; says what became of it. */
function use(text: string): 'requests' | 'refused' {
  let collection: ReturnType<typeof loadCollection>;
  try {
    collection = loadCollection(parseJson(text, 'c.json'), 'c.json', 'c');
  } catch (error) {
    if (!(error instanceof DriftgateError)) throw error;
    expect(error.what).not.toBe('');
    expect(error.where).toMatch(/c\.json/);
    return 'refused';
  }
  expect(collection.requests.length).toBeGreaterThan(0);
  expect(new Set(collection.requests.map(({ key }) => key)).size).toBe(collection.requests.length);
  for (const { request } of describeRequests(collection, configOf())) {
    for (const [status, samples] of samplesOf(request)) learnSchema(String(status), samples);
    try {
      buildRequest(request, new VariableScope({}), 'http://127.0.0.1:1');
    } catch (error) {
      if (!(error instanceof DriftgateError)) throw error;
    }
  }
  // What is pinned is read again with every run.
  const pinned: unknown = JSON.parse(JSON.stringify(collection.document));
  expect(normalise(pinned, 'c.json')).toEqual(pinned);
  expect(compareCollections(collection, collection)).toEqual([]);
  return 'requests';
}

test.each(DOCUMENTS.map((document) => [JSON.stringify(document).slice(0, 40), document]))(
  '%s as it is has requests',
  (_name, document) => {
    expect(use(JSON.stringify(document))).toBe('requests');
  },
);

test('a document in which anything is replaced or left out is a model or a listed fault', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...DOCUMENTS),
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      (document, mutations) => {
        const changed = structuredClone(document) as unknown;
        for (const { at, value } of mutations) {
          const pointers = pointersOf(changed);
          const pointer = pointers[at % Math.max(1, pointers.length)];
          if (pointer === undefined) continue;
          if (value === undefined) removePointer(changed, pointer);
          else setPointer(changed, pointer, structuredClone(value));
        }
        use(JSON.stringify(changed));
      },
    ),
    { numRuns: 1000 },
  );
});

test('a document that is cut off anywhere is refused with its place', () => {
  fc.assert(
    fc.property(fc.constantFrom(...DOCUMENTS), fc.nat(), (document, at) => {
      const text = JSON.stringify(document, null, 1);
      const cut = text.slice(0, at % text.length);
      expect(() => use(cut)).not.toThrow();
      expect(() => parseJson(cut, 'c.json')).toThrow(/c\.json:\d+:\d+/);
    }),
    { numRuns: 500 },
  );
});

test('any JSON at all is a model or a listed fault', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => void use(JSON.stringify(value))),
    { numRuns: 500 },
  );
});

test.each([
  [
    'folders',
    `{"info":{"name":"d"},"item":[${'{"name":"f","item":['.repeat(5000)}{"request":"x"}${']}'.repeat(5000)}]}`,
  ],
  ['lists', `{"info":{"name":"d"},"item":${'['.repeat(5000)}${']'.repeat(5000)}}`],
])('%s that lie too deep are refused', (_case, text) => {
  expect(() => loadCollection(parseJson(text, 'c.json'), 'c.json', 'c')).toThrow('nested too deeply, c.json');
});

test('an example that is nested too deeply is no sample', () => {
  const body = `${'['.repeat(5000)}${']'.repeat(5000)}`;
  const item = [{ name: 'r', request: 'https://a.test/x', response: [{ name: 'e', code: 200, body }] }];
  expect(use(JSON.stringify({ info: { name: 'd' }, item }))).toBe('requests');
});
