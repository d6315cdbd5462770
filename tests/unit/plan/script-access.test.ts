import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCollection } from '../../../src/collection/load';
import { mergeAccess, scriptAccess } from '../../../src/plan/script-access';
import { NOTHING, READABLE, UNREADABLE } from './scripts';

test.each(READABLE)('reads %j', (source, touches) => {
  expect(scriptAccess(source)).toEqual({ ...NOTHING, ...touches });
});

test.each(UNREADABLE)('cannot read %j', (source, reason) => {
  expect(scriptAccess(source).unreadable).toContain(reason);
});

test('what is recognised is kept where the rest cannot be read', () => {
  const source = 'pm.environment.set("a", pm.globals.get("b")); pm.environment.unset(responseBody)';
  expect(scriptAccess(source)).toMatchObject({ reads: ['b'], sets: ['a'], unreadable: expect.any(String) });
});

test('a syntax error says where', () => {
  expect(scriptAccess('let a;\nlet a;').unreadable).toBe(
    "a syntax error: Identifier 'a' has already been declared in line 2",
  );
});

test.each([
  ['brackets', `${'('.repeat(50_000)}${')'.repeat(50_000)}`],
  ['a sum', `x${'+x'.repeat(50_000)}`],
  ['arrays', `${'['.repeat(2_000)}${']'.repeat(2_000)}`],
])('%s too deep for the stack are an answer, not the end', (_what, source) => {
  expect(scriptAccess(source)).toEqual(expect.objectContaining({ writes: [] }));
});

test.each([
  ['long scripts', 'console.log(1); j = 1; pm.environment.set("a", j);\n'.repeat(10_000)],
  ['chained calls', `pm.expect(1)${'.a().b'.repeat(400)}`],
  ['chained arrows', `pm${'.test("t", () => pm.expect(1))'.repeat(400)}`],
  [
    'constants of constants',
    `const a0 = "x";${Array.from({ length: 200 }, (_, at) => `const a${at + 1} = a${at} + a${at};`).join('')} pm.environment.get(a9)`,
  ],
  [
    'functions of functions',
    Array.from({ length: 300 }, (_, at) => `function f${at}(n) { f${at + 1}(n); f${at + 1}(n); }`).join(''),
  ],
  [
    'aliases of aliases',
    Array.from({ length: 60 }, (_, at) => `e${at} = e${at + 1};`).reduce(
      (all, one) => `let ${one.slice(0, 3).trim().replace(/ ?=$/, '')};${all}${one}`,
      '',
    ),
  ],
])(
  '%s are read in no time',
  (_what, source) => {
    const start = performance.now();
    scriptAccess(source);
    expect(performance.now() - start).toBeLessThan(20_000);
  },
  60_000,
);

test('one text is read once', () => {
  const source = 'pm.environment.get("once")';
  expect(scriptAccess(source)).toBe(scriptAccess(source));
});

test('scripts of one request are merged, and none is null', () => {
  const sources = [
    'pm.environment.set("a", pm.globals.get("b"))',
    'pm.globals.unset("a"); pm.cookies',
    'utils()',
    'x()',
  ];
  expect(mergeAccess(sources.map(scriptAccess))).toEqual({
    reads: ['b'],
    writes: ['a'],
    sets: ['a'],
    steers: false,
    isolated: false,
    seesRequest: true,
    unreadable: 'utils is declared nowhere, and may come from another script',
  });
  expect(mergeAccess([])).toBeNull();
});

/** Real collections of others, which are not ours to copy: read where somebody has put them. */
const CORPUS = join(__dirname, '../../../../shared/corpus');
/** No reader can tell what is chosen, or is even code, only at run time. */
const HOPELESS = /runs text|made at run time|a syntax error/;

test('real scripts are read, where it is not the run that decides what they touch', () => {
  const files = existsSync(CORPUS) ? readdirSync(CORPUS).filter((name) => name.endsWith('.json')) : [];
  const texts = files.flatMap((file) => {
    const text = readFileSync(join(CORPUS, file), 'utf8').replace(/^\uFEFF/, '');
    return isJson(text) ? loadCollection(JSON.parse(text), file, 'corpus').requests : [];
  });
  const scripts = [...new Set(texts.flatMap((request) => request.scripts.map(({ source }) => source)))];
  const reasons = new Map<string, number>();
  for (const source of scripts) {
    const reason = scriptAccess(source).unreadable?.replace(/ in line .*/, '') ?? 'read';
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const table = [...reasons].sort(([, one], [, other]) => other - one);
  console.log(`${scripts.length} scripts of ${files.length} real collections`, Object.fromEntries(table));
  expect(table.filter(([reason]) => reason !== 'read' && !HOPELESS.test(reason))).toEqual([]);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
