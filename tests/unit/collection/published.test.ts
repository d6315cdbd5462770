import { normalise } from '../../../src/collection/normalise';
import { Notes } from '../../../src/collection/notes';
import { isRecord, type JsonRecord, recordsIn } from '../../../src/json';
import { load } from '../collections';

const API_KEY = [
  { key: 'key', value: 'X-Shop-Key', type: 'string' },
  { key: 'value', value: '{{shopKey}}', type: 'string' },
];
const VALUES: Readonly<Record<string, string>> = {
  baseUrl: 'https://api.shop.test/v2',
  host: 'https://api.shop.test',
  shelf: 'S-10',
};
const saved = (
  name: string,
  code: number | null,
  body: unknown,
  originalRequest: JsonRecord,
): JsonRecord => ({
  id: `example ${name}`,
  name,
  originalRequest,
  ...(code !== null && { status: 'OK' }),
  code,
  _postman_previewlanguage: 'json',
  header: [{ key: 'Content-Type', value: 'application/json' }],
  cookie: [],
  body: JSON.stringify(body),
});
const url = (path: string[], query: JsonRecord[] = [], variable: JsonRecord[] = []): JsonRecord => {
  const enabled = query.filter(({ disabled }) => disabled !== true);
  const text = enabled.map(({ key, value }) => (value === null ? key : `${key}=${value}`)).join('&');
  return {
    raw: `{{baseUrl}}/${path.join('/')}${text === '' ? '' : `?${text}`}`,
    host: ['{{baseUrl}}'],
    path,
    query,
    variable,
  };
};
const getOrder = {
  method: 'GET',
  header: [{ key: 'Accept', value: 'application/json', description: 'Format' }],
  url: url(
    ['orders', ':orderId'],
    [
      { key: 'expand', value: 'lines', description: 'What else' },
      { key: 'page', value: null, disabled: true },
    ],
    [{ key: 'orderId', value: '42', description: 'Order number' }],
  ),
  description: 'Reads **one** order.\n\n## Result\n\nThe order.',
};

/** A collection as Postman exports it. */
const ORIGINAL: JsonRecord = {
  info: {
    _postman_id: 'p-1',
    name: 'Shop',
    description: 'Welcome',
    schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
  },
  auth: { type: 'apikey', apikey: API_KEY },
  variable: Object.entries(VALUES).map(([key, value]) => ({ key, value })),
  event: [{ listen: 'test', script: { type: 'text/javascript', exec: ['root();'] } }],
  item: [
    {
      id: 'f-1',
      name: 'Orders',
      description: 'About orders',
      item: [
        {
          id: 'r-1',
          name: 'Get order',
          request: getOrder,
          response: [
            saved('Order found', 200, { id: 42, note: null }, getOrder),
            saved('Who knows', null, {}, getOrder),
          ],
        },
        {
          id: 'r-2',
          name: 'Public list',
          event: [{ listen: 'prerequest', script: { type: 'text/javascript', exec: ['own();'] } }],
          request: { method: 'GET', header: [], url: url(['lists']), auth: { type: 'noauth' } },
          response: [],
        },
        { id: 'f-2', name: 'Empty', item: [] },
      ],
    },
    {
      id: 'r-3',
      name: 'Add',
      protocolProfileBehavior: { disableBodyPruning: true },
      request: {
        method: 'POST',
        header: [],
        body: { mode: 'raw', raw: '{"shelf":"{{shelf}}"}', options: { raw: { language: 'json' } } },
        url: url(['orders']),
        auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
      },
      response: [],
    },
  ],
};

/** The same collection as published documentation serves it, by every rule of that dialect. */
function publish(original: JsonRecord): JsonRecord {
  // Nothing may be shared: an export has no references.
  const root = JSON.parse(JSON.stringify(original)) as JsonRecord;
  const filled = (text: string): string =>
    text.replace(/\{\{(\w+)\}\}/g, (all, name: string) => VALUES[name] ?? all);
  const html = (text: unknown): string =>
    String(text)
      .split('\n\n')
      .map((part) => part.replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>'))
      .map((part) => (part.startsWith('## ') ? `<h2 id="x">${part.slice(3)}</h2>` : `<p>${part}</p>`))
      .join('\n');
  const describe = (holder: JsonRecord, asObject = false): void => {
    if (holder.description === undefined) return;
    const content = html(holder.description);
    holder.description = asObject ? { content, type: 'text/plain' } : content;
  };
  const wrapped = (auth: JsonRecord, source?: JsonRecord): JsonRecord => {
    const origin = { isInherited: source !== undefined, ...(source !== undefined && { source }) };
    if (auth.type === 'noauth') return { type: 'noauth', ...origin };
    const basicConfig = recordsIn(auth[String(auth.type)]).map(({ key, value }) => ({
      key,
      value: filled(String(value)),
    }));
    return { type: auth.type, [String(auth.type)]: { basicConfig }, ...origin };
  };
  const structured = (given: JsonRecord): JsonRecord => {
    const { raw: _, query, variable, path } = given;
    for (const entry of [...recordsIn(query), ...recordsIn(variable)]) describe(entry, true);
    return { host: [VALUES.baseUrl], path, query, variable };
  };
  const items = (list: JsonRecord[], rootAuth: JsonRecord): void => {
    for (const [index, item] of list.entries()) {
      item._postman_id = item.id;
      describe(item);
      item.event = [
        ...recordsIn(item.event),
        { listen: 'test', script: { id: 's', exec: [''], packages: {} } },
      ];
      if (Array.isArray(item.item)) {
        item.auth = { ...wrapped(rootAuth, { id: 'p-1', type: 'collection' }) };
        items(recordsIn(item.item), rootAuth);
        continue;
      }
      const request = item.request as JsonRecord;
      const given = request.url as JsonRecord;
      describe(request);
      for (const header of recordsIn(request.header)) describe(header);
      request.urlObject = structured(given);
      request.url = filled(String(given.raw));
      if (isRecord(request.body)) request.body.raw = filled(String(request.body.raw));
      request.auth = isRecord(request.auth)
        ? wrapped(request.auth)
        : wrapped(rootAuth, { id: 'p-1', type: 'collection' });
      for (const example of recordsIn(item.response)) {
        const asked = example.originalRequest as JsonRecord;
        for (const header of recordsIn(asked.header)) describe(header);
        describe(asked);
        const own = asked.url as JsonRecord;
        asked.url = { ...structured(own), raw: filled(String(own.raw)) };
        if (typeof example.code === 'number' && index === 0) example.code = String(example.code);
        else delete example.code;
        example.responseTime = null;
      }
    }
  };
  items(recordsIn(root.item), root.auth as JsonRecord);
  root.auth = { type: 'apikey', apikey: { basicConfig: API_KEY.map(({ key, value }) => ({ key, value })) } };
  root.info = {
    ...(root.info as JsonRecord),
    description: '<html><head></head><body><p>Welcome</p></body></html>',
    schema: 'https://schema.getpostman.com/json/collection/v2.0.0/collection.json',
    toc: [],
    owner: '1234567',
    collectionId: 'p-1',
    publishedId: 'AbCdEf12',
    public: true,
    customColor: { highlight: 'EF5B25' },
    publishDate: '2024-05-01T10:00:00.000Z',
  };
  return root;
}

test('published documentation normalises back to what was published', () => {
  const notes = new Notes();
  const back = normalise(publish(ORIGINAL), 'published.json', notes);
  const expected = normalise(ORIGINAL, 'original.json');
  // A variable in the middle of a body was replaced for good: nothing says where it stood.
  const body = JSON.parse(JSON.stringify(expected).replace('{{shelf}}', 'S-10')) as JsonRecord;
  expect(back).toEqual(body);
  expect(Object.fromEntries(notes.changes.map(({ rule, count }) => [rule, count]))).toMatchObject({
    'url-object': 3,
    'auth-copied': 3,
    'host-variable': 5,
    'example-code': 1,
    presentation: 3,
  });
  expect(notes.warnings).toEqual([]);
});

test('normalising it again changes nothing', () => {
  const once = normalise(publish(ORIGINAL), 'published.json');
  expect(normalise(once, 'pin.json')).toEqual(once);
});

const published = (items: JsonRecord[], variable?: JsonRecord[]) => ({
  info: { name: 'Shop', publishedId: 'x' },
  item: items,
  ...(variable !== undefined && { variable }),
});
const at = (address: string): JsonRecord => ({ name: address, request: { method: 'GET', url: address } });
const rawsOf = (document: JsonRecord) =>
  recordsIn(document.item).map(({ request }) => ((request as JsonRecord).url as JsonRecord).raw);

describe('baked-in hosts', () => {
  test('are the variable with the longest value', () => {
    const variable = [
      { key: 'host', value: 'https://a.test' },
      { key: 'base', value: 'https://a.test/v1/' },
    ];
    const items = [
      at('https://a.test/v1/x'),
      at('https://a.test/v10'),
      at('https://a.test'),
      at('https://b.test/'),
    ];
    const notes = new Notes();
    const document = normalise(published(items, variable), 'f', notes);
    expect(rawsOf(document)).toEqual(['{{base}}/x', '{{host}}/v10', '{{host}}', 'https://b.test/']);
    expect(notes.warnings).toEqual([
      { pointer: '/item/3/request/url', text: expect.stringContaining('the host is written out') },
    ]);
  });
  test('stand after a scheme too', () => {
    const variable = [{ key: 'host', value: 'a.test' }];
    const document = normalise(
      published([at('https://a.test/v1/x?y=1'), at('https://a.test.org/')], variable),
      'f',
    );
    expect(rawsOf(document)).toEqual(['https://{{host}}/v1/x?y=1', 'https://a.test.org/']);
    const [first] = recordsIn(document.item).map(({ request }) => (request as JsonRecord).url);
    expect(first).toMatchObject({ protocol: 'https', host: ['{{host}}'], path: ['v1', 'x'] });
  });
  test('that all requests share become a variable', () => {
    const document = normalise(
      published([at('https://a.test:8443/x'), at('https://a.test:8443/y?z=1')]),
      'f',
    );
    expect(rawsOf(document)).toEqual(['{{baseUrl}}/x', '{{baseUrl}}/y?z=1']);
    expect(document.variable).toEqual([{ key: 'baseUrl', value: 'https://a.test:8443' }]);
    const urls = recordsIn(document.item).map(({ request }) => (request as JsonRecord).url);
    expect(urls[0]).toMatchObject({ host: ['{{baseUrl}}'], path: ['x'] });
    expect(urls[0]).not.toHaveProperty('port');
  });
  test('leave holes that are named', () => {
    const notes = new Notes();
    normalise(published([at('https://a.test/orders//lines'), at('https://a.test/x/')]), 'f', notes);
    expect(notes.warnings.map(({ pointer }) => pointer)).toEqual(['/item/0/request/url']);
  });
  test('stay in a collection that was exported', () => {
    expect(load([at('https://a.test/x'), at('https://a.test/y')]).requests[0]?.url.raw).toBe(
      'https://a.test/x',
    );
  });
});
