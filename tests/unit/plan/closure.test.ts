import { planRun } from '../../../src/plan/plan';
import { isInFolder } from '../../../src/plan/selection';
import { configOf, item, load } from '../collections';

test('a variable inside the value of another is needed too', () => {
  const headers = { header: [{ key: 'Authorization', value: '{{bearer}}' }] };
  const shop = load([
    item('login', 'https://a.test/l', { method: 'POST' }),
    item('get', 'https://a.test/x', headers),
  ]);
  const config = configOf({ captures: { login: { token: { pointer: '/t' } } } });
  const provided = new Map([['bearer', 'Bearer {{token}}']]);
  expect(
    planRun(shop, config, provided, { only: ['get'] }).requests.map(({ request }) => request.key),
  ).toEqual(['login', 'get']);
});

test('with --safe a read-only yielder is used, though a later one is not read-only', () => {
  const create = item('create', 'https://a.test/c', { method: 'POST' });
  const shop = load([item('list'), create, item('get', 'https://a.test/{{id}}')]);
  const config = configOf({
    captures: { list: { id: { pointer: '/0' } }, create: { id: { pointer: '/id' } } },
  });
  const { requests } = planRun(shop, config, new Map(), { safe: true });
  expect(requests.map(({ request, lacking }) => [request.key, lacking])).toEqual([
    ['list', null],
    ['get', null],
  ]);
});

test('a folder whose own name has a slash is found by its name', () => {
  expect(isInFolder(['Get/Put'], 'Get/Put')).toBe(true);
  expect(isInFolder(['Get', 'Put'], 'Get/Put')).toBe(true);
  expect(isInFolder(['Get'], 'Get/Put')).toBe(false);
});

test('with --safe a value made for the run does not stand for something that exists', () => {
  const create = item('create', 'https://a.test/c?m={{email}}', { method: 'POST' });
  const shop = load([create, item('search', 'https://a.test/s?m={{email}}')]);
  const config = configOf({
    variables: { email: '{{$guid}}@x.test' },
    captures: { create: { email: { pointer: '/m' } } },
  });
  const lackingOf = (email: string) =>
    planRun(shop, config, new Map([['email', email]]), { safe: true }).requests.map(({ lacking }) => lacking);
  expect(lackingOf('{{$guid}}@x.test')).toEqual([
    expect.objectContaining({ text: expect.stringContaining('which only create yields') }),
  ]);
  expect(lackingOf('known@x.test')).toEqual([null]);
});

test('with --safe the environment gives what requests that change something would yield', () => {
  const create = item('create', 'https://a.test/c', { method: 'POST' });
  const shop = load([create, item('get', 'https://a.test/{{id}}'), item('other', 'https://a.test/o')]);
  const config = configOf({
    safeVariables: { id: '{{demo_id}}' },
    captures: { create: { id: { pointer: '/id' } } },
    requests: { get: { after: ['create'] }, other: { after: ['create'] } },
  });
  const provided = new Map([
    ['id', '{{demo_id}}'],
    ['demo_id', 'd-1'],
  ]);
  const { requests } = planRun(shop, config, provided, { safe: true });
  expect(requests.map(({ request, lacking }) => [request.key, lacking])).toEqual([
    ['get', null],
    ['other', expect.objectContaining({ text: expect.stringContaining('runs only after create') })],
  ]);
  expect(() => planRun(shop, config, new Map([['id', '{{demo_id}}']]), { safe: true })).toThrow('demo_id');
});
