import type { ExchangeFailure } from '../../../src/exchange/exchange';
import { failureOf } from '../../../src/exchange/failure';
import type { PlannedRequest } from '../../../src/plan/plan';
import { SkipBook } from '../../../src/runner/skips';
import { VariableScope } from '../../../src/variables/scope';
import { exchangeOf, item, load, plannedOf, responseOf } from '../collections';

const collection = load(['login', 'again', 'use', 'later'].map((name) => item(name)));
function planned(key: string, more: Partial<PlannedRequest> = {}): PlannedRequest {
  const request = collection.requests.find((one) => one.key === key);
  if (request === undefined) throw new Error(`no request ${key}`);
  return plannedOf(request, more);
}

const login = planned('login', { yields: ['token'] });
const use = planned('use', { needs: ['token'] });
const after = planned('later', { after: ['login'] });
const ORIGIN = 'https://api.example.test';
const URL_OF_USE = new URL(`${ORIGIN}/use`);
const scope = new VariableScope({});

const failed = (code: string, url = `${ORIGIN}/login`) =>
  exchangeOf({ response: null, failure: failure(code), sent: { method: 'GET', url, headers: [], body: '' } });
const exchangeAt = () => exchangeOf({ sent: { method: 'GET', url: `${ORIGIN}/a`, headers: [], body: '' } });
const failure = (code: string): ExchangeFailure => failureOf({ code, message: 'it broke' });
const DOWN = { cause: 'origin-down', text: `${ORIGIN} is down (ECONNREFUSED)`, origin: ORIGIN };

describe('a request whose variable', () => {
  const missing = { cause: 'prerequisite', text: 'needs {{token}}, which login did not yield' };

  test('was yielded is sent', () => {
    const book = new SkipBook([login, use]);
    book.sent('login', exchangeOf());
    expect(book.reasonFor(use, new VariableScope({ token: '' }), URL_OF_USE)).toBeNull();
  });

  test.each<[given: string, exchange: ReturnType<typeof exchangeOf>]>([
    ['was not in the response', exchangeOf()],
    [
      'did not come, because the request was refused',
      exchangeOf({ response: responseOf('{}', { status: 401 }) }),
    ],
    ['did not come, because the connection broke', failed('ECONNRESET')],
    ['did not come in time', failed('ETIMEDOUT')],
  ])('%s is skipped', (_case, exchange) => {
    const book = new SkipBook([login, use]);
    book.sent('login', exchange);
    expect(book.reasonFor(use, scope)).toEqual(missing);
  });

  test('nothing was to yield is not ours to skip', () => {
    expect(new SkipBook([use]).reasonFor(use, scope)).toBeNull();
    expect(new SkipBook([login, use]).reasonFor(use, scope)).toBeNull();
  });

  test('several yield names the last of them that ran', () => {
    const again = planned('again', { yields: ['token'] });
    const book = new SkipBook([login, again, use]);
    book.sent('login', exchangeOf());
    expect(book.reasonFor(use, scope)?.text).toContain('which login did not yield');
    book.sent('again', exchangeOf());
    expect(book.reasonFor(use, scope)?.text).toContain('which again did not yield');
  });
});

describe('a request that runs after another', () => {
  const reason = { cause: 'prerequisite', text: 'runs only after login, which did not succeed' };

  test('is sent where that one was answered, or is not in the plan', () => {
    const book = new SkipBook([login, after]);
    expect(book.reasonFor(after, scope)).toBeNull();
    book.sent('login', exchangeOf());
    expect(book.reasonFor(after, scope)).toBeNull();
  });

  test('is skipped where that one broke or was skipped', () => {
    const broken = new SkipBook([login, after]);
    broken.sent('login', failed('ECONNRESET'));
    expect(broken.reasonFor(after, scope)).toEqual(reason);
    const skipped = new SkipBook([login, after]);
    skipped.skipped('login', { cause: 'selection', text: 'lacking' });
    expect(skipped.reasonFor(after, scope)).toEqual(reason);
  });
});

describe('an origin that is down', () => {
  const book = new SkipBook([login, use, after]);
  book.sent('login', failed('ECONNREFUSED'));

  test.each<[given: string, one: PlannedRequest, url: URL | undefined]>([
    ['what goes there', planned('again'), URL_OF_USE],
    ['what needed a variable from there', use, undefined],
    ['what runs after', after, undefined],
  ])('is the one reason for %s', (_case, one, url) => {
    expect(book.reasonFor(one, scope, url)).toEqual(DOWN);
  });

  test.each(['https://other.example.test/x', 'https://api.example.test:8443/x', 'http://api.example.test/x'])(
    'is no reason for %s',
    (url) => {
      expect(book.reasonFor(planned('again'), scope, new URL(url))).toBeNull();
    },
  );

  test('stays the reason through a chain of skipped requests', () => {
    const chain = planned('later', { needs: ['next'] });
    const middle = planned('use', { needs: ['token'], yields: ['next'] });
    const long = new SkipBook([login, middle, chain]);
    long.sent('login', failed('ECONNREFUSED'));
    const reason = long.reasonFor(middle, scope);
    expect(reason).toEqual(DOWN);
    if (reason !== null) long.skipped('use', reason);
    expect(long.reasonFor(chain, scope)).toEqual(DOWN);
  });

  test('is not declared by a fault of one request', () => {
    const broken = new SkipBook([login, use]);
    broken.sent('login', failed('ECONNRESET'));
    expect(broken.reasonFor(planned('again'), scope, URL_OF_USE)).toBeNull();
  });
});

describe('an origin that hangs', () => {
  const hang = { cause: 'origin-down', text: `${ORIGIN} is down (ETIMEDOUT)`, origin: ORIGIN };
  const TIMEOUT = () => failed('ETIMEDOUT');

  test.each<[given: string, exchanges: ReturnType<typeof exchangeOf>[], reason: object | null]>([
    ['after three timeouts in a row', [TIMEOUT(), TIMEOUT(), TIMEOUT()], hang],
    ['not after two', [TIMEOUT(), TIMEOUT()], null],
    [
      'not where it was another fault between them',
      [TIMEOUT(), TIMEOUT(), failed('ECONNRESET'), TIMEOUT()],
      null,
    ],
    ['but again after three more', [failed('ECONNRESET'), TIMEOUT(), TIMEOUT(), TIMEOUT()], hang],
    ['not where it has answered before', [exchangeAt(), TIMEOUT(), TIMEOUT(), TIMEOUT()], null],
    ['no more once it answers, however late', [TIMEOUT(), TIMEOUT(), TIMEOUT(), exchangeAt()], null],
    [
      'not for what another origin does',
      [TIMEOUT(), TIMEOUT(), failed('ETIMEDOUT', 'https://other.example.test/x')],
      null,
    ],
  ])('%s', (_case, exchanges, reason) => {
    const book = new SkipBook([login, use]);
    for (const exchange of exchanges) book.sent('again', exchange);
    expect(book.reasonFor(planned('later'), scope, URL_OF_USE)).toEqual(reason);
  });

  test('is the reason for what needed one of its answers', () => {
    const book = new SkipBook([login, use]);
    for (const key of ['again', 'later', 'login']) book.sent(key, TIMEOUT());
    expect(book.reasonFor(use, scope)).toEqual(hang);
  });
});

test('two origins that are down are two reasons', () => {
  const other = 'https://other.example.test';
  const book = new SkipBook([login]);
  book.sent('login', failed('ECONNREFUSED'));
  book.sent('again', failed('ENOTFOUND', `${other}/x`));
  expect(book.reasonFor(planned('later'), scope, URL_OF_USE)?.text).toBe(`${ORIGIN} is down (ECONNREFUSED)`);
  expect(book.reasonFor(planned('later'), scope, new URL(`${other}/y`))?.text).toBe(
    `${other} is down (ENOTFOUND)`,
  );
});

test('what the selection lacks comes first', () => {
  const book = new SkipBook([login]);
  book.sent('login', failed('ECONNREFUSED'));
  const lacking = planned('use', {
    needs: ['token'],
    lacking: { cause: 'selection', text: 'needs what only login yields' },
  });
  expect(book.reasonFor(lacking, scope, URL_OF_USE)).toEqual({
    cause: 'selection',
    text: 'needs what only login yields',
  });
});
