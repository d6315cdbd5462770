import { type Mock, type MockOptions, startMock } from '../../../src/mock';
import { item, load } from '../collections';

const example = (name: string, code: number | null, body: unknown, header: unknown = []) => ({
  name,
  code,
  header,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const withExamples = (given: Record<string, unknown>, ...response: object[]) => ({ ...given, response });
const post = (url: string, raw: string) => ({ method: 'POST', url, body: { mode: 'raw', raw } });

const shop = load([
  withExamples(
    item('get', '{{base}}/orders/:id'),
    example('Found', 200, { id: 1 }),
    example('Gone', 404, {}),
  ),
  withExamples(item('newest', '{{base}}/orders/newest'), example('Newest', 200, 'plain text')),
  withExamples(item('search', '{{base}}/orders?q=a&page={{page}}'), example('A', 200, ['a'])),
  withExamples(item('search b', '{{base}}/orders?q=b'), example('B', 200, ['b'])),
  withExamples(
    { name: 'card', request: post('{{base}}/pay', '{"kind":"card","by":"{{who}}"}') },
    example('C', 201, { c: 1 }),
  ),
  withExamples(
    { name: 'cash', request: post('{{base}}/pay', '{"kind":"cash","by":"{{who}}"}') },
    example('D', 201, { d: 1 }),
  ),
  withExamples(item('twin', '{{base}}/twin'), example('one', 200, [1])),
  withExamples(item('twin', '{{base}}/twin'), example('two', 202, [2])),
  withExamples(
    item('odd', '{{base}}/odd'),
    example('Odd', null, { n: '<integer>' }, [
      { key: 'Content-Length', value: '3' },
      { key: 'X-Kept', value: 'yes' },
      { key: 'bad name', value: 'x' },
    ]),
  ),
  withExamples(
    { name: 'gone', request: { method: 'DELETE', url: '{{base}}/gone' } },
    example('Gone', 204, 'x'),
  ),
  withExamples(item('noted', '{{base}}/noted'), example('Noted', 200, '{"n": "<integer>", // a note\n}')),
  item('bare', '{{base}}/bare'),
]);

let mock: Mock;
const heard: string[] = [];
const start = async (options: MockOptions = {}) => {
  mock = await startMock(shop, { onRequest: (line) => heard.push(line), ...options });
};
beforeEach(() => start());
afterEach(() => mock.close());

async function answer(path: string, init: RequestInit = {}): Promise<[number, string, string | null]> {
  const response = await fetch(`${mock.origin}${path}`, init);
  return [response.status, await response.text(), response.headers.get('content-type')];
}

test('a request is answered with its first example, its media type guessed where it has none', async () => {
  expect(await answer('/orders/7')).toEqual([200, '{"id":1}', 'application/json']);
  expect(await answer('/orders/newest')).toEqual([200, 'plain text', 'text/plain']);
  expect(await answer('/v2/base/orders/7')).toEqual([200, '{"id":1}', 'application/json']);
});

test('query and body choose among requests of one path', async () => {
  expect((await answer('/orders?q=b'))[1]).toBe('["b"]');
  expect((await answer('/orders?q=a&page=3'))[1]).toBe('["a"]');
  const pay = (kind: string) => answer('/pay', { method: 'POST', body: JSON.stringify({ kind, by: 'me' }) });
  expect((await pay('cash'))[1]).toBe('{"d":1}');
  expect((await pay('card'))[1]).toBe('{"c":1}');
});

test('requests that differ in nothing are answered in turn', async () => {
  const statuses = [];
  for (let time = 0; time < 4; time += 1) statuses.push((await answer('/twin'))[0]);
  expect(statuses).toEqual([200, 202, 200, 202]);
});

test('headers choose another example', async () => {
  const by = (headers: Record<string, string>) => answer('/orders/7', { headers });
  expect((await by({ 'x-mock-response-code': '404' }))[0]).toBe(404);
  expect((await by({ 'x-mock-response-name': 'Gone' }))[0]).toBe(404);
  expect((await by({ 'x-mock-response-name': 'Nobody' }))[1]).toContain('no such example');
});

test('placeholders are values, odd codes are 200, transport headers are made anew', async () => {
  const response = await fetch(`${mock.origin}/odd`);
  expect(response.status).toBe(200);
  expect(response.headers.get('x-kept')).toBe('yes');
  expect(await response.text()).toBe('{"n":1}');
  expect(await answer('/gone', { method: 'DELETE' })).toEqual([204, '', null]);
});

test('what nothing fits, and what has no example, is said', async () => {
  expect((await answer('/nothing/at/all/here', { method: 'PATCH' }))[0]).toBe(404);
  expect(await answer('/bare')).toEqual([200, '{}', 'application/json']);
  expect(heard.at(-1)).toMatch(/^GET \/bare: bare \(path 1 literal, 0 variable; .*\), no example$/);
});

test('a port in use is a usage error', async () => {
  const port = Number(new URL(mock.origin).port);
  await expect(startMock(shop, { port })).rejects.toMatchObject({ what: 'cannot listen (EADDRINUSE)' });
});

test('comments of an example are no answer', async () => {
  expect(await answer('/noted')).toEqual([200, '{"n":1}', 'application/json']);
});
