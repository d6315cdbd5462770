import type { Documented } from '../../../src/contract/coverage';
import { finding } from '../../../src/findings/finding';
import type { ResultRow } from '../../../src/report/build';
import { coverageOf, mergeDocumented } from '../../../src/report/coverage';
import { row } from './reports';

const documented = (key: string, more: Partial<Documented> = {}): Documented => ({
  key,
  hasExample: true,
  hasSchema: true,
  statuses: [200],
  properties: [],
  ...more,
});
const answer = (key: string, more: Partial<ResultRow> = {}, cells: object = {}): ResultRow => ({
  row: row(key, cells),
  order: 0,
  ...more,
});

test('a request is covered by a schema, or where none may have a body', () => {
  const changed = finding('status-changed', '', { expected: '', actual: '', message: '' });
  const { requests, withoutBody } = coverageOf(
    ['schema', 'media', 'empty', 'head', 'gone', 'wrong', 'skipped', 'aside', 'unseen'].map((key) =>
      documented(key),
    ),
    [
      answer('schema', { body: 'schema' }),
      answer('schema', { body: 'none' }, { status: 500 }),
      answer('media', { body: 'mediaType' }),
      answer('empty', { body: 'none' }),
      answer('head', { body: 'none' }, { method: 'HEAD' }),
      answer('gone', { body: 'none' }, { status: 204 }),
      answer('wrong', { body: 'none' }, { status: 204, findings: [changed] }),
      answer('skipped', {}, { status: null, outcome: 'skipped', reason: 'x' }),
      answer('aside', { body: 'schema' }, { prerequisite: true }),
    ],
  );
  expect(requests).toEqual({ all: 9, covered: 3, ratio: 0.3333 });
  expect(withoutBody).toEqual(['empty', 'wrong']);
});

test('statuses and properties are covered by whatever was answered, of all runners and test files', () => {
  const properties = Object.entries({ p1: '200 /a', p2: '200 /b' });
  const {
    statuses,
    properties: returned,
    gaps,
  } = coverageOf(
    mergeDocumented(
      [
        documented('b', { statuses: [] }),
        documented('a', { statuses: [200, 404], properties }),
        documented('a', { statuses: [200, 404], properties: [['p3', '404 /c']] }),
      ],
      ['a', 'b'],
    ),
    [
      answer('a', { body: 'schema', returned: ['p1'] }, { runner: 'newman' }),
      answer('a', { body: 'schema', returned: ['p2'] }),
      answer('a', { body: 'schema', returned: ['p3'] }, { prerequisite: true, status: 404 }),
    ],
  );
  expect(statuses).toEqual({ all: 2, covered: 1, ratio: 0.5 });
  expect(returned).toEqual({ all: 3, covered: 2, ratio: 0.6667 });
  expect(gaps).toEqual([{ key: 'a', statuses: [404], properties: ['404 /c'], missing: 1 }]);
});

test('of many missing properties the first are listed, and all counted', () => {
  const names = Array.from({ length: 30 }, (_, at) => [`p${at}`, `200 /${at}`] as const);
  const { gaps } = coverageOf([documented('a', { properties: names })], [answer('a')]);
  expect(gaps[0]?.properties).toHaveLength(20);
  expect(gaps[0]?.missing).toBe(30);
});

test('what one of several variants returned is returned', () => {
  const properties = Object.entries({ inOne: '200 /status', inOther: '200 /status', only: '200 /code' });
  const rows = [answer('a', { body: 'schema', returned: ['inOther'] })];
  expect(coverageOf([documented('a', { properties })], rows)).toMatchObject({
    properties: { all: 2, covered: 1 },
    gaps: [{ properties: ['200 /code'], missing: 1 }],
  });
});

test('nothing to cover has no ratio', () => {
  const { requests, statuses, properties } = coverageOf([], []);
  const nothing = { all: 0, covered: 0, ratio: null };
  expect([requests, statuses, properties]).toEqual([nothing, nothing, nothing]);
});
