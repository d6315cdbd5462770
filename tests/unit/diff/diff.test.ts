import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadCollection } from '../../../src/collection/load';
import { CHANGE_RULES, type Change } from '../../../src/diff/change';
import { compareCollections } from '../../../src/diff/compare';
import { changeLines, summaryOf, toMarkdown } from '../../../src/diff/text';
import { folder, item, load, script } from '../collections';

type Json = Record<string, unknown>;
const get = (more: Json = {}, request: Json = {}): Json => ({
  ...item('get', 'https://a.test/orders/:id?expand=lines', {
    header: [{ key: 'Accept', value: 'application/json' }],
    ...request,
  }),
  id: 'r-1',
  ...more,
});
const example = (code: number, body: unknown) => ({
  name: 'e',
  code,
  header: [],
  body: JSON.stringify(body),
});
const raw = (text: string) => ({ body: { mode: 'raw', raw: text } });
const brief = (changes: readonly Change[]) =>
  changes.map(({ weight, rule, what, before, after }) => `${weight} ${rule} ${what}: ${before} -> ${after}`);
const compared = (one: Json[], other: Json[]) => compareCollections(load(one), load(other));

test.each<[string, Json, Json, string[]]>([
  ['the method', get(), get({}, { method: 'POST' }), ['breaking method-changed : GET -> POST']],
  [
    'the path',
    get(),
    get({}, { url: 'https://a.test/v2/orders/:id?expand=lines' }),
    ['breaking path-changed : orders/:id -> v2/orders/:id'],
  ],
  ['the name of a path variable', get(), get({}, { url: 'https://a.test/orders/:order?expand=lines' }), []],
  [
    'the host',
    get(),
    get({}, { url: 'https://b.test/orders/:id?expand=lines' }),
    ['breaking host-changed : https://a.test -> https://b.test'],
  ],
  [
    'a parameter',
    get(),
    get({}, { url: 'https://a.test/orders/:id?page=1' }),
    ['breaking query-removed expand: lines -> null', 'additive query-added page: null -> 1'],
  ],
  [
    'a header, whatever its case',
    get(),
    get({}, { header: [{ key: 'ACCEPT', value: 'text/plain' }] }),
    ['cosmetic header-changed accept: application/json -> text/plain'],
  ],
  [
    'auth, without its values',
    get({}, { auth: { type: 'basic', basic: [{ key: 'username', value: 'u' }] } }),
    get({}, { auth: { type: 'bearer', bearer: [{ key: 'token', value: 'secret' }] } }),
    ['breaking auth-changed : basic username -> bearer token'],
  ],
  [
    'a body',
    get({}, raw('{"a":1,"b":{"c":"x"},"d":{{n}}}')),
    get({}, raw('{"a":"1","d":{{n}},"e":[{"f":1}]}')),
    [
      'breaking body-type-changed /a: integer -> string',
      'breaking body-field-removed /b: object -> null',
      'additive body-field-added /e: null -> array',
    ],
  ],
  ["a body's mode", get({}, raw('{}')), get(), ['breaking body-mode-changed : raw -> none']],
  [
    'examples',
    get({ response: [example(200, { a: 1, b: 2 }), example(404, {})] }),
    get({ response: [example(200, { a: null, c: 1 }), example(410, {})] }),
    [
      'breaking status-removed 404: 404 -> null',
      'breaking response-type-changed 200 /a: integer -> any',
      'breaking response-field-removed 200 /b: integer -> null',
      'additive status-added 410: null -> 410',
      'additive response-field-added 200 /c: null -> integer',
    ],
  ],
  [
    'a script',
    get({ event: [script('test', 'one();', 'two();')] }),
    get({ event: [script('test', 'one();', 'three();')] }),
    ['cosmetic script-changed test: 2 lines -> 2 lines'],
  ],
  ['a description', get(), get({ description: 'New' }), ['cosmetic description-changed :  -> New']],
])('%s is told', (_case, one, other, want) => {
  expect(brief(compared([one], [other])).sort()).toEqual([...want].sort());
});

test('a request is known by its id, then by method and path, then by its name', () => {
  const before = [
    folder('Old', get()),
    item('list', 'https://a.test/list'),
    item('ping', 'https://a.test/ping'),
  ];
  const after = [
    folder('New', get({ name: 'read' })),
    item('all', 'https://a.test/list'),
    item('ping', 'https://a.test/health'),
    item('more', 'https://a.test/more'),
  ];
  expect(compared(before, after).map(({ rule, key }) => `${rule} ${key}`)).toEqual([
    'path-changed ping',
    'request-added more',
    'request-renamed new/read',
    'request-moved new/read',
    'request-renamed all',
  ]);
});

test('variables and order are told without any value', () => {
  const variable = (key: string, value: string) => ({ variable: [{ key, value }] });
  const one = load([get(), item('b', 'https://a.test/b')], variable('token', 'secret-1'));
  const other = load([item('b', 'https://a.test/b'), get()], variable('token', 'secret-2'));
  const changes = compareCollections(one, other);
  expect(changes.map(({ rule }) => rule)).toEqual(['order-changed', 'variable-changed']);
  expect(JSON.stringify(changes)).not.toContain('secret');
});

test('a script is shown as a patch, and a table is for a pull request', () => {
  const one = get({ event: [script('test', 'one();', 'two();')] });
  const other = get({ event: [script('test', 'one();', 'three();')] });
  const changes = compared([one], [other]);
  expect(changeLines(changes).join('\n')).toMatch(
    /script-changed +get test: .*\n.*@@.*\n {5}one\(\);\n {4}-two\(\);\n {4}\+three\(\);/,
  );
  expect(toMarkdown(changes)).toContain('| · cosmetic | script-changed | `get` | `test` |');
  expect(summaryOf([])).toBe('no change');
});

/** Small collections that differ in many ways. */
const collection = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom('1', '2', '3', '4'),
      name: fc.constantFrom('a', 'b', 'c'),
      method: fc.constantFrom('GET', 'POST'),
      path: fc.constantFrom('x', 'x/:id', 'y', '{{v}}/z'),
      query: fc.constantFrom('', '?a=1', '?a=2&b=1'),
      headers: fc.array(
        fc.record({ key: fc.constantFrom('X-A', 'x-a', 'X-B'), value: fc.constantFrom('1', '2') }),
        { maxLength: 2 },
      ),
      body: fc.option(fc.jsonValue({ maxDepth: 2 })),
      codes: fc.uniqueArray(fc.constantFrom(200, 201, 404), { maxLength: 2 }),
      answer: fc.jsonValue({ maxDepth: 2 }),
      line: fc.constantFrom('', 'one();', 'two();'),
    }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 4 },
  )
  .map((requests) =>
    load(
      requests.map(({ id, name, method, path, query, headers, body, codes, answer, line }) => ({
        id,
        name,
        event: [script('test', line)],
        request: {
          method,
          url: `https://a.test/${path}${query}`,
          header: headers,
          ...(body === null ? {} : raw(JSON.stringify(body))),
        },
        response: codes.map((code) => example(code, answer)),
      })),
    ),
  );

test('a collection and itself differ in nothing; a change and its reverse mirror each other', () => {
  fc.assert(
    fc.property(collection, collection, (one, other) => {
      expect(compareCollections(one, one)).toEqual([]);
      const there = compareCollections(one, other);
      const back = compareCollections(other, one);
      const sides = ({ rule, what, before, after }: Change) => JSON.stringify([rule, what, before, after]);
      const mirrored = back.map(({ rule, what, before, after }) =>
        JSON.stringify([CHANGE_RULES[rule].mirror, what, after, before]),
      );
      expect(mirrored.sort()).toEqual(there.map(sides).sort());
    }),
    { numRuns: 200 },
  );
});

const CORPUS = join(__dirname, '../../../../shared/corpus');
const documents = existsSync(CORPUS)
  ? readdirSync(CORPUS).filter((name) => /\.json$/.test(name) && !name.includes('oversized'))
  : [];
if (documents.length === 0) {
  test('there is no corpus of real collections here: none is compared with itself', () => {
    expect(existsSync(CORPUS)).toBe(false);
  });
} else {
  test.each(documents)('%s differs from itself in nothing', (name) => {
    const json: unknown = JSON.parse(readFileSync(join(CORPUS, name), 'utf8').replace(/^\uFEFF/, ''));
    const [one, other] = [loadCollection(json, name, 'c'), loadCollection(json, name, 'c')];
    expect(compareCollections(one, other)).toEqual([]);
  });
}
