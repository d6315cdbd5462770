import { finding } from '../../../src/findings/finding';
import { findingId } from '../../../src/findings/id';
import { FINDING_KINDS } from '../../../src/findings/kinds';
import { commandsFor, hintFor } from '../../../src/report/advice';

const details = { expected: 'a', actual: 'b', message: 'm' };
const changed = { ...finding('type-changed', '/a/0/b', details), key: 'customers/get', status: 200 };

test('the short name of a finding is that of its identity, and of nothing else', () => {
  const place = { ...changed, place: '/a/*/b' };
  const id = findingId(place);
  expect(id).toMatch(/^[0-9a-f]{8}$/);
  // Another item of the same list, another text: the same finding.
  expect(findingId({ ...place, pointer: '/a/7/b', ...{ actual: 'other', count: 9 } })).toBe(id);
  for (const other of [
    { key: 'x' },
    { status: 201 },
    { status: null },
    { kind: 'null-unexpected' as const },
    { place: '/a' },
  ])
    expect(findingId({ ...place, ...other })).not.toBe(id);
});

test('what rests on one sample, or is new, is widened first; what rests on more is accepted first', () => {
  const schema = 'schemas/x.200.json#/type';
  const first = (more: object) => commandsFor({ ...changed, ...more }).map(({ text }) => text.split(' ')[2]);
  expect(first({ schema, samples: 1 })).toEqual(['run', 'accept']);
  expect(first({ schema, samples: 2 })).toEqual(['accept', 'run']);
  expect(first({ schema })).toEqual(['accept', 'run']);
  expect(first({ schema, samples: 9, severity: 'additive' })).toEqual(['run', 'accept']);
  expect(first({})).toEqual(['accept']);
  expect(first({ severity: 'down' })).toEqual([]);
});

test('what was found in a recording is widened by that recording, and not by sending anything', () => {
  const of = { ...changed, schema: 'schemas/x.200.json#/type', samples: 1 };
  expect(commandsFor(of, 'my traffic.har')[0]?.text).toBe(
    `npx driftgate learn --from 'my traffic.har' --only ${changed.key}`,
  );
});

test('a key is one word of a shell, whatever is in it', () => {
  const of = (key: string) =>
    commandsFor({ ...changed, key, schema: 's', samples: 1 })[0]?.text.split('--only ')[1];
  expect(of('customers/get~2')).toBe('customers/get~2');
  expect(of("x'; rm -r $HOME")).toBe(`'x'\\''; rm -r $HOME'`);
});

test('whatever has no place in a body says where to look', () => {
  const without = FINDING_KINDS.filter(({ kind }) => hintFor({ kind, actual: '500' }) === '').map(
    ({ kind }) => kind,
  );
  expect(without).toEqual([
    'property-missing',
    'type-changed',
    'null-unexpected',
    'enum-value-unknown',
    'format-violated',
    'constraint-violated',
    'property-undeclared',
  ]);
  const statuses = ['200', '302', '400', '401', '404', '429', '500'].map((actual) =>
    hintFor({ kind: 'status-changed', actual }),
  );
  expect(new Set(statuses).size).toBe(statuses.length);
});
