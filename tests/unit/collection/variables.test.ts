import { readVariables, variableText } from '../../../src/collection/variables';
import { VariableScope } from '../../../src/variables/scope';

interface SdkScope {
  toObject(): Record<string, unknown>;
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  unset(name: string): void;
}
const sdk = require('postman-collection') as {
  VariableScope: new (definition: object) => SdkScope;
  Variable: new (definition: object) => { toString(): string };
};

/** One list as Newman's own scope holds it, and as ours hands it to scripts. */
function both(list: readonly object[]): { theirs: SdkScope; ours: () => SdkScope; scope: VariableScope } {
  const { values, disabled } = readVariables(list);
  const scope = new VariableScope(values, {}, {}, {}, { disabled: { environment: disabled } });
  return {
    theirs: new sdk.VariableScope({ values: list }),
    ours: () => new sdk.VariableScope({ values: scope.list('environment') }),
    scope,
  };
}

const LISTS: Readonly<Record<string, readonly object[]>> = {
  'the last of a name': [
    { key: 'a', value: '1' },
    { key: 'b', value: 'x' },
    { key: 'a', value: '2' },
  ],
  'one that is disabled behind one that is not': [
    { key: 'a', value: '1' },
    { key: 'a', value: '2', disabled: true },
  ],
  'one that is disabled before one that is not, and one alone': [
    { key: 'b', value: 'alone', disabled: true },
    { key: 'a', value: '1', disabled: true },
    { key: 'a', value: '2' },
  ],
  'one that is switched off': [{ key: 'a', value: '1', enabled: false }],
  types: [
    { key: 'j', value: '08', type: 'number' },
    { key: 'b', value: 'false', type: 'boolean' },
    { key: 'c', value: 5, type: 'string' },
    { key: 'd', value: '{"a":1}', type: 'object' },
    { key: 'e', value: '[1]', type: 'array' },
    { key: 'f', value: 'no JSON', type: 'object' },
    { key: 'g', value: '[1]', type: 'Object' },
    { key: 'h', value: '7', type: 'secret' },
    { key: 'i', value: { a: [1] } },
  ],
  'nothing as a value': [{ key: 'a', value: null }, { key: 'b' }, { key: 'c', value: '' }],
  'no name': [{ value: 'x' }, { key: 'a', value: '1' }],
};

test.each(Object.entries(LISTS))('%s: as Newman reads it', (_, list) => {
  const { theirs, ours, scope } = both(list);
  expect(Object.entries(ours().toObject())).toEqual(Object.entries(theirs.toObject()));
  for (const name of 'abcdefghij') {
    const value = theirs.get(name);
    const known = Object.hasOwn(scope.values('environment'), name);
    expect([name, known ? scope.values('environment')[name] : undefined]).toEqual([name, value]);
    if (value !== undefined) expect(scope.get(name)).toBe(new sdk.Variable({ value }).toString());
  }
});

test.each(Object.entries(LISTS))('%s: as Newman changes it', (_, list) => {
  const { theirs, ours, scope } = both(list);
  theirs.set('a', 'set');
  scope.set('a', 'set');
  expect(ours().toObject()).toEqual(theirs.toObject());
  theirs.unset('a');
  scope.unset('a', 'environment');
  expect(ours().toObject()).toEqual(theirs.toObject());
});

test('of two of a name the one that is switched on counts, and who is alone is told of', () => {
  const list = [
    { key: 'host', value: 'on', enabled: true },
    { key: 'host', value: 'off', enabled: false },
    { key: 'other', value: 'off', enabled: false },
  ];
  expect(readVariables(list)).toEqual({
    values: { host: 'on', other: 'off' },
    disabled: [],
    unchecked: ['other'],
  });
});

test.each([
  [undefined, ''],
  [null, 'null'],
  [{ a: 1 }, '[object Object]'],
  [{ toString: 'data' }, ''],
  [[1, 2], '1,2'],
  [false, 'false'],
])('%j stands in a text as %j', (value, text) => {
  expect(variableText(value)).toBe(text);
});
