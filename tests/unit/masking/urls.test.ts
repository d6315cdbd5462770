import { credentialsIn, withoutCredentials } from '../../../src/masking/urls';

test.each([
  ['https://h.test/c.json?apikey=k-1&x=1', ['k-1'], 'https://h.test/c.json?x=1'],
  ['https://me:p%40ss@h.test/c.json', ['me', 'p@ss'], 'https://h.test/c.json'],
  ['https://h.test/c.json?x=1', [], 'https://h.test/c.json?x=1'],
  ['collections/token.json?token=1', [], 'collections/token.json?token=1'],
])('%s', (address, credentials, written) => {
  expect(credentialsIn(address)).toEqual(credentials);
  expect(withoutCredentials(address)).toBe(written);
});
