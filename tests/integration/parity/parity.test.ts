import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Parity, type Told } from '../support/parity';
import { ROOT } from '../support/project';
import { BEHAVIOURS, header, item, passes } from './behaviours';
import { ODDITIES, twice } from './oddities';
import { RUNS } from './runs';
import { SCOPES } from './scopes';

// Newman is the oracle: the same requests on the wire, header for header and byte for byte, and the same assertions.
jest.setTimeout(60_000);

const parity = new Parity();
afterAll(() => parity.close());

const VARIABLES = [
  { key: 'v', value: 'vv' },
  { key: 'n', value: '7' },
  { key: 'base', value: 'http://HOST:PORT/v1/' },
  { key: 'nested', value: 'n-{{v}}' },
  { key: ' spaced ', value: 'sp' },
  { key: 'deep', value: 'a/b c?x=1&y=é' },
  { key: 'cv', value: 'plain' },
  { key: 'order', value: '' },
];

test.each(Object.entries(BEHAVIOURS))('%s, and no difference is told', async (name, items) => {
  const document = JSON.stringify({ info: { name }, variable: VARIABLES, item: items });
  const { newman, typed, difference } = await parity.both(document);
  expect(difference).toBeNull();
  expect(typed).toEqual(newman);
  expect(typed.rows.length).toBeGreaterThanOrEqual(1);
  expect(typed.wire.length).toBeGreaterThanOrEqual(1);
});

test.each(Object.entries({ ...RUNS, ...ODDITIES, ...SCOPES }))(
  '%s',
  async (name, { items, more, ...options }) => {
    const document = { info: { name }, variable: VARIABLES, item: items, ...more };
    const { newman, typed } = await parity.run(JSON.stringify(document), options);
    expect(typed).toEqual(newman);
    expect(typed.error).toBeNull();
    expect(typed.wire.length).toBeGreaterThanOrEqual(1);
  },
);

test('what is switched off in a file is used, and allows no host', async () => {
  const values = [
    { key: 'host', value: '{{other}}', enabled: true },
    { key: 'other', value: 'http://127.0.0.2:1', enabled: false },
    { key: 'x', value: 'used', enabled: false },
  ];
  const options = {
    files: { 'env.json': JSON.stringify({ name: 'off', values }) },
    project: { environmentFile: 'env.json' },
  };
  const items = [item('/x?x={{x}}'), { name: 'foreign', request: '{{host}}/y' }];
  const { newman, typed } = await parity.run(JSON.stringify({ info: { name: 'off' }, item: items }), options);
  expect(typed.wire.map(({ line }) => line)).toEqual(['GET /x?x=used']);
  expect(typed.rows).toHaveLength(2);
  expect(typed.rows[1]).toMatchObject({ status: null, reason: expect.stringContaining('127.0.0.2') });
  expect(newman).toEqual(typed);
});

test('more redirects than are followed are no response to a script, and the last of them is one to the contract', async () => {
  const to = encodeURIComponent('/redirect/302?to=/landed');
  const endless = {
    ...item(`/redirect/302?to=${to}`, {}, passes('pm.test(String(pm.response.code), () => {});')),
    protocolProfileBehavior: { maxRedirects: 1 },
  };
  const asked = item(
    '/x',
    {},
    {
      test: "pm.sendRequest(pm.request.url.toString().replace('/x', '/loop'), (error, response) => { pm.test(String(error !== null), () => {}); });",
    },
  );
  const document = JSON.stringify({ info: { name: 'endless' }, item: [endless, asked] });
  const { newman, typed } = await parity.run(document);
  expect(typed.wire).toEqual(newman.wire);
  const assertions = ({ rows }: Told) => rows.map((row) => (row as { assertions: object[] }).assertions);
  expect(assertions(typed)).toEqual(assertions(newman));
  expect(assertions(typed)).toEqual([
    [{ name: 'undefined', passed: true }],
    [{ name: 'true', passed: true }],
  ]);
  expect(typed.rows[0]).toMatchObject({ status: 302 });
});

test('test scripts run also where a request cannot be sent at all', async () => {
  const told = passes('pm.test("told " + typeof pm.response.code, () => {});');
  const items = [
    { ...item('', {}, told), request: { method: 'GET', url: '' } },
    item('/x', header(['X Space', '1']), told),
    item('/x'),
  ];
  const { newman, typed } = await parity.run(JSON.stringify({ info: { name: 'unsendable' }, item: items }));
  expect(typed.wire).toEqual(newman.wire);
  for (const { rows } of [newman, typed]) {
    expect(rows.slice(0, 2)).toEqual(
      [0, 1].map(() =>
        expect.objectContaining({
          status: null,
          reason: expect.any(String),
          assertions: [{ name: 'told undefined', passed: true }],
        }),
      ),
    );
  }
});

test('an address without a scheme is not sent anywhere', async () => {
  const items = [item('/1'), ...twice({ name: 'it', request: { method: 'GET', url: '//HOST:PORT/2' } })];
  const { newman, typed } = await parity.run(JSON.stringify({ info: { name: 'no scheme' }, item: items }));
  expect(typed.wire.map(({ line }) => line)).toEqual(['GET /1']);
  expect(typed.wire).toEqual(newman.wire);
});

test('a request that lacks a variable is not sent, is told of, and the others are sent', async () => {
  const items = [item('/1'), item('/{{nothing}}'), item('/3?x={{nothing}}'), item('/4')];
  const document = { info: { name: 'lacks' }, item: items };
  const { newman, typed } = await parity.run(JSON.stringify(document));
  expect(typed.wire.map(({ line }) => line)).toEqual(['GET /1', 'GET /4']);
  const lacks = expect.objectContaining({ status: null, reason: 'unresolved {{nothing}}' });
  expect(typed.rows).toEqual([expect.objectContaining({ status: 200 }), lacks, lacks, expect.anything()]);
  expect(newman).toEqual(typed);
});

/** Newman sends also what both then call unsendable; so many may be missing, and nothing else. */
function sentBy({ wire, rows }: Told): (sent: Told['wire'][number]) => boolean {
  let at = 0;
  let left = rows.filter((row) => (row as { status: unknown }).status === null).length;
  return (sent) => {
    if (isDeepStrictEqual(sent, wire[at])) {
      at += 1;
      return true;
    }
    left -= 1;
    return left < 0;
  };
}

const CORPUS = join(ROOT, '../shared/corpus');
const documents = existsSync(CORPUS) ? readdirSync(CORPUS).filter((name) => name.endsWith('.json')) : [];
if (documents.length === 0) {
  test('there is no corpus of real collections here: none goes through both runners', () => {
    expect(existsSync(CORPUS)).toBe(false);
  });
} else {
  const MAX_TIMERS = 10;
  let requests = 0;
  const refused: string[] = [];
  test.each(documents)('%s by both runners', async (name) => {
    const document = readFileSync(join(CORPUS, name), 'utf8');
    // One whose scripts wait for minutes by themselves is left out, and said to be.
    if (document.split('setTimeout').length > MAX_TIMERS) {
      refused.push(`${name}: left out, its scripts wait`);
      return;
    }
    const { newman, typed } = await parity.run(document, { target: true, variables: 'all' });
    if (typed.error === null) {
      expect(typed.rows).toEqual(newman.rows);
      expect(typed.wire).toEqual(newman.wire.filter(sentBy(typed)));
    } else {
      // What the typed runner refuses beforehand, Newman has sent by the time it is refused.
      expect(typed.error).toBe(newman.error);
      expect(typed.wire).toEqual(newman.wire.slice(0, typed.wire.length));
    }
    requests += typed.wire.length;
    if (typed.error !== null) refused.push(`${name}: ${typed.error}`);
  });
  afterAll(() => {
    const told = `${requests} requests of ${documents.length} real collections by both runners, the same on the wire`;
    process.stdout.write(`${told}; ${refused.length} left out or refused by both\n${refused.join('\n')}\n`);
  });
}
