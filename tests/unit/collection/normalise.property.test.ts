import fc from 'fast-check';
import { normalise } from '../../../src/collection/normalise';

/** Small collections in every shape that exports and published documentation have. */

const text = fc.constantFrom('', 'a', 'Name', '{{v}}', 'x y', 'ä', ':id', 'a.b', '1');
const loose = fc.oneof(text, fc.constantFrom(null, undefined, 1, true));
const pair = fc.record({ key: loose, value: loose, disabled: fc.boolean() }, { requiredKeys: [] });
const pairs = fc.oneof(fc.array(pair, { maxLength: 3 }), fc.constantFrom(null, undefined));
const attribute = fc.record({ key: loose, value: fc.oneof(text, fc.constantFrom(1, true)) });
const attributes = fc.oneof(
  fc.array(attribute, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('key', 'value', 'token'), text),
  fc.record({ basicConfig: fc.array(attribute, { maxLength: 2 }) }),
);
const auth = fc.oneof(
  fc.constantFrom(undefined, null, { type: 'noauth' }),
  fc.record({ type: fc.constant('apikey'), apikey: attributes, isInherited: fc.boolean() }),
);
const address = fc.constantFrom(
  '',
  '/a',
  'a.test',
  '{{base}}',
  '{{base}}/a/:id?x={{v}}&y#h',
  'https://api.a.test:81/v1//a?x',
  'http://{{h}}.a.test/',
  'https://user:pw@a.test/x?a=b=c&&d',
);
const urlObject = fc.record(
  {
    raw: address,
    protocol: fc.constantFrom('https', '', undefined),
    host: fc.oneof(
      fc.array(text, { maxLength: 2 }),
      address,
      address.map((one) => [one]),
    ),
    port: fc.constantFrom('81', 81, ''),
    path: fc.oneof(fc.array(fc.oneof(text, fc.record({ value: text })), { maxLength: 3 }), text),
    query: pairs,
    variable: pairs,
  },
  { requiredKeys: [] },
);
const event = fc.array(
  fc.record({
    listen: fc.constantFrom('test', 'prerequest'),
    script: fc.record({ exec: fc.oneof(fc.array(text, { maxLength: 2 }), text) }),
  }),
  { maxLength: 2 },
);
const request = fc.oneof(
  address,
  fc.record(
    {
      method: fc.constantFrom('GET', 'post', ''),
      header: fc.oneof(pairs, fc.constant('A: b\nC')),
      url: fc.oneof(address, urlObject),
      urlObject,
      auth,
      body: fc.constantFrom(null, { mode: 'raw', raw: '{}' }, { mode: 'raw', raw: 'x', disabled: true }),
    },
    { requiredKeys: [] },
  ),
);
const response = fc.array(
  fc.record({ name: text, code: fc.constantFrom('200', 200, null, 'x'), header: pairs }),
  {
    maxLength: 2,
  },
);
const { items } = fc.letrec<{ items: unknown[]; item: unknown }>((tie) => ({
  items: fc.array(tie('item'), { maxLength: 3 }),
  item: fc.oneof(
    { depthSize: 'small' },
    fc.record({ name: text, request, response, event }, { requiredKeys: ['request'] }),
    fc.record({ name: text, item: tie('items'), auth, event }, { requiredKeys: ['item'] }),
  ),
}));
const collection = fc.record(
  { info: fc.record({ name: loose }), item: items, auth, event, variable: pairs },
  { requiredKeys: ['info', 'item'] },
);

test('normalising twice changes nothing', () => {
  fc.assert(
    fc.property(collection, (given) => {
      const once = normalise(given, 'generated.json');
      // As it would be read from the pin: written as JSON, which drops what is undefined.
      const pinned = JSON.parse(JSON.stringify(once));
      expect(JSON.stringify(normalise(pinned, 'pinned.json'))).toBe(JSON.stringify(once));
    }),
    { numRuns: 300 },
  );
});

test('normalising leaves what it was given as it was', () => {
  fc.assert(
    fc.property(collection, (given) => {
      const before = structuredClone(given);
      normalise(given, 'generated.json');
      expect(given).toEqual(before);
    }),
  );
});
