import { planRun } from '../../../src/plan/plan';
import { isInFolder } from '../../../src/plan/selection';
import { configOf, item, load, script } from '../collections';

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

describe('what a script reads', () => {
  const login = {
    ...item('login'),
    event: [script('test', 'pm.environment.set("token", pm.response.json().t)')],
  };
  const reader = {
    ...item('get'),
    event: [script('prerequest', 'pm.request.headers.add({ key: "T", value: pm.environment.get("token") })')],
  };
  const keysOf = (items: readonly object[], provided = new Map<string, string>(), selection = {}) =>
    planRun(load(items), configOf(), provided, { only: ['get'], ...selection }).requests.map(
      ({ request, prerequisite, lacking }) =>
        `${prerequisite ? '+' : ''}${request.key}${lacking === null ? '' : ' lacks'}`,
    );

  test('adds the request that yields it', () => {
    expect(keysOf([login, item('other'), reader])).toEqual(['+login', 'get']);
  });

  test.each<[given: string, items: readonly object[], provided: Map<string, string>]>([
    ['the environment provides it', [login, reader], new Map([['token', 'x']])],
    ['nothing yields it', [item('login'), reader], new Map()],
    ['only a later request yields it', [reader, login], new Map()],
    [
      'the request sets it itself, as each does with a script of their folder',
      [
        login,
        { ...reader, event: [script('prerequest', 'pm.globals.get("token") || pm.globals.set("token", 1)')] },
      ],
      new Map(),
    ],
    [
      'its name is made at run time',
      [login, { ...reader, event: [script('test', 'pm.environment.get(pm.response.json().name)')] }],
      new Map(),
    ],
  ])('adds nothing where %s, and that is no lack', (_case, items, provided) => {
    expect(keysOf(items, provided)).toEqual(['get']);
  });

  test('adds none that changes something to a read-only run', () => {
    const post = { ...login, ...item('login', 'https://a.test/l', { method: 'POST' }) };
    expect(keysOf([post, reader], new Map(), { safe: true })).toEqual(['get']);
  });

  test('follows what the provided value of a variable stands on', () => {
    const nested = { ...reader, event: [script('test', 'pm.variables.replaceIn("{{bearer}}")')] };
    expect(keysOf([login, nested], new Map([['bearer', 'Bearer {{token}}']]))).toEqual(['+login', 'get']);
  });
});
