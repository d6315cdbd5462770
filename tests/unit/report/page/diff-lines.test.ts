import { diffLines } from '../../../../src/report/page/diff-lines';

const body = {
  status: 'ok',
  user: { a: 1, b: 2, c: 3, id: null, d: 4, e: [1], f: {}, g: 'x' },
  items: [{ sku: 'A' }, { sku: 'B' }],
};

function text(place: Partial<Parameters<typeof diffLines>[0]>, ...given: [body?: unknown]): string {
  const full = { kind: 'type-changed' as const, pointer: '', expected: 'string', actual: 'null', ...place };
  return diffLines(full, given.length === 0 ? body : given[0])
    .map(
      ({ sign, depth, text: line, note }) =>
        `${sign} ${'  '.repeat(depth)}${line}${note ? ` (${note})` : ''}`,
    )
    .join('\n');
}

test('a difference stands in its place, between its neighbours', () => {
  expect(text({ pointer: '/user/id' })).toBe(
    [
      '  { … 2 more',
      '    "user": {',
      '      … 1 more',
      '      "b": 2',
      '      "c": 3',
      '-     "id": string (expected)',
      '+     "id": null (received)',
      '      "d": 4',
      '      "e": [… 1]',
      '      … 2 more',
      '    }',
      '  }',
    ].join('\n'),
  );
});

test('what is absent stands behind what is there', () => {
  expect(text({ kind: 'property-missing', pointer: '/items/1/price', actual: 'absent' })).toBe(
    [
      '  { … 2 more',
      '    "items": [ … 1 more',
      '      1: {',
      '        "sku": "B"',
      '-       "price": string (expected)',
      '+       "price": absent (received)',
      '      }',
      '    ]',
      '  }',
    ].join('\n'),
  );
});

test('without a body there is the way alone', () => {
  expect(text({ pointer: '/items/*/price' }, undefined)).toBe(
    [
      '  {',
      '    "items": [',
      '      *: {',
      '-       "price": string (expected)',
      '+       "price": null (received)',
      '      }',
      '    ]',
      '  }',
    ].join('\n'),
  );
});

test.each([
  ['the whole response', { kind: 'status-changed' as const, expected: '200', actual: '404' }, '200', '404'],
  [
    'a header',
    { kind: 'header-missing' as const, pointer: '/headers/etag', expected: 'present', actual: 'absent' },
    'etag: present',
    'etag: absent',
  ],
  ['what is no pointer', { pointer: 'not a pointer ~2' }, 'string', 'null'],
  ['a pointer that escapes nothing', { pointer: '/a~2' }, 'string', 'null'],
])('%s is two lines', (_, place, expected, received) => {
  expect(text(place)).toBe(`- ${expected} (expected)\n+ ${received} (received)`);
});

test('names of the prototype are not found in a body', () => {
  expect(text({ pointer: '/constructor/name' })).toContain('+     "name": null (received)');
});
