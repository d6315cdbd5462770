import { normalise } from '../../../src/collection/normalise';
import { documentOf, folder, item, load } from '../collections';

test('auth attributes without a value stay the same when normalised again', () => {
  const auth = { type: 'apikey', apikey: [{ key: 'value', value: null }, { key: 'in' }] };
  const once = normalise(documentOf([item('a', 'https://a.test', { auth })]), 'shop.json');
  expect(normalise(once, 'shop.json')).toEqual(once);
});

test.each([
  [
    'a folder whose list is an object',
    { name: 'f', item: { 0: item('b') } },
    '/item/1/item: expected a list',
  ],
  [
    'a folder whose list is misspelt',
    { name: 'f', itm: [item('b')] },
    '/item/1: expected "request" or "item"',
  ],
  ['a request that is null', { name: 'r', request: null, url: 'https://a.test' }, '/item/1: expected'],
])('%s is a fault and never an empty folder', (_name, broken, fault) => {
  expect(() => load([item('a'), broken])).toThrow(fault);
});

test.each([
  ['a folder without a list', { name: 'Empty' }, 1],
  ['a folder with an empty list', folder('Empty'), 1],
  ['a request with a list that is null', { ...item('b'), item: null }, 2],
])('%s is read', (_name, odd, count) => {
  expect(load([item('a'), odd]).requests).toHaveLength(count);
});
