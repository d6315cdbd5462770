import * as fc from 'fast-check';
import {
  type Acceptance,
  namesPlace,
  namesRequest,
  patternOfPlace,
  untilFault,
} from '../../../src/config/accepted';
import schema from '../../../src/config/config.schema.json';
import { unusedAcceptances, withAcceptance } from '../../../src/findings/accept';
import { finding } from '../../../src/findings/finding';
import { FINDING_KINDS } from '../../../src/findings/kinds';

const TODAY = '2026-03-01';
const entry = (more: Partial<Acceptance> = {}): Acceptance => ({
  key: 'customers/*',
  kind: 'type-changed',
  pointer: '/user/*',
  until: '2026-03-01',
  reason: 'known',
  ...more,
});
const details = { expected: 'a', actual: 'b', message: 'm' };
const changed = finding('type-changed', '/user/id', details);
const owner = { key: 'customers/get', status: 200 };

test('the configuration takes every kind but those of an environment that is down', () => {
  const kinds = FINDING_KINDS.filter(({ severity }) => severity !== 'down').map(({ kind }) => kind);
  expect(schema.$defs.acceptance.properties.kind.enum).toEqual(kinds);
});

test.each([
  ['customers/get', 'customers/get', true],
  ['customers/*', 'customers/vip/get', true],
  ['*', 'get', true],
  ['*/get', 'customers/get', true],
  ['customers/get', 'customers/get~2', false],
  ['customers/*', 'customers', false],
  ['a.c', 'abc', false],
])('the request pattern %s names %s: %s', (pattern, key, want) => {
  expect(namesRequest({ key: pattern }, key)).toBe(want);
});

test.each([
  ['/user/*', '/user/id', true],
  ['/user/*', '/user/a/b', false],
  ['/user/**', '/user/a/b', true],
  ['**', '', true],
  ['', '', true],
  ['', '/a', false],
  ['/items/*/id', '/items/*/id', true],
  ['/a+(b', '/a+(b', true],
  ['/\\*\\*', '/**', true],
  ['/\\*\\*', '/anything', false],
  ['/x_*', '/x_1\n2', true],
])('the place pattern %s names %s: %s', (pattern, place, want) => {
  expect(namesPlace({ pointer: pattern }, place)).toBe(want);
});

test('the pattern of a place names it, and nothing else that has no entry or index there', () => {
  const token = fc
    .string({ unit: fc.constantFrom('a', '*', '\\', '.', '~0', '[', 'é') })
    .filter((one) => one !== '*');
  const place = fc.array(token, { maxLength: 4 }).map((tokens) => tokens.map((one) => `/${one}`).join(''));
  fc.assert(
    fc.property(place, place, (one, other) => {
      expect(namesPlace({ pointer: patternOfPlace(one) }, one)).toBe(true);
      expect(namesPlace({ pointer: patternOfPlace(one) }, other)).toBe(one === other);
    }),
  );
});

test.each([
  ['2026-03-02', null],
  ['2027-03-02', null],
  ['2027-03-03', 'must be at most 366 days ahead'],
  ['2026-02-30', 'must be a day that is written as YYYY-MM-DD'],
  ['2026-3-2', 'must be a day that is written as YYYY-MM-DD'],
  ['soon', 'must be a day that is written as YYYY-MM-DD'],
])('until %s: %s', (until, want) => {
  expect(untilFault(until, TODAY)).toBe(want);
});

describe('a finding', () => {
  test('is accepted up to the end of the last day, on the longest terms', () => {
    const accepted = [entry({ until: '2026-02-01', reason: 'old' }), entry()];
    expect(withAcceptance(changed, owner, accepted, TODAY)).toEqual({
      ...changed,
      accepted: { reason: 'known', until: TODAY },
    });
  });

  test('says when its acceptance expired', () => {
    const { accepted, expired, message } = withAcceptance(changed, owner, [entry()], '2026-03-02');
    expect({ accepted, expired, message }).toEqual({
      accepted: undefined,
      expired: { reason: 'known', until: TODAY },
      message: 'm; its acceptance expired on 2026-03-01',
    });
  });

  test.each<[string, Partial<Acceptance>]>([
    ['of another request', { key: 'orders/*' }],
    ['of another kind', { kind: 'property-missing' }],
    ['at another place', { pointer: '/user/name' }],
    ['of another status', { status: 404 }],
  ])('stays as it is %s', (_, more) => {
    expect(withAcceptance(changed, owner, [entry(more)], TODAY)).toBe(changed);
  });

  test('of an environment that is down is never accepted', () => {
    const down = finding('timeout', '', details);
    expect(withAcceptance(down, owner, [entry({ kind: 'timeout', pointer: '**' })], TODAY)).toBe(down);
  });
});

test('an acceptance is for nothing only where every request that it names was answered', () => {
  const keys = ['customers/get', 'customers/list', 'orders/get'];
  const unused = (...rows: [key: string, status: number | null, found?: object][]) =>
    unusedAcceptances(
      [entry()],
      keys,
      rows.map(([key, status, found]) => ({ key, status, findings: found === undefined ? [] : [changed] })),
    );
  expect(unused(['customers/get', 200])).toEqual([]);
  expect(unused(['customers/get', 200], ['customers/list', null])).toEqual([]);
  expect(unused(['customers/get', 200], ['customers/list', 200])).toEqual([entry()]);
  expect(unused(['customers/get', 200, changed], ['customers/list', 200])).toEqual([]);
});

test.each(['unreachable', 'status-changed', 'undocumented-status'] as const)(
  'an acceptance is not for nothing where the answer was another one (%s)',
  (kind) => {
    const rows = [{ key: 'customers/get', status: 500, findings: [finding(kind, '', details)] }];
    expect(unusedAcceptances([entry()], ['customers/get'], rows)).toEqual([]);
    const fine = rows.map((one) => ({ ...one, findings: [] }));
    expect(unusedAcceptances([entry()], ['customers/get'], fine)).toEqual([entry()]);
  },
);
