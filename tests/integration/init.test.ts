import { exec, execFile, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from 'driftgate';
import { main } from 'driftgate/cli';
import { elements, parseXml } from '../unit/report/formats';
import { ROOT } from './support/project';
import { keepNewman } from './support/warm-newman';

jest.setTimeout(120_000);
keepNewman();

// Inside the repository, so that the suite finds the package by its name.
const folder = mkdtempSync(join(ROOT, 'tests/.init-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function cli(directory: string, ...argv: string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const sink = { write: (text: string) => (out += text), columns: 80 };
  const io = { stdout: sink, stderr: sink, env: {}, directory, interrupted: new Promise<void>(() => {}) };
  return { code: await main(argv, io), out };
}

const response = (name: string, code: number, body: unknown) => ({
  name,
  code,
  header: [{ key: 'Content-Type', value: 'application/json' }],
  body: JSON.stringify(body),
});
const SHOP = {
  info: {
    name: 'Corner Shop',
    schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
  },
  item: [
    {
      name: 'Orders',
      item: [
        {
          name: 'Get order',
          request: {
            method: 'GET',
            url: '{{baseUrl}}/orders/:id',
            header: [{ key: 'X-Key', value: '{{key}}' }],
          },
          response: [response('Found', 200, { id: 7, note: null }), response('Gone', 404, { error: 'gone' })],
        },
        { name: 'Undocumented', request: { method: 'GET', url: '{{baseUrl}}/other' } },
      ],
    },
    {
      name: 'Ping',
      request: { method: 'GET', url: '{{baseUrl}}/ping' },
      response: [{ name: 'Pong', code: 200, header: [], body: 'pong' }],
    },
  ],
};

const filesIn = (directory: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      // Of the suite's own; the folder that it is made in may be called anything.
      .filter((file) => !file.slice(directory.length).includes('/reports/'))
      .map((file) => [file.slice(directory.length + 1), readFileSync(file, 'utf8')]),
  );

beforeAll(() => writeFileSync(join(folder, 'shop.json'), JSON.stringify(SHOP)));

test('a suite is made, passes against its own examples, and is kept when it is made again', async () => {
  const suite = join(folder, 'suite');
  const made = await cli(folder, 'init', 'shop.json', '--dir', 'suite');
  expect({ code: made.code, out: made.out }).toMatchObject({ code: 0 });
  expect(made.out).toContain('3 requests, 2 with a saved example, 2 schemas');
  expect(made.out).toContain('Next:');
  const files = filesIn(suite);
  expect(Object.keys(files).sort()).toEqual([
    '.env.example',
    '.gitignore',
    'collections/corner-shop.lock.json',
    'collections/corner-shop.postman_collection.json',
    'driftgate.config.json',
    'jest.config.js',
    'schemas/corner-shop/orders/get-order.200.json',
    'schemas/corner-shop/orders/get-order.404.json',
    'tests/contract/orders.test.js',
    'tests/contract/requests-in-no-folder.test.js',
  ]);
  expect(files['.env.example']).toMatch(/^baseUrl=\nid=\nkey=$/m);

  const ran = await cli(suite, 'run');
  expect(ran.out).toContain('healthy');
  expect(ran.out).toContain('skipped 1: neither an example nor a schema says what it answers');
  expect(ran.code).toBe(0);

  const misspelt = await cli(suite, 'run', '--env', 'mocks');
  expect(misspelt.out.replace(/\s+/g, ' ')).toContain(
    'did you mean "mock"? Otherwise copy .env.example to .env.mocks and fill it in (known: mock)',
  );
  expect(misspelt.code).toBe(2);

  const schema = join(suite, 'schemas/corner-shop/orders/get-order.200.json');
  writeFileSync(schema, '{ "type": "object" }');
  const again = await cli(folder, 'init', 'shop.json', '--dir', 'suite');
  expect(again.code).toBe(0);
  expect(again.out).toContain('10 files were there already and are kept');
  expect(filesIn(suite)).toEqual({
    ...files,
    'schemas/corner-shop/orders/get-order.200.json': '{ "type": "object" }',
  });
});

/** Jest's own file. Where Jest finds no configuration it takes that of a folder above, and would run all of our own tests. */
function jestFor(suite: string): string {
  if (!existsSync(join(suite, 'jest.config.js'))) throw new Error(`no suite was made in ${suite}`);
  return join(ROOT, 'node_modules/jest/bin/jest.js');
}

function jestIn(
  suite: string,
  env: Record<string, string> = {},
  ...argv: string[]
): Promise<{ code: number; text: string }> {
  const bin = jestFor(suite);
  return new Promise((done) => {
    execFile(
      process.execPath,
      [bin, '--ci', ...argv],
      { cwd: suite, env: { ...process.env, ...env }, timeout: 110_000, killSignal: 'SIGKILL' },
      (error, stdout, stderr) =>
        done({ code: error === null ? 0 : Number(error.code), text: stdout + stderr }),
    );
  });
}

describe('what to do next', () => {
  const stepsIn = (out: string) => out.slice(out.indexOf('Next:\n')).trimEnd().split('\n').slice(1);
  const outside = mkdtempSync(join(tmpdir(), "driftgate-it's "));
  afterAll(() => rmSync(outside, { recursive: true }));
  const shell = (command: string, cwd: string): Promise<{ code: number; text: string }> =>
    new Promise((done) =>
      exec(command, { cwd }, (error, stdout, stderr) =>
        done({ code: error === null ? 0 : Number(error.code), text: stdout + stderr }),
      ),
    );

  test('is no installation where the package is found already', async () => {
    const { out } = await cli(folder, 'init', 'shop.json', '--dir', 'found');
    expect(stepsIn(out).slice(0, 2)).toEqual([
      '  cd found',
      expect.stringMatching(/^ {2}npx driftgate run /),
    ]);
  });

  test('is no copy of the template over a file that is filled in', async () => {
    await cli(folder, 'init', 'shop.json', '--dir', 'filled');
    expect((await cli(folder, 'init', 'shop.json', '--dir', 'filled')).out).toContain('cp .env.example');
    writeFileSync(join(folder, 'filled/.env.staging'), 'key=x\n');
    const { out } = await cli(folder, 'init', 'shop.json', '--dir', 'filled');
    expect(out).not.toContain('cp .env.example');
    expect(stepsIn(out).at(-1)).toBe('  npx driftgate run --env staging');
  });

  test('installs the package that is running elsewhere, and the steps work there', async () => {
    writeFileSync(join(outside, 'shop.json'), JSON.stringify(SHOP));
    const { out } = await cli(outside, 'init', 'shop.json', '--dir', 'an API');
    const [cd, install = '', run = ''] = stepsIn(out);
    expect(cd).toBe("  cd 'an API'");
    expect(install).toBe(`  npm install --save-dev --ignore-scripts ${ROOT} jest`);
    // Jest itself would come from a registry.
    const offline = `${install.replace(/ jest$/, '')} --offline --no-audit --no-fund`;
    const did = await shell(`${cd} && ${offline} && ${run.replace(/(?<=run) .*/, '')}`, outside);
    expect(did).toEqual({ code: 0, text: expect.stringContaining('healthy') });
    const again = await cli(outside, 'init', 'shop.json', '--dir', 'an API');
    expect(stepsIn(again.out)[1]).toBe('  npm install --save-dev jest');
  });
});

/** A suite that Jest is to run. All of them are in one place and are run with `--verbose`: what is new to Jest it transforms anew. */
async function newSuite(collection: string): Promise<string> {
  const suite = join(folder, 'jest');
  rmSync(suite, { recursive: true, force: true });
  await cli(folder, 'init', collection, '--dir', 'jest');
  return suite;
}

test('the suite passes in Jest at once, and GitHub gets its summary', async () => {
  const suite = await newSuite('shop.json');
  const summary = join(suite, 'summary.md');
  const github = { GITHUB_STEP_SUMMARY: summary, GITHUB_ACTIONS: 'true' };
  const { code, text } = await jestIn(suite, github, '--verbose');
  expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('healthy') });
  expect(existsSync(join(suite, 'reports/report.json'))).toBe(true);
  expect(readFileSync(summary, 'utf8')).toMatch(/^## ✓ healthy\n/);
});

test('the suite passes where nothing but Driftgate is, linked as npm links a package by its path', async () => {
  const suite = mkdtempSync(join(tmpdir(), 'driftgate-linked-'));
  try {
    mkdirSync(join(suite, 'node_modules'));
    symlinkSync(ROOT, join(suite, 'node_modules/driftgate'));
    await cli(folder, 'init', join(folder, 'shop.json'), '--dir', suite);
    const { code, text } = await jestIn(suite, {}, '--runInBand');
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('healthy') });
    expect(readdirSync(join(suite, 'reports')).sort()).toEqual(
      expect.arrayContaining(['junit.xml', 'report.json']),
    );
  } finally {
    rmSync(suite, { recursive: true });
  }
});

test('in a suite that is watched each run has a server of its own', async () => {
  const suite = await newSuite('shop.json');
  const bin = jestFor(suite);
  const child = spawn(process.execPath, [bin, '--verbose', '--watchAll', '-i'], { cwd: suite });
  const ended = new Promise((resolve) => child.on('close', resolve));
  let text = '';
  const runs = () => text.split('Ran all test suites').length - 1;
  const file = join(suite, 'tests/contract/orders.test.js');
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      const before = runs();
      text += chunk.toString();
      if (runs() === before) return;
      if (runs() === 1) writeFileSync(file, `${readFileSync(file, 'utf8')}\n// changed\n`);
      else child.kill('SIGKILL');
    });
  }
  await ended;
  expect(text.match(/verdict .*/g)).toEqual([
    expect.stringContaining('healthy'),
    expect.stringContaining('healthy'),
  ]);
});

test('what is known not to be sent is skipped in Jest with its reason, also where that is a whole test file', async () => {
  const bare = {
    name: 'Bare',
    item: [{ name: 'Nothing known', request: { method: 'GET', url: '{{baseUrl}}/bare' } }],
  };
  writeFileSync(join(folder, 'bare.json'), JSON.stringify({ ...SHOP, item: [...SHOP.item, bare] }));
  const suite = await newSuite('bare.json');
  const { code, text } = await jestIn(suite, {}, '--verbose', '--runInBand');
  expect({ code, told: text.includes('no test file covers') }).toEqual({ code: 0, told: false });
  const reason = 'neither an example nor a schema says what it answers';
  expect(text).toContain(`skipped orders/undocumented (${reason})`);
  const junit = parseXml(readFileSync(join(suite, 'reports/junit.xml'), 'utf8'));
  const skipped = elements(junit, 'testcase').filter((one) => elements(one, 'skipped').length > 0);
  expect(skipped.map(({ attributes }) => attributes.name)).toEqual(
    expect.arrayContaining([`bare/nothing-known (${reason})`, `orders/undocumented (${reason})`]),
  );
  const read = () => JSON.parse(readFileSync(join(suite, 'reports/report.json'), 'utf8')) as Report;
  const { verdict, requests } = read();
  expect(verdict).toBe('healthy');
  const rows = (all: Report['requests']) => all.map(({ key, outcome, runner }) => [key, outcome, runner]);
  await cli(suite, 'run', '--runner', 'both');
  expect(rows(requests)).toEqual(rows(read().requests));
});

test('a run in Jest of which nothing is sent is no pass, and its report says why', async () => {
  const bare = {
    ...SHOP,
    item: [{ name: 'Nothing known', request: { method: 'GET', url: '{{baseUrl}}/bare' } }],
  };
  writeFileSync(join(folder, 'nothing.json'), JSON.stringify(bare));
  const suite = await newSuite('nothing.json');
  const { code, text } = await jestIn(suite, {}, '--verbose', '--runInBand');
  expect(code).toBe(2);
  expect(text).toContain('driftgate: could not be tested: neither an example nor a schema');
  const report = JSON.parse(readFileSync(join(suite, 'reports/report.json'), 'utf8')) as Report;
  expect(report).toMatchObject({ verdict: 'incomplete', summary: { requests: 2, skipped: 2 } });
});

test('in Jest, a test file that dies on load is in the JUnit report', async () => {
  const suite = await newSuite('shop.json');
  writeFileSync(join(suite, 'tests/contract/dies.test.js'), "throw new Error('on load');\n");
  const { code } = await jestIn(suite, {}, '--verbose', '--runInBand');
  expect(code).toBe(2);
  const junit = parseXml(readFileSync(join(suite, 'reports/junit.xml'), 'utf8'));
  const [died, ...more] = elements(junit, 'testcase').filter((test) => elements(test, 'error').length > 0);
  expect(more).toEqual([]);
  expect(JSON.stringify(died)).toMatch(/on load/);
  expect(junit.attributes.errors).toBe('1');
});

test('what a run creates is said, with what removes it where the collection plainly has it', async () => {
  const orders = [
    {
      name: 'Order',
      request: { method: 'POST', url: '{{baseUrl}}/orders' },
      response: [response('Made', 201, { id: 'o-1' })],
    },
    {
      name: 'Cancel',
      request: { method: 'DELETE', url: '{{baseUrl}}/orders/{{order_id}}' },
      response: [response('Gone', 200, {})],
    },
    {
      name: 'Complain',
      request: { method: 'POST', url: '{{baseUrl}}/complaints' },
      response: [response('Made', 201, {})],
    },
  ];
  writeFileSync(join(folder, 'orders.json'), JSON.stringify({ info: SHOP.info, item: orders }));
  const { code, out } = await cli(folder, 'init', 'orders.json', '--dir', 'orders');
  expect({ code, out }).toMatchObject({ code: 0 });
  expect(out).toContain('read them:\n  what order creates is removed by cancel\n');
  expect(out.replace(/\s+/g, ' ')).toContain(
    'What these create may stay in the environment: "cleanup" in driftgate.config.json says what removes it complain',
  );
  // What is there already was somebody's decision; what has no clean-up may stay as before.
  const init = async () =>
    (await cli(folder, 'init', 'orders.json', '--dir', 'orders')).out.replace(/\s+/g, ' ');
  const again = await init();
  expect(again).not.toContain('is removed by');
  expect(again).toContain('driftgate.config.json says what removes it complain Corner Shop:');
  const file = join(folder, 'orders/driftgate.config.json');
  const config = readFileSync(file, 'utf8');
  const edit = (requests: object) => writeFileSync(file, JSON.stringify({ ...JSON.parse(config), requests }));
  edit({ complain: { cleanup: { request: 'cancel' } } });
  expect(await init()).toContain('driftgate.config.json says what removes it order Corner Shop:');
  edit({ '*': { cleanup: { request: 'cancel' } } });
  expect(await init()).not.toContain('may stay');
  // What is wrong with a configuration, a run tells.
  edit({ order: { cleanup: 'cancel' } });
  expect(await init()).not.toContain('may stay');
  writeFileSync(file, config);
  const alone = await cli(join(folder, 'orders'), 'run', '--only', 'order');
  expect(alone).toMatchObject({ code: 0, out: expect.stringMatching(/typed {2}200 .* cancel \(clean-up\)/) });
});

describe('captures that the examples speak for', () => {
  const body = (code: number, text: unknown, ...header: { key: string; value: string }[]) => ({
    ...response('ok', code, text),
    header: [{ key: 'Content-Type', value: 'application/json' }, ...header],
  });
  const CART = {
    info: SHOP.info,
    item: [
      {
        name: 'Log in',
        request: { method: 'POST', url: '{{baseUrl}}/login' },
        response: [
          body(
            200,
            { access_token: 'mock-T0KEN' },
            { key: 'X-Session-Id', value: 's-1' },
            { key: 'Set-Cookie', value: 'csrf_token=c-1; Path=/' },
          ),
        ],
      },
      {
        name: 'Make cart',
        request: {
          method: 'POST',
          url: '{{baseUrl}}/carts?session={{session_id}}&csrf={{csrf_token}}',
          header: [{ key: 'Authorization', value: 'Bearer {{token}}' }],
        },
        response: [body(201, { data: { id: 41 } })],
      },
      {
        name: 'Get cart',
        request: { method: 'GET', url: '{{baseUrl}}/carts/{{cart_id}}?shop={{shop_code}}' },
        response: [body(200, { id: 41 })],
      },
    ],
  };
  const suite = join(folder, 'cart');

  test('are written and said, and the suite passes by both runners', async () => {
    writeFileSync(join(folder, 'cart.json'), JSON.stringify(CART));
    const { code, out } = await cli(folder, 'init', 'cart.json', '--dir', 'cart');
    expect({ code, out }).toMatchObject({ code: 0 });
    expect(out).toContain(
      [
        '4 captures that the examples speak for, in driftgate.config.json; read them:',
        '  {{session_id}} from the header X-Session-Id of log-in: its 200 example has it',
        '  {{csrf_token}} from the cookie csrf_token of log-in: its 200 example has it',
        '  {{token}} from the pointer /access_token of log-in: its 200 example has it',
        '  {{cart_id}} from the pointer /data/id of make-cart: its 201 example has it',
      ].join('\n'),
    );
    const files = filesIn(suite);
    expect(JSON.parse(files['driftgate.config.json'] ?? '')).toMatchObject({
      captures: {
        'log-in': {
          token: { pointer: '/access_token' },
          session_id: { header: 'X-Session-Id' },
          csrf_token: { cookie: 'csrf_token' },
        },
        'make-cart': { cart_id: { pointer: '/data/id' } },
      },
    });
    // The environment has to give what is left.
    expect(files['.env.example']?.match(/^\w+=$/gm)).toEqual(['baseUrl=', 'shop_code=']);
    expect(files['.env.example']).toContain('# cart_id: captured from make-cart\n');
    const ran = await cli(suite, 'run', '--runner', 'both');
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('6 requests  6 passed') });
  });

  test('are not said again where a configuration is there; lint says what it could have', async () => {
    const again = await cli(folder, 'init', 'cart.json', '--dir', 'cart');
    expect(again.out).not.toContain('captures that');
    expect((await cli(suite, 'lint')).out).not.toContain('hint');
    const file = join(suite, 'driftgate.config.json');
    const config = JSON.parse(readFileSync(file, 'utf8')) as { captures: Record<string, object> };
    delete config.captures['make-cart'];
    writeFileSync(file, JSON.stringify(config));
    const linted = await cli(suite, 'lint');
    expect(linted).toEqual({
      code: 0,
      out: expect.stringMatching(
        /· no-capture +make-cart: yields \{\{cart_id\}\}: .*add\s+\{"cart_id":\{"pointer":"\/data\/id"\}\}.*\n.*, 1 hint in 3 requests/,
      ),
    });
    const json = JSON.parse((await cli(suite, 'lint', '--json')).out) as object[];
    expect(json).toContainEqual(
      expect.objectContaining({
        rule: 'no-capture',
        level: 'hint',
        captures: { 'make-cart': { cart_id: { pointer: '/data/id' } } },
      }),
    );
  });
});

test('another text of the collection is not the pin, and what takes it is said', async () => {
  await cli(folder, 'init', 'shop.json', '--dir', 'pinned');
  const again = async (source: string) =>
    (await cli(folder, 'init', source, '--dir', 'pinned')).out.replace(/\s+/g, ' ');
  expect(await again('shop.json')).not.toContain('driftgate pull');
  writeFileSync(join(folder, 'new shop.json'), JSON.stringify({ ...SHOP, item: SHOP.item.slice(0, 1) }));
  expect(await again('new shop.json')).toContain(
    "the pin is of another text and stays; `npx driftgate pull '../new shop.json'` takes the new one",
  );
  const { code } = await cli(join(folder, 'pinned'), 'pull', '../new shop.json');
  expect({ code, out: await again('new shop.json') }).toEqual({
    code: 0,
    out: expect.not.stringContaining('driftgate pull'),
  });
});

test('another collection does not go into the same folder', async () => {
  writeFileSync(join(folder, 'other.json'), JSON.stringify({ ...SHOP, info: { name: 'Other' } }));
  const { code, out } = await cli(folder, 'init', 'other.json', '--dir', 'suite');
  expect({ code, out }).toEqual({
    code: 2,
    out: expect.stringMatching(/^driftgate: here is a suite of .*corner-shop/),
  });
});

const CORPUS = join(ROOT, '../shared/corpus');
const documents = existsSync(CORPUS) ? readdirSync(CORPUS).filter((name) => name.endsWith('.json')) : [];
if (documents.length === 0) {
  test('there is no corpus of real collections here: none goes through init, mock and run', () => {
    expect(existsSync(CORPUS)).toBe(false);
  });
} else {
  test.each(documents)('%s goes through init and run, and its examples hold', async (name) => {
    const directory = join(folder, `corpus-${documents.indexOf(name)}`);
    const made = await cli(folder, 'init', join(CORPUS, name), '--dir', directory, '--name', 'it');
    if (made.code !== 0) {
      expect(made.out).toMatch(/not JSON: .*:\d+:\d+/s);
      return;
    }
    const { code, out } = await cli(directory, 'run');
    const report = join(directory, 'reports/report.json');
    // Without any example there is nothing that could be held, and files of bodies are not in a collection.
    if (!existsSync(report)) {
      expect({ code, out }).toEqual({
        code: 2,
        out: expect.stringMatching(/neither an example nor a schema|of its body is not in the project/),
      });
      return;
    }
    const { summary } = JSON.parse(readFileSync(report, 'utf8')) as { summary: object };
    expect(summary).toMatchObject({ breaking: 0, down: 0 });
  });
}
