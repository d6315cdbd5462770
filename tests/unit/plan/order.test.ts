import { orderOf } from '../../../src/plan/order';
import { planRun } from '../../../src/plan/plan';
import { configOf, item, load, script } from '../collections';

type Json = Record<string, unknown>;
const ORIGIN = 'https://api.example.test';
const get = (name: string, path = name, more: Json = {}): Json => ({
  ...item(name, `${ORIGIN}/${path}`),
  ...more,
});
const post = (name: string, path = name, more: Json = {}): Json => ({
  ...item(name, `${ORIGIN}/${path}`, { method: 'POST' }),
  ...more,
});
const test_ = (source: string): Json => ({ event: [script('test', source)] });

/** `key <- what it waits for`, and `!` where it runs alone. */
function graphOf(items: readonly Json[], config: Json = {}, provided: Record<string, string> = {}): string[] {
  const collection = load(items);
  const plan = planRun(collection, configOf(config), new Map(Object.entries(provided)));
  const steps = orderOf(plan.requests);
  const nameOf = (at: number) => steps[at]?.planned.request.key;
  return steps.map(({ planned, waits, barrier }) =>
    `${planned.request.key}${barrier === null ? '' : '!'} <- ${waits.map(({ at }) => nameOf(at)).join(' ')}`.trimEnd(),
  );
}
const capture = (key: string, name: string) => ({ [key]: { [name]: { pointer: `/${name}` } } });

test('reads wait for the first one alone: it says whether anything answers', () => {
  expect(graphOf([get('a'), get('b'), get('c')])).toEqual(['a <-', 'b <- a', 'c <- a']);
});

test('who needs a variable waits for who yields it', () => {
  const captures = capture('a', 'id');
  expect(graphOf([get('a'), get('b'), get('c', 'c/{{id}}')], { captures })).toEqual([
    'a <-',
    'b <- a',
    'c <- a',
  ]);
  expect(graphOf([get('z'), get('a'), get('b'), get('c', 'c/{{id}}')], { captures })).toEqual([
    'z <-',
    'a <- z',
    'b <- z',
    'c <- a',
  ]);
});

test('who changes a variable waits for those that still use the old value, and for who changed it before', () => {
  const captures = { ...capture('a', 'id'), ...capture('d', 'id') };
  const items = [get('a'), get('b', '{{id}}'), get('c', '{{id}}/x'), get('d'), get('e', 'e/{{id}}')];
  expect(graphOf(items, { captures })).toEqual(['a <-', 'b <- a', 'c <- a', 'd <- b c a', 'e <- d']);
});

test('a write that shares no variable with anything runs alone', () => {
  expect(graphOf([get('a'), get('b'), post('c'), get('d'), get('e')])).toEqual([
    'a <-',
    'b <- a',
    'c! <- a b',
    'd <- c',
    'e <- c',
  ]);
});

test('writes run in order, and the reads of a chain wait for its own writes alone', () => {
  const captures = { ...capture('a', 'x'), ...capture('b', 'y') };
  const items = [
    get('first'),
    post('a'),
    post('b'),
    get('a2', '{{x}}'),
    get('b2', '{{y}}'),
    post('a3', '{{x}}/change'),
    post('b3', '{{y}}/change'),
    get('a4', '{{x}}'),
  ];
  expect(graphOf(items, { captures })).toEqual([
    'first <-',
    'a <- first',
    'b <- a first',
    'a2 <- a',
    'b2 <- b',
    'a3 <- a b a2',
    'b3 <- b a3 b2',
    'a4 <- a a3',
  ]);
});

test('a read that shares no variable waits for every write before, and every write after waits for it', () => {
  const captures = { ...capture('a', 'x'), ...capture('b', 'y') };
  const items = [post('a'), post('b'), get('list'), post('a2', '{{x}}'), post('b2', '{{y}}')];
  expect(graphOf(items, { captures })).toEqual([
    'a <-',
    'b <- a',
    'list <- a b',
    'a2 <- a b list',
    'b2 <- b a2 list',
  ]);
});

test('one variable that all share makes one chain', () => {
  const captures = capture('login', 'token');
  const items = [post('login'), get('a', '{{token}}/a'), post('b', '{{token}}/b'), get('c', '{{token}}/c')];
  expect(graphOf(items, { captures })).toEqual(['login <-', 'a <- login', 'b <- login a', 'c <- login b']);
});

test('a variable that one request alone uses binds it to nothing', () => {
  const items = [get('a'), post('b', 'b', { event: [script('prerequest', 'pm.environment.set("now", 1)')] })];
  expect(graphOf(items)).toEqual(['a <-', 'b! <- a']);
});

test('`after` binds a write to what it is after', () => {
  const requests = { b: { after: ['a'] } };
  expect(graphOf([get('z'), post('a'), post('c'), post('b')], { requests })).toEqual([
    'z <-',
    'a <- z',
    'c! <- z a',
    'b <- c',
  ]);
});

test.each([
  ['that names the next request', 'pm.execution.setNextRequest("b");'],
  ['that cannot be read', 'pm.environment.set(name(), 1);'],
  ['that is broken', 'if ('],
  ['that sends requests itself', 'pm.sendRequest("https://api.example.test/x", () => {});'],
])('a script %s makes its request run alone', (_case, source) => {
  expect(graphOf([get('z'), get('a', 'a', test_(source)), get('b')])).toEqual(['z <-', 'a! <- z', 'b <- a']);
});

test('a script that can be read makes its request wait for no more than it touches', () => {
  const items = [
    get('z'),
    get('a', 'a', test_('pm.environment.set("id", pm.response.json().id);')),
    get('b', 'b', test_('pm.test("ok", () => pm.expect(pm.environment.get("id")).to.eql(1));')),
    get('c', 'c', test_('pm.test("ok", () => pm.response.to.have.status(200));')),
  ];
  expect(graphOf(items)).toEqual(['z <-', 'a <- z', 'b <- a', 'c <- z']);
});

test('thousands of requests are ordered in no time', () => {
  const items = Array.from({ length: 5_000 }, (_, at) => get(`r${at}`, `{{v${at}}}`));
  const captures = Object.assign({}, ...items.map((_, at) => capture(`r${at}`, `v${at + 1}`)));
  const waits = graphOf([get('first', 'x'), ...items], { captures }, { v0: '1' });
  expect(waits.at(-1)).toBe('r4999 <- r4998');
});

test('who is signed with what an auth found out waits for the one before, and for no other auth', () => {
  const digest = { digest: [{ key: 'username', value: 'u' }], type: 'digest' };
  const folder = { name: 'f', auth: digest, item: [get('b'), get('c'), post('d')] };
  const own = { ...item('e', `${ORIGIN}/e`, { auth: digest }) };
  expect(graphOf([get('a'), folder, own])).toEqual([
    'a <-',
    'f/b <- a',
    'f/c <- a f/b',
    'f/d! <- a f/b f/c',
    'e <- f/d',
  ]);
});
