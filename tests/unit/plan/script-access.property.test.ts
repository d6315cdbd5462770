// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts of scripts.
import fc from 'fast-check';
import { LIBRARIES } from '../../../src/plan/script/sandbox';
import { scriptAccess } from '../../../src/plan/script-access';
import { type Deeds, Witness } from './script-run';
import { READABLE, UNREADABLE } from './scripts';

/** What the reader says is held against what Postman's own sandbox does. */
const witness = new Witness();
let untouched = '';
beforeAll(async () => {
  await witness.open();
  untouched = (await witness.run('', {})).request;
});
afterAll(() => witness.close());

const VARIABLES = { a: '1', b: '2', ab: '3', x: '4', o: { x: 1, y: { z: 1 } }, l: [{ x: {} }, { x: 2 }] };

const OTHER_REQUEST = { method: 'PUT', url: 'http://y.test/?q=1', body: { mode: 'raw', raw: 'b' } };

/** Runs a script, and again with other values of all that it does not read. */
async function hold(source: string): Promise<Deeds> {
  const { reads, writes, sets, steers, isolated, seesRequest, unreadable } = scriptAccess(source);
  const deeds = await witness.run(source, VARIABLES);
  if (unreadable !== null) return deeds;
  const unforeseen = deeds.written.filter((name) => !writes.includes(name));
  expect({ source, unforeseen }).toEqual({ source, unforeseen: [] });
  expect(writes).toEqual(expect.arrayContaining([...sets]));
  if (deeds.steered) expect({ source, steers }).toEqual({ source, steers: true });
  if (deeds.request !== untouched) expect({ source, seesRequest }).toEqual({ source, seesRequest: true });
  if (deeds.sent) expect({ source, isolated }).toEqual({ source, isolated: false });
  const others = Object.fromEntries(
    Object.entries(VARIABLES).map(([name, value]) => [name, reads.includes(name) ? value : 'other']),
  );
  if (/Date|random|uuid|moment|console/.test(source)) return deeds;
  const again = await witness.run(source, others, seesRequest ? undefined : OTHER_REQUEST);
  expect({ source, seen: again.seen }).toEqual({ source, seen: deeds.seen });
  return deeds;
}

test.each(READABLE)('%j touches what was read', async (source) => {
  await hold(source);
});

/** They spoil the sandbox for those that come after them, or reject what nobody in it hears. */
const SPOILS = /prototype|JSON\.parse|mixin|isVariableScope|require =|import/;

test('the ways out of sight are real ones: most of them do write', async () => {
  const written: string[] = [];
  for (const [source] of UNREADABLE.filter(([one]) => !SPOILS.test(one))) {
    if ((await hold(source)).written.length > 0) written.push(source);
  }
  expect(written.length).toBeGreaterThan(40);
}, 60_000);

test('nothing that counts as harmless leads to what holds variables', async () => {
  const { seen } = await witness.run(WALK, VARIABLES);
  expect(seen).toContain('walked far: true');
  expect(seen).toContain('met: none');
});

/** Follows all properties, but not from a function to who called it: that is a name which no script may use. */
const WALK = `
  const roots = { response: pm.response, request: pm.request, info: pm.info, data: pm.iterationData, expect: pm.expect,
    visualizer: pm.visualizer, skip: pm.execution.skipRequest, location: pm.execution.location, tests, legacy: data,
    asked: request, headers: responseHeaders, code: responseCode, console, timer: setTimeout, lodash: _, CryptoJS, tv4,
    xml2Json, Backbone, cheerio, Buffer, JSON, Object, Array, Promise, Math, Date, assertion: pm.expect(1) };
  for (const name of ${JSON.stringify([...LIBRARIES])}) roots[name] = require(name);
  const held = [pm, pm.environment, pm.globals, pm.collectionVariables, pm.variables, postman, environment, globals];
  const forbidden = new Map(held.flatMap((one, at) => [[one, at], ...(one.values ? [[one.values, at + ' values']] : [])]));
  const met = [];
  const known = new Set();
  const open = Object.entries(roots);
  while (open.length > 0) {
    const [path, one] = open.pop();
    if (one === null || (typeof one !== 'object' && typeof one !== 'function')) continue;
    if (forbidden.has(one)) met.push(path + ' is ' + forbidden.get(one));
    if (known.has(one)) continue;
    known.add(one);
    for (const key of Reflect.ownKeys(one)) {
      if (typeof one === 'function' && ['caller', 'arguments'].includes(key)) continue;
      try { open.push([path + '.' + String(key), one[key]]) } catch {}
    }
    open.push([path + '.(parent)', Object.getPrototypeOf(one)]);
  }
  pm.test('walked far: ' + (known.size > 5000));
  pm.test('met: ' + (met.join() || 'none'));
`;

/** Mostly ways that can be read, now and then one that cannot. */
const mostly = (plain: readonly string[], hostile: readonly string[]) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...plain) },
    { weight: 1, arbitrary: fc.constantFrom(...hostile) },
  );

/** Declarations that the steps use, each of a name once, or that take a name of the sandbox. */
const before = fc.tuple(
  mostly(
    [
      'const env = pm.environment;',
      'let env = pm.globals; if (pm.response.code === 1) env = pm.variables;',
      'var env = pm.environment, environment = { a: 1 };',
      'const { environment: env } = pm;',
      'var env; ({ environment: env } = pm);',
    ],
    ['const [env] = [pm.environment];', 'function env() { return pm.environment }'],
  ),
  mostly(
    ['const N = "a";', 'var N = "x";', 'let N = "a"; if (pm.response.code === 200) N = "b";'],
    ['let N = "a"; N += "b";', 'var N; N = pm.response.json().a;'],
  ),
  mostly(
    [
      'const keep = (name, value) => pm.environment.set(name, value);',
      'function keep(name) { pm.globals.unset(name) }',
    ],
    ['function keep(name) { arguments[0] = "o"; pm.globals.unset(name) }', 'var keep = pm.environment.set;'],
  ),
  mostly(
    ['const names = ["a", "x"];', 'const names = ["b"];'],
    ['const names = ["a"]; names.push("x");', 'let names = ["a"]; names = ["b"];'],
  ),
  fc.constantFrom(
    '',
    '',
    '{ function pm() {} }',
    '{ let pm = 1; }',
    'var data = { a: "b" };',
    '(function pm() {});',
  ),
);
const scope = mostly(
  [
    'pm.environment',
    'pm["globals"]',
    'pm?.collectionVariables',
    '(0, pm.variables)',
    '(pm.response.code ? pm.environment : pm.globals)',
    '(pm.environment || null)',
    'env',
    'pm.test("t").environment',
  ],
  [
    'environment',
    '[pm.environment][0]',
    '({ env: pm.environment }).env',
    '(() => pm.environment)()',
    'this.pm.environment',
    'pm[["environment"].join()]',
  ],
);
const method = mostly(
  ['.set', '["set"]', '?.set', '["se" + "t"]', '.unset', '.get', '.has'],
  ['[["set"].join()]', '.clear', '.set.bind(pm.environment)'],
);
const name = mostly(
  ['"a"', "'b'", '`x`', 'N', '"a" + "b"', 'N || "b"', '`${N}b`', 'pm.response.code ? "x" : N'],
  ['names[0]', 'pm.response.json().a', '...["a"]', 'pm.environment.get("b")', '(N, "a")'],
);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(scope, method, name).map((parts) => `${parts[0]}${parts[1]}(${parts[2]}, 1)`),
  },
  { weight: 1, arbitrary: name.map((one) => `keep(${one}, 2)`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'names.forEach((n) => pm.environment.unset(n))',
      'postman.setEnvironmentVariable("b", environment.a)',
      'pm.environment.get("l").push(1)',
      'pm.environment.get("o").y.z = 2',
      'environment.x = 1',
      'pm.execution.setNextRequest("r")',
      'pm.sendRequest("http://x.test", () => pm.globals.set("b", 1))',
      'pm.globals.replaceIn("{{a}}")',
      'pm.test(pm.request.method + request.url)',
      'pm.test(this.request === undefined ? "none" : String(this.request.url))',
      'pm.request.headers.add({ key: "B", value: "1" })',
      'pm.test(({ ...pm.info }).requestName + JSON.stringify(pm.response.json()) + pm.execution.location.current)',
      'pm.globals.set("b", pm.environment.get("a") + data.a)',
    ),
  },
);
/** Where a step may stand. */
const around = fc.constantFrom<(step: string) => string>(
  (one) => `${one};`,
  (one) => `if (pm.response.code) { ${one} }`,
  (one) => `(function () { ${one} })();`,
  (one) => `(function (pm) { ${one} })({ environment: new Map() });`,
  (one) => `(function (N) { ${one} })("b");`,
  (one) => `pm.test("t", () => { ${one} });`,
  (one) => `pm.test("t", () => ${one});`,
  (one) => `[1, 2].forEach(() => ${one});`,
  (one) => `for (const N of ["a", "x"]) { ${one} }`,
  (one) => `(() => { for (var N of ["a", "x"]) { ${one} } })();`,
  (one) => `try { throw "b" } catch (N) { ${one} }`,
  (one) => `outer: for (;;) { ${one}; break outer }`,
  (one) => `{ class A { static { ${one} } } }`,
  (one) => `({ get x() { return ${one} } }).x;`,
  (one) => `((t) => { ${one} })\`x\`;`,
  (one) => `(function* () { yield ${one} })().next();`,
  (one) => `Promise.resolve().then(() => { ${one} }).catch(() => {});`,
  (one) => `(async () => { await null; ${one} })().catch(() => {});`,
  (one) => `setTimeout(() => { ${one} }, 0);`,
  (one) => `switch (1) { default: ${one} }`,
  (one) => `((x = ${one}) => x)();`,
  (one) => `{ let N = "x"; ${one} }`,
  (one) => `(() => { if (1) { var N = "b"; } ${one}; })();`,
);
const script = fc
  .tuple(before, fc.array(fc.tuple(step, around), { minLength: 1, maxLength: 3 }))
  .map(([first, steps]) => [...first, ...steps.map(([one, place]) => place(one))].join('\n'));

test('whatever is put together, what is written was foreseen', async () => {
  let read = 0;
  let wrote = 0;
  await fc.assert(
    fc.asyncProperty(script, async (source) => {
      const { written } = await hold(source);
      if (scriptAccess(source).unreadable !== null) return;
      read += 1;
      if (written.length > 0) wrote += 1;
    }),
    { numRuns: 400 },
  );
  // Neither is everything refused, nor does what is read do nothing.
  expect(read).toBeGreaterThan(100);
  expect(wrote).toBeGreaterThan(80);
}, 120_000);
