import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from 'driftgate/cli';

jest.setTimeout(60_000);

const ESCAPE = String.fromCharCode(27);
const folder = mkdtempSync(join(tmpdir(), 'driftgate-learn-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Terminal {
  readonly answers?: string;
  readonly isTTY?: boolean;
}

async function cli(directory: string, argv: readonly string[], { answers, isTTY }: Terminal = {}) {
  let stdout = '';
  let stderr = '';
  const code = await main(argv, {
    stdout: { write: (text) => (stdout += text), columns: 80, ...(isTTY !== undefined && { isTTY }) },
    stderr: { write: (text) => (stderr += text), columns: 10_000 },
    env: {},
    directory,
    interrupted: new Promise<void>(() => {}),
    ...(answers !== undefined && { stdin: inputOf(answers) }),
  });
  return { code, stdout, stderr };
}

/** What goes on in another line as the one that it is. */
const unwrapped = (text: string) => text.replace(/\n {2}/g, ' ');

async function* inputOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

const saved = (name: string, code: number, body: string) => ({
  name,
  code,
  header: [{ key: 'Content-Type', value: 'application/json' }],
  body,
});
const SHOP = {
  info: {
    name: 'Shop',
    schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
  },
  item: [
    {
      name: 'Get order',
      request: { method: 'GET', url: '{{base}}/orders/:id' },
      response: [
        saved('Found', 200, '{"id": 7, "note": "x", // a note\n}'),
        saved('Gone', 404, '{"error":"gone"}'),
      ],
    },
    { name: 'List orders', request: { method: 'GET', url: '{{base}}/orders' } },
  ],
};

const entry = (method: string, url: string, status: number, body: unknown, more: object = {}) => ({
  request: { method, url, headers: [] },
  response: {
    status,
    headers: [{ name: 'Content-Type', value: 'application/json' }],
    content: { text: typeof body === 'string' ? body : JSON.stringify(body) },
    ...more,
  },
});
const RECORDED = [
  entry('GET', 'https://a.test/orders/8', 200, { id: 8, note: null, [`odd${ESCAPE}[2J`]: 1 }),
  {
    ...entry('PUT', 'https://elsewhere.test/by-key', 200, { id: '9', note: 'x' }),
    _driftgate: { key: 'get-order' },
  },
  entry('GET', 'https://a.test/orders?token=hush', 200, [{ id: 1 }, { id: 2, done: true }]),
  entry('GET', 'https://a.test/orders/9?token=hush', 502, '<html>', {
    headers: [{ name: 'content-type', value: 'text/html' }],
  }),
  entry('GET', 'https://a.test/orders/9?token=hush', 0, ''),
  entry('GET', 'https://a.test/orders/10', 200, '', { content: { size: 12 } }),
  entry('GET', 'https://cdn.test/a/b/c.png?token=hush', 200, '{}'),
];
const har = (...entries: unknown[]) => JSON.stringify({ log: { version: '1.2', entries } });

let count = 0;
async function suite() {
  count += 1;
  const directory = join(folder, `suite-${count}`);
  writeFileSync(join(folder, 'shop.json'), JSON.stringify(SHOP));
  await cli(folder, ['init', 'shop.json', '--dir', directory]);
  writeFileSync(join(directory, 'run.har'), har(...RECORDED));
  const schemas = join(directory, 'schemas/shop');
  const files = () =>
    Object.fromEntries(
      readdirSync(schemas)
        .sort()
        .map((name) => [name, readFileSync(join(schemas, name), 'utf8')]),
    );
  return { directory, schemas, files, learn: (...argv: string[]) => cli(directory, ['learn', ...argv]) };
}

test('a schema that is missing is learned from the examples as it was at first, and once', async () => {
  const { schemas, files, learn } = await suite();
  const before = files();
  rmSync(join(schemas, 'get-order.200.json'));
  const first = await learn();
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toBe(
    'get-order 200: no schema -> learned from 1 sample\n1 change written to 1 file in schemas/shop: 2 samples of 2 contracts\n',
  );
  expect(files()).toEqual(before);
  expect(before['get-order.200.json']).toContain('"note"');
  expect((await learn('--only', 'get-order')).stdout).toBe('nothing changed: 2 samples of 2 contracts\n');
});

test('a recording widens what it contradicts, says what it could not use, and the suite still holds', async () => {
  const { directory, files, learn } = await suite();
  const before = files();
  const lines = [
    'get-order 200 /odd\\x1b[2J: undeclared -> integer, optional',
    'get-order 200 /id: integer -> integer or string',
    'get-order 200 /note: string -> string or null',
    'list-orders 200: no schema -> learned from 1 sample',
  ];
  const unlearned = [
    'not learned: 1 answer, no JSON (first: GET https://a.test/orders/9)',
    'not learned: 1 answer, no answer (first: GET https://a.test/orders/9)',
    'not learned: 1 answer, a body that was not recorded (first: GET https://a.test/orders/10)',
    'not learned: 1 answer, no request of the collection (first: GET https://cdn.test/a/b/c.png)',
  ];
  const dry = await learn('--from', 'run.har', '--dry-run');
  expect(dry.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect({ code: dry.code, lines: unwrapped(dry.stdout).trim().split('\n').sort() }).toEqual({
    code: 0,
    lines: [
      ...lines,
      ...unlearned,
      '4 changes would be written to 2 files in schemas/shop: 3 samples of 2 contracts',
    ].sort(),
  });
  expect(files()).toEqual(before);

  const told = JSON.parse((await learn('--from', 'run.har', '--json')).stdout);
  expect(told).toMatchObject({
    samples: 3,
    schemas: 2,
    files: ['get-order.200.json', 'list-orders.200.json'],
    stuck: [],
    written: true,
  });
  expect(told.changes).toContainEqual({
    key: 'get-order',
    status: 200,
    pointer: '/note',
    file: 'get-order.200.json',
    was: 'string',
    now: 'string or null',
    line: 'get-order 200 /note: string -> string or null',
  });
  const after = files();
  expect(JSON.parse(after['get-order.200.json'] ?? '')).toMatchObject({
    properties: { id: { type: ['integer', 'string'] }, note: { type: ['string', 'null'] } },
    'x-samples': 3,
  });
  expect(after['get-order.404.json']).toBe(before['get-order.404.json']);

  const again = await learn('--from', 'run.har');
  expect(unwrapped(again.stdout)).toMatch(
    /^(not learned: .*\n){4}nothing changed: 3 samples of 2 contracts\n$/,
  );
  expect(files()).toEqual(after);
  expect((await learn()).stdout).toContain('nothing changed');
  const run = await cli(directory, ['run', '--only', 'get-order']);
  expect({ code: run.code, out: run.stderr }).toEqual({ code: 0, out: '' });
});

test('only what is answered with yes is written, up to the end of the answers', async () => {
  const { directory, files } = await suite();
  const before = files();
  const ask = (answers: string) =>
    cli(directory, ['learn', '--from', 'run.har', '--interactive'], { answers, isTTY: true });
  const none = await ask('n\nperhaps\nn\nq\n');
  expect(none.stdout).toContain('take it? [y/n/a(ll)/q(uit)]');
  expect(none.stdout).toContain('nothing changed');
  expect((await ask('')).code).toBe(0);
  expect(files()).toEqual(before);
  // The second of four, and nothing after it.
  const one = await ask('n\nyes\n');
  expect(one.stdout).toContain('1 change written to 1 file');
  expect((await ask('n\na\n')).stdout).toContain('2 changes written to 1 file');
  const last = await ask('A\n');
  expect(last).toMatchObject({ code: 0 });
  expect(files()['list-orders.200.json']).toBeDefined();
  expect((await ask('')).stdout).toContain('nothing changed');
});

test.each<[string[], RegExp]>([
  [['--from', 'none.har'], /no such recording, none\.har/],
  [['--from', 'driftgate.config.json'], /no HTTP archive/],
  [['--from', 'empty.har'], /nothing to learn from, empty\.har/],
  [['--from', 'foreign.har'], /nothing to learn from \(1 answer: no request of the collection\)/],
  [['--only', 'nothing'], /no such request: nothing/],
  [['--only', 'list-orders'], /nothing to learn from, examples/],
  [['--interactive'], /there is no terminal to ask at/],
  [['--interactive', '--json'], /nobody can be asked/],
  [['--from'], /argument missing/],
])('learn %j is refused and nothing is written', async (argv, message) => {
  const { directory, files, learn } = await suite();
  const before = files();
  writeFileSync(join(directory, 'empty.har'), har());
  writeFileSync(join(directory, 'foreign.har'), har(RECORDED.at(-1)));
  const { code, stdout, stderr } = await learn(...argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(files()).toEqual(before);
});

test('the last report widens what drifted in it, once, and a masked text says nothing but that it is one', async () => {
  const { directory, schemas, files, learn } = await suite();
  const file = join(schemas, 'get-order.200.json');
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  // What is masked must not be taken for the value that it hides.
  schema.properties.token = { type: ['string', 'null'], format: 'uuid' };
  schema.properties.pin = { type: 'integer' };
  writeFileSync(file, JSON.stringify(schema, null, 2));
  const none = await learn('--from', 'report');
  expect({ code: none.code, told: /^driftgate: no report of a run, /.test(none.stderr) }).toEqual({
    code: 2,
    told: true,
  });
  const token = '3b241101-e2bb-4255-8caf-4136c566a962';
  writeFileSync(
    join(directory, 'run.har'),
    har(
      entry('GET', 'https://a.test/orders/8', 200, {
        id: 8,
        note: null,
        token,
        added: { tags: ['a', '<any>'] },
      }),
      entry('GET', 'https://a.test/orders/9', 200, { id: 9, note: 'y', pin: 'hush-hush-hush' }),
      entry('GET', 'https://a.test/orders/10', 200, { id: 'x'.repeat(20_000), note: 'y' }),
      entry('GET', 'https://a.test/orders/11', 503, { error: 1 }),
    ),
  );
  expect((await cli(directory, ['check', 'run.har'])).code).toBe(1);
  const dry = await learn('--from', 'report', '--dry-run');
  const { code, stdout, stderr } = await learn('--from', 'report');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(unwrapped(stdout)).toBe(
    [
      'get-order 200 /added: undeclared -> object, optional',
      'get-order 200 /note: string -> string or null',
      'get-order 200 /pin: integer -> integer or string',
      'not learned: 1 answer, a body that the report does not keep whole (first: get-order)',
      '3 changes written to 1 file in schemas/shop: 2 samples of 1 contract\n',
    ].join('\n'),
  );
  expect(unwrapped(dry.stdout)).toBe(unwrapped(stdout).replace('written', 'would be written'));
  const widened = JSON.parse(readFileSync(file, 'utf8'));
  expect(widened.properties.token).toEqual(schema.properties.token);
  expect(widened.properties.added.properties.tags).toEqual({ type: 'array', items: { type: 'string' } });
  const after = files();
  expect((await learn('--from', 'report')).stdout).toContain('nothing changed: 2 samples');
  expect(files()).toEqual(after);
});

test('an outage in the last report, or the report of another collection, widens nothing', async () => {
  const { directory, files, learn } = await suite();
  writeFileSync(
    join(directory, 'run.har'),
    har(entry('GET', 'https://a.test/orders/8', 200, { id: 8, note: null })),
  );
  await cli(directory, ['check', 'run.har']);
  const report = join(directory, 'reports/report.json');
  const written = JSON.parse(readFileSync(report, 'utf8'));
  const [row] = written.requests;
  const down = { ...row.findings[0], kind: 'unreachable', severity: 'down', pointer: '' };
  const before = files();
  for (const [changed, told] of [
    [{ requests: [{ ...row, status: 503, findings: [down] }] }, /nothing to learn from/],
    [{ collection: { ...written.collection, sha256: '0'.repeat(64) } }, /of another collection/],
  ] as const) {
    writeFileSync(report, JSON.stringify({ ...written, ...changed }));
    const { code, stderr } = await learn('--from', 'report');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(told) });
  }
  expect(files()).toEqual(before);
});
