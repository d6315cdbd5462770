import fc from 'fast-check';
import { originOf, rootOf } from '../../../src/exchange/origin';
import { urlOf } from '../../../src/url';

const addresses = fc
  .tuple(
    fc.constantFrom('http://', 'HTTPS://', 'https:', 'http:\\\\', 'ftp://', 'x://', '', '//', ' http://'),
    fc.constantFrom('', 'user@', 'user:p%40ss@', 'a@b@'),
    fc.oneof(fc.constantFrom('h', 'H.Example', '[::1]', '127.1', 'h ', 'h\u0001', 'ü.de', ''), fc.domain()),
    fc.constantFrom('', ':80', ':443', ':8080', ':', ':80 ', ':x', ':65536'),
    fc.constantFrom('', '/', '/a?b#c', '?q', '#f', '\\a', ' ', '\n', '/a b'),
  )
  .map((parts) => parts.join(''));

test('the root of an address is what URL says of it, however often it is asked for', () => {
  fc.assert(
    fc.property(addresses, (text) => {
      const url = urlOf(text);
      for (const root of [rootOf(text), rootOf(text)]) {
        expect([root?.origin, root?.protocol, root?.hostname, root?.port]).toEqual([
          url?.origin,
          url?.protocol,
          url?.hostname,
          url?.port,
        ]);
      }
      expect(originOf(text)).toBe(url?.origin ?? text);
    }),
    { numRuns: 5000 },
  );
});
