import { VariableScope } from '../../../src/variables/scope';

test('the environment is nearer than the collection, and an empty text is a value', () => {
  const scope = new VariableScope(
    { a: 'environment', b: '' },
    { a: 'collection', b: 'collection', c: 'collection' },
  );
  expect(['a', 'b', 'c', 'd'].map((name) => scope.get(name))).toEqual([
    'environment',
    '',
    'collection',
    undefined,
  ]);
});

test('what is set lands in the environment', () => {
  const scope = new VariableScope({ a: '1' }, { b: '1' });
  scope.set('b', '2');
  scope.set('a', '2');
  expect(scope.get('b')).toBe('2');
  expect(scope.list('environment')).toEqual([
    { key: 'a', value: '2' },
    { key: 'b', value: '2' },
  ]);
});

test('a row of data stands before the environment and behind what a script sets, until the next one', () => {
  const scope = new VariableScope({ a: 'environment', b: 'environment' });
  scope.useData({ a: 1, b: 'row' });
  scope.set('b', 'local', 'locals');
  expect(['a', 'b'].map((name) => scope.get(name))).toEqual(['1', 'local']);
  expect(scope.with({ a: '2' }).get('a')).toBe('1');
  scope.useData({});
  expect(scope.get('a')).toBe('environment');
});

test('a copy with other values leaves the first as it was', () => {
  const scope = new VariableScope({ a: '1', b: '1' }, { c: '1' });
  const copy = scope.with({ a: '2' });
  copy.set('b', '2');
  expect(['a', 'b', 'c'].map((name) => copy.get(name))).toEqual(['2', '2', '1']);
  expect(['a', 'b', 'c'].map((name) => scope.get(name))).toEqual(['1', '1', '1']);
});

test.each(['toString', 'constructor', '__proto__'])('%s is a name like any other', (name) => {
  const scope = new VariableScope({});
  expect(scope.get(name)).toBeUndefined();
  scope.set(name, 'x');
  expect(scope.get(name)).toBe('x');
});
