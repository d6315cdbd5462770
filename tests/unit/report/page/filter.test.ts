import { EVERYTHING, type Filter, linesOf } from '../../../../src/report/page/filter';
import { lineAt } from '../../../../src/report/page/line-at';
import { modelOf } from '../../../../src/report/page/model';
import { drifted, report, row } from '../reports';

const model = modelOf(drifted, []);

function keys(more: Partial<Filter>): string[] {
  return linesOf(model.entries, { ...EVERYTHING, ...more }).flatMap((line) =>
    line.kind === 'request' ? [line.entry.key] : [],
  );
}

test('folders and requests with findings come first, each request once whatever its runners', () => {
  const lines = linesOf(model.entries, EVERYTHING).map((line) =>
    line.kind === 'folder' ? `${line.name} ${line.count}` : `  ${line.entry.key}`,
  );
  expect(lines).toEqual([
    'customers 3',
    '  customers/get-customer',
    '  customers/search-customers',
    '  customers/create-customer',
    'offers 3',
    '  offers/purchase-offer',
    '  offers/list-offers',
    '  offers/refund-offer',
    'authentication 1',
    '  authentication/request-token',
    'offers / archive 1',
    '  offers/archive/void-offer',
  ]);
});

test.each<[string, Partial<Filter>, string[]]>([
  ['an outcome', { outcome: 'skipped' }, ['offers/refund-offer', 'offers/archive/void-offer']],
  ['a severity', { severity: 'degraded' }, ['offers/list-offers']],
  ['a severity and an outcome', { severity: 'breaking', outcome: 'passed' }, []],
  ['a runner that is not there', { runner: 'other' }, []],
  ['a kind of finding', { text: 'property-missing' }, ['customers/get-customer']],
  ['several words in any case', { text: 'PUT  Offer' }, []],
  ['a failed test', { text: 'length of 1' }, ['customers/search-customers']],
  ['a reason', { text: 'purchase_id' }, ['offers/refund-offer', 'offers/archive/void-offer']],
  ['a method and a word', { text: 'delete void' }, ['offers/archive/void-offer']],
])('narrowed to %s', (_, filter, expected) => {
  expect(keys(filter)).toEqual(expected);
});

test('iterations and repeats of a request are rows of one entry', () => {
  const rows = Array.from({ length: 5_000 }, (_, at) => row('a/b', { iteration: at + 1, durationMs: at }));
  const { entries } = modelOf(report('healthy', rows), []);
  expect(entries.map(({ key, rows: of, durationMs }) => [key, of.length, durationMs])).toEqual([
    ['a/b', 5_000, 4_999],
  ]);
});

test.each([
  [-5, 0],
  [0, 0],
  [9, 0],
  [10, 1],
  [29, 1],
  [30, 2],
  [1_000, 3],
])('the line at %i is %i', (height, line) => {
  expect(lineAt([0, 10, 30, 60], height)).toBe(line);
});
