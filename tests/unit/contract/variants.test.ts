import { checkExchange, holdExchange } from '../../../src/contract/check';
import { learnSchema } from '../../../src/learn/samples';
import { brief, exchangeWith, plannedWith, storeOf } from './support';

/** Holds bodies to the schema that was learned from others; the first of `examples` says what a run expects. */
function heldTo(samples: readonly unknown[], examples: readonly unknown[]) {
  const schema = learnSchema(
    'get',
    samples.map((body, at) => ({ name: `s${at}`, body })),
  );
  const store = storeOf({ 'get.200.json': schema });
  const planned = plannedWith(examples.map((body) => ({ body })));
  return (body: unknown) => brief(checkExchange(planned, exchangeWith(body), store));
}

/** Holds bodies as those of a recording are held, of which nobody says which variant was asked for. */
function recordedOf(samples: readonly unknown[]) {
  const store = storeOf({
    'get.200.json': learnSchema(
      'get',
      samples.map((body, at) => ({ name: `s${at}`, body })),
    ),
  });
  const planned = plannedWith(samples.map((body) => ({ body })));
  return (body: unknown) =>
    brief(holdExchange(planned, exchangeWith(body), store, { anyAnswer: true }).findings);
}

const full = { id: 1, name: 'x', list: [] };
const error = { errors: [{ title: 'no' }], trace: 'abc' };

test('what is new in a variant is seen where no example says which variant is meant', () => {
  const check = heldTo([full, error], ['']);
  expect(check({ ...full, added: 1 })).toEqual(['property-undeclared /added']);
  expect(check({ errors: [{ title: 'no', added: 1 }], trace: 'abc' })).toEqual([
    'property-undeclared /errors/0/added',
  ]);
});

describe('an answer without properties beside others', () => {
  test.each([
    ['any variant', ['']],
    ['that of a run', [{}]],
  ])('takes what no variant knows as new: %s', (_case, examples) => {
    const check = heldTo([{}, full], examples);
    expect(check({})).toEqual([]);
    expect(check({ added: 1, 'a/b': {} })).toEqual([
      'property-undeclared /added',
      'property-undeclared /a~1b',
    ]);
  });

  test('takes nothing of what the others are for', () => {
    const check = heldTo([{}, full], ['']);
    expect(check(full)).toEqual([]);
    expect(check({ list: [] })).toEqual(['property-missing /id', 'property-missing /name']);
    expect(check({ ...full, id: 'x' })).toEqual(['type-changed /id']);
    expect(check(12)).toEqual(['type-changed ']);
  });

  test('is breaking where a run expects another, and another is where a run expects it', () => {
    expect(heldTo([{}, full], [full])({})).toContain('property-missing /id');
    expect(heldTo([{}, full], [{}])(full)).toEqual(['constraint-violated ']);
  });
});

describe('a variant whose names are all in another one', () => {
  const small = { id: 1, name: 'x' };
  const large = { ...small, address: { city: 'c' }, phones: ['1'], born: '2026-01-05', active: true };
  const { address: _, ...rest } = large;
  test.each([
    ['any variant', ['']],
    ['that of a run', [large]],
  ])('does not take what drifted in that one: %s', (_case, examples) => {
    const check = heldTo([small, large], examples);
    expect(check(large)).toEqual([]);
    expect(check(rest)).toEqual(['property-missing /address']);
    expect(check({ ...large, phones: [1] })).toEqual(['type-changed /phones/0']);
    expect(check({ ...large, born: null, added: 1 })).toEqual([
      'null-unexpected /born',
      'property-undeclared /added',
    ]);
  });

  test.each([
    ['small', [small, large]],
    ['large', [large, small]],
  ])('nor in a recording, whichever the first example is: %s', (_case, samples) => {
    const check = recordedOf(samples);
    expect(check(small)).toEqual([]);
    expect(check(large)).toEqual([]);
    expect(check({ ...small, added: 1 })).toEqual(['property-undeclared /added']);
    expect(check(rest)).toEqual(['property-missing /address']);
    expect(check({ ...large, phones: [1] })).toEqual(['type-changed /phones/0']);
    expect(check({ ...large, born: null })).toEqual(['null-unexpected /born']);
    expect(check({ ...large, address: {} })).toEqual(['property-missing /address/city']);
  });

  test('has what is new in it as that', () => {
    expect(heldTo([small, large], [''])({ ...small, added: 1 })).toEqual(['property-undeclared /added']);
    expect(heldTo([small, large], [small])({ ...small, added: 1 })).toEqual(['property-undeclared /added']);
    expect(heldTo([small, large], [''])(small)).toEqual([]);
  });
});
