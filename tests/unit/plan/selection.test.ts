import { isInFolder } from '../../../src/plan/selection';

const PATH = ['Shop', 'Customer Tags', 'Read'];

test.each<[folder: string, isIn: boolean]>([
  ['Shop', true],
  ['shop', true],
  ['customer-tags', true],
  ['Customer Tags', true],
  ['Read', true],
  ['shop/customer-tags', true],
  ['Shop/Customer Tags/Read', true],
  ['customer-tags/read', true],
  ['shop/read', false],
  ['read/customer-tags', false],
  ['shop/customer-tags/read/more', false],
  ['customer', false],
  ['tags', false],
])('a request in Shop/Customer Tags/Read is in %s: %s', (folder, isIn) => {
  expect(isInFolder(PATH, folder)).toBe(isIn);
});

test('a request at the root is in no folder', () => {
  expect(isInFolder([], 'unnamed')).toBe(false);
});
