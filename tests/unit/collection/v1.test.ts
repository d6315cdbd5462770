import { loadCollection } from '../../../src/collection/load';

const request = (id: string, more: object = {}) => ({
  id,
  name: id,
  method: 'POST',
  url: 'https://a.test/:id?q=1',
  headers: 'Accept: application/json\nX-Run: 1\n',
  dataMode: 'raw',
  rawModeData: '{"a":1}',
  tests: 'tests["ok"] = true;',
  currentHelper: 'basicAuth',
  helperAttributes: { id: 'basic', username: 'u', password: 'p' },
  ...more,
});

test('a collection of format 1 is read, with its folders, order, auth and scripts', () => {
  const { name, requests, notes } = loadCollection(
    {
      id: 'c',
      name: 'Old shop',
      order: ['two'],
      folders: [{ id: 'f', name: 'Orders', order: ['one'] }],
      requests: [request('one'), request('two'), request('lost')],
    },
    'old.json',
    'old',
  );
  expect(name).toBe('Old shop');
  expect(requests.map(({ key }) => key)).toEqual(['orders/one', 'two']);
  expect(requests[0]).toMatchObject({
    method: 'POST',
    headers: [
      { key: 'Accept', value: 'application/json' },
      { key: 'X-Run', value: '1' },
    ],
    body: { mode: 'raw', raw: '{"a":1}' },
    auth: { type: 'basic', parameters: { username: 'u', password: 'p' } },
    scripts: [{ listen: 'test', source: 'tests["ok"] = true;' }],
  });
  expect(notes.warnings).toEqual([{ pointer: '/requests/2', text: expect.stringContaining('no order') }]);
});

test('one without a request in any order has no request', () => {
  expect(() =>
    loadCollection({ name: 'Old', requests: [request('a')], order: [] }, 'old.json', 'old'),
  ).toThrow('the collection has no requests');
});
