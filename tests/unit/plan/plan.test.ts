import type { Config } from '../../../src/config/config';
import { UnresolvedVariableError, UsageError } from '../../../src/errors';
import { describeRequests, planRun } from '../../../src/plan/plan';
import type { Selection } from '../../../src/plan/selection';
import { configOf, folder, item, load, script } from '../collections';

const BASE = 'https://api.example.test';
const post = { method: 'POST' };
const capture = (name: string) => ({ [name]: { pointer: `/${name}` } });

/** login gives token; create needs it and gives id; get and remove need id; help and the status need nothing. */
const SHOP = load([
  item('login', `${BASE}/login`, post),
  folder(
    'Customers',
    item('create', `${BASE}/customers?t={{token}}`, post),
    folder('Read', item('get', `${BASE}/customers/{{id}}`), item('help', `${BASE}/help`)),
    item('remove', `${BASE}/customers/{{id}}`, { method: 'DELETE' }),
  ),
  item('status', `${BASE}/status`),
]);
const CONFIG = configOf({ captures: { login: capture('token'), 'customers/create': capture('id') } });

/** The keys of a plan; `+` marks a prerequisite. */
function plan(
  selection: Selection = {},
  config: Config = CONFIG,
  provided: string[] = [],
  collection = SHOP,
): string[] {
  const { requests } = planRun(collection, config, new Map(provided.map((name) => [name, 'x'])), selection);
  return requests.map(({ request, prerequisite }) => `${prerequisite ? '+' : ''}${request.key}`);
}

test('every request says what it needs and yields, and whether it only reads', () => {
  const config = configOf({
    captures: { login: capture('token') },
    requests: {
      login: { safe: true, timeoutMs: 5 },
      status: { after: ['login'] },
      'customers/*': { safe: false },
    },
  });
  const described = describeRequests(SHOP, config).map(
    ({ request, needs, yields, safe, after, settings }) => [
      request.key,
      needs,
      yields,
      safe,
      after,
      settings.timeoutMs,
    ],
  );
  expect(described).toEqual([
    ['login', [], ['token'], true, [], 5],
    ['customers/create', ['token'], [], false, [], undefined],
    ['customers/read/get', ['id'], [], false, [], undefined],
    ['customers/read/help', [], [], false, [], undefined],
    ['customers/remove', ['id'], [], false, [], undefined],
    ['status', [], [], true, ['login'], undefined],
  ]);
});

test('captures and scripts yield, each name once', () => {
  const event = [script('test', "pm.environment.set('token', 1); pm.environment.set('extra', 1)")];
  const [planned] = describeRequests(load([{ ...item('login'), event }]), CONFIG);
  expect(planned?.yields).toEqual(['token', 'extra']);
});

test('what the scripts of a request touch together is told, from the collection to the request', () => {
  const event = [
    script('test', 'pm.environment.set("b", pm.globals.get("a")); pm.execution.setNextRequest(null)'),
  ];
  const [scripted, bare] = describeRequests(
    load([{ ...item('one'), event }, item('two')], { event: [script('prerequest', 'pm.globals.get("b")')] }),
    CONFIG,
  );
  expect(scripted?.access).toEqual({
    reads: ['b', 'a'],
    writes: ['b'],
    sets: ['b'],
    steers: true,
    isolated: true,
    seesRequest: false,
    unreadable: null,
  });
  expect(scripted?.scriptReads).toEqual(['a']);
  expect(bare?.scriptReads).toEqual(['b']);
  expect(describeRequests(load([item('none')]), CONFIG)[0]).toMatchObject({ access: null, scriptReads: [] });
});

describe('a selection runs its closure, in collection order', () => {
  const ALL = [
    'login',
    'customers/create',
    'customers/read/get',
    'customers/read/help',
    'customers/remove',
    'status',
  ];

  test.each<[given: string, selection: Selection, want: string[]]>([
    ['everything', {}, ALL],
    ['what needs nothing', { only: ['status'] }, ['status']],
    ['what another yields', { only: ['customers/create'] }, ['+login', 'customers/create']],
    [
      'what stands on what stands on another',
      { only: ['customers/remove'] },
      ['+login', '+customers/create', 'customers/remove'],
    ],
    ['keys in another order', { only: ['status', 'login'] }, ['login', 'status']],
    ['a folder with its subfolders', { folders: ['Customers'] }, ['+login', ...ALL.slice(1, 5)]],
    [
      'a nested folder by its name',
      { folders: ['Read'] },
      ['+login', '+customers/create', 'customers/read/get', 'customers/read/help'],
    ],
    [
      'a nested folder by its path of slugs',
      { folders: ['customers/read'] },
      ['+login', '+customers/create', 'customers/read/get', 'customers/read/help'],
    ],
    [
      'a folder and a key, which must agree',
      { folders: ['read'], only: ['customers/read/help'] },
      ['customers/read/help'],
    ],
  ])('%s', (_case, selection, want) => {
    expect(plan(selection)).toEqual(want);
  });

  test('a value that is provided is still yielded anew', () => {
    expect(plan({ only: ['customers/create'] }, CONFIG, ['token'])).toEqual(['+login', 'customers/create']);
  });

  test('the nearest earlier yielder is taken, never a later one', () => {
    const collection = load([item('a'), item('b'), item('use', `${BASE}/{{x}}`), item('c')]);
    const config = configOf({ captures: { a: capture('x'), b: capture('x'), c: capture('x') } });
    expect(plan({ only: ['use'] }, config, [], collection)).toEqual(['+b', 'use']);
  });

  test('"after" adds what must have run, and what that stands on', () => {
    const config = configOf({ ...CONFIG, requests: { status: { after: ['customers/create'] } } });
    expect(plan({ only: ['status'] }, config)).toEqual(['+login', '+customers/create', 'status']);
  });
});

test('a folder may be the name of a request, as in Newman', () => {
  expect(plan({ folders: ['status'] })).toEqual(plan({ only: ['status'] }));
});

describe('refused', () => {
  test.each<[given: string, selection: Selection, what: string]>([
    ['an unknown key', { only: ['nothing'] }, 'no such request: nothing'],
    ['an unknown key beside a known one', { only: ['status', 'statu', 'x'] }, 'no such request: statu, x'],
    ['an unknown folder', { folders: ['Customers', 'Orders'] }, 'no such folder: Orders'],
    ['a part of a folder name', { folders: ['cust'] }, 'no such folder: cust'],
    ['parts that do not agree', { folders: ['Read'], only: ['status'] }, 'no request selected'],
    ['only what changes something, under --safe', { only: ['login'], safe: true }, 'no request selected'],
  ])('%s', (_case, selection, what) => {
    expect(() => plan(selection)).toThrow(UsageError);
    expect(() => plan(selection)).toThrow(expect.objectContaining({ what, where: 'Shop' }));
  });

  test('variables that nothing provides, where no request can be sent: all of them, with the first request', () => {
    const collection = load([
      item('a', `${BASE}/{{given}}`),
      item('b', `${BASE}/{{one}}/{{two}}`),
      item('c', `${BASE}/{{two}}/{{three}}`),
    ]);
    const refused = () => plan({ only: ['b', 'c'] }, configOf(), ['given'], collection);
    expect(refused).toThrow(UnresolvedVariableError);
    expect(refused).toThrow(expect.objectContaining({ variables: ['one', 'two', 'three'], key: 'b' }));
    expect(plan({ only: ['a'] }, configOf(), ['given'], collection)).toEqual(['a']);
  });

  test('variables that nothing provides to some requests: those are not sent, and say why', () => {
    const collection = load([item('a'), item('b', `${BASE}/{{one}}/{{two}}`), item('c', `${BASE}/{{one}}`)]);
    const { requests } = planRun(collection, configOf(), new Map());
    expect(requests.map(({ lacking }) => lacking)).toEqual([
      null,
      expect.objectContaining({ cause: 'unsendable', text: 'unresolved {{one}}, {{two}}', where: 'b' }),
      expect.objectContaining({ cause: 'unsendable', text: 'unresolved {{one}}', where: 'c' }),
    ]);
  });

  describe('an empty value that an address begins with', () => {
    const collection = load([
      item('a', '{{base}}/a'),
      item('b', 'https://{{sub}}.{{domain}}/b?from={{base}}'),
      item('c', `${BASE}/{{base}}`),
    ]);
    const lacks = (given: Record<string, string>, target: string | null = null) =>
      planRun(
        collection,
        configOf(),
        new Map(Object.entries(given)),
        {},
        ...ANY,
        '.env.acme',
        target,
      ).requests.map(({ lacking }) => lacking && [lacking.text, lacking.variables]);
    const ANY = [() => true, () => true] as const;

    test('is told before anything is sent, with all the variables that leave nothing', () => {
      const given = { base: '{{origin}}', origin: '', sub: '', domain: '' };
      expect(lacks(given)).toEqual([
        ['unresolved {{origin}}', ['origin']],
        ['unresolved {{sub}}, {{domain}}', ['sub', 'domain']],
        null,
      ]);
      const all = { only: ['a', 'b'] };
      const refused = () =>
        planRun(collection, configOf(), new Map(Object.entries(given)), all, ...ANY, '.env.acme');
      expect(refused).toThrow(UnresolvedVariableError);
      expect(refused).toThrow(
        expect.objectContaining({
          variables: ['origin', 'sub', 'domain'],
          todo: 'set them in .env.acme or driftgate.config.json ("variables", "captures")',
        }),
      );
    });

    test('is none where something of the host is left, or all go to a target', () => {
      expect(lacks({ base: 'x', sub: '', domain: 'a.test' })).toEqual([null, null, null]);
      expect(lacks({ base: '', sub: '', domain: '' }, 'http://127.0.0.1:1')).toEqual([null, null, null]);
    });

    test('may be filled by a script', () => {
      const sets = { event: [script('test', "pm.environment.set('base', 'https://a.test')")] };
      const filled = load([{ ...item('set'), ...sets }, item('use', '{{base}}/a')]);
      const { requests } = planRun(filled, configOf(), new Map([['base', '']]));
      expect(requests.map(({ lacking }) => lacking)).toEqual([null, null]);
    });
  });

  test('a variable that only a later request, or the request itself, yields', () => {
    const collection = load([item('use', `${BASE}/{{x}}`), item('give')]);
    for (const request of ['give', 'use']) {
      const config = configOf({ captures: { [request]: capture('x') } });
      const [use, give] = planRun(collection, config, new Map()).requests;
      expect(use?.lacking?.text).toBe('unresolved {{x}}');
      expect(give?.lacking).toBeNull();
    }
  });
});

describe('--safe sends nothing that changes something', () => {
  const lacking = (config: Config, provided: string[] = []) =>
    planRun(SHOP, config, new Map(provided.map((name) => [name, 'x'])), { safe: true }).requests.map(
      ({ request, lacking: why }) => [request.key, why?.text ?? null],
    );
  const READS = ['customers/read/get', 'customers/read/help', 'status'];

  test('a read that only a change could provide for says what it lacks', () => {
    expect(lacking(CONFIG)).toEqual([
      [READS[0], 'needs {{id}}, which only customers/create yields, and that is not read-only'],
      [READS[1], null],
      [READS[2], null],
    ]);
  });

  test('it names every variable that it lacks', () => {
    const shop = load([
      item('create', BASE, post),
      item('read', `${BASE}/{{a}}/{{b}}/{{given}}`),
      item('after', `${BASE}/{{a}}`),
    ]);
    const config = configOf({
      captures: { create: { ...capture('a'), ...capture('b') } },
      requests: { after: { after: ['create'] } },
    });
    const { requests } = planRun(shop, config, new Map([['given', 'x']]), { safe: true });
    const text = 'needs {{a}}, which only create yields, and that is not read-only';
    expect(requests.map(({ lacking: why }) => why)).toEqual([
      { cause: 'selection', text, variables: ['a', 'b'] },
      { cause: 'selection', text, variables: ['a'] },
    ]);
  });

  test('it runs where the environment has the value', () => {
    expect(lacking(CONFIG, ['id'])).toEqual(READS.map((key) => [key, null]));
  });

  test('a change that the configuration calls safe runs, and so does what stands on it', () => {
    const config = configOf({
      ...CONFIG,
      requests: { 'customers/create': { safe: true }, login: { safe: true } },
    });
    expect(lacking(config)).toEqual([
      ['login', null],
      ['customers/create', null],
      ...READS.map((key) => [key, null]),
    ]);
  });

  test('"after" a change lacks it as well', () => {
    const config = configOf({ ...CONFIG, requests: { status: { after: ['login'] } } });
    expect(lacking(config, ['id'])).toContainEqual([
      'status',
      'runs only after login, and that is not read-only',
    ]);
  });
});

describe('OAuth 2', () => {
  const oauth2 = {
    grant_type: 'client_credentials',
    accessToken: '{{token}}',
    accessTokenUrl: 'https://login.example.test/token',
    clientId: 'me',
    clientSecret: '{{secret}}',
  };
  const shop = load([
    item('login', `${BASE}/login`, post),
    item('read', `${BASE}/read`, { auth: { type: 'oauth2', oauth2 } }),
  ]);

  test('stands on the request that yields its token, where there is one', () => {
    expect(plan({ only: ['read'] }, CONFIG, [], shop)).toEqual(['+login', 'read']);
  });

  test('and on what a token is got with, where nothing yields or gives one', () => {
    const config = configOf();
    expect(plan({ only: ['read'] }, config, ['secret'], shop)).toEqual(['read']);
    expect(plan({ only: ['read'] }, config, ['token'], shop)).toEqual(['read']);
    expect(() => plan({ only: ['read'] }, config, [], shop)).toThrow(
      new UnresolvedVariableError(['secret'], 'read'),
    );
  });
});

test('what a script that cannot be read may set is not missed before it has run', () => {
  const sets = { event: [script('prerequest', 'for (const name of names) pm.environment.set(name, 1);')] };
  const items = [
    item('a', 'https://a.test/{{a}}'),
    { ...item('b', 'https://a.test/{{b}}'), ...sets },
    item('c', 'https://a.test/{{c}}'),
  ];
  const plan = (list: typeof items) => planRun(load(list), configOf(), new Map());
  expect(plan(items).requests.map(({ lacking }) => lacking?.text)).toEqual([
    'unresolved {{a}}',
    undefined,
    undefined,
  ]);
  expect(plan(items.slice(1)).requests).toHaveLength(2);
});
