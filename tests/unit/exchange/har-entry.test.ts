import * as fc from 'fast-check';
import type { Exchange } from '../../../src/exchange/exchange';
import { exchangeOf } from '../../../src/exchange/har';
import { harEntry } from '../../../src/exchange/har-entry';
import { Masker } from '../../../src/masking/masker';

const recorder = { key: 'a/b', runner: 'typed', role: 'test' } as const;

function exchange(more: { sent?: object; response?: object } = {}): Exchange {
  return {
    key: 'a/b',
    runner: 'typed',
    sent: { method: 'POST', url: 'http://a.test/x', headers: [], body: '', ...more.sent },
    response: { status: 200, statusText: 'OK', headers: [], body: '', sizeBytes: 0, ...more.response },
    failure: null,
    startedAt: 0,
    durationMs: 1.5,
    attempts: 1,
    assertions: [],
    scriptErrors: [],
  };
}

const bodyOf = (body: string, masker = new Masker()) =>
  (
    harEntry(exchange({ response: { body } }), recorder, masker) as {
      response: { content: { text: string } };
    }
  ).response.content.text;

test.each([
  [
    '{"access_token": "ab12", "n": 12345678901234567890}',
    '{"access_token": "aa11", "n": 12345678901234567890}',
  ],
  ['{"password":"a\\"\\u00e9\\\\","a":1}', '{"password":"aaaa","a":1}'],
  [
    '{"token_type":"Bearer","token_expires_at":"2026-01-01T00:00:00Z"}',
    '{"token_type":"Bearer","token_expires_at":"2026-01-01T00:00:00Z"}',
  ],
  ['{"secret":-0.5e3,"b":[]}', '{"secret":-1.1e1,"b":[]}'],
  ['{"secret":null,"token":{"id":7}}', '{"secret":null,"token":{"id":7}}'],
  ['grant=x&client_secret=S%2B1', 'grant=x&client_secret=A%1A1'],
  ['{"Password":"aaa1"}', '{"Password":"bbb2"}'],
])('credentials of the body %j by their names', (body, want) => {
  expect(bodyOf(body)).toBe(want);
});

test('a secret of the environment keeps the form that a schema asks for', () => {
  const masker = new Masker();
  masker.add('email', 'Ann.9@example.test');
  masker.add('id', '6f1c2d3e-0a1b-4c2d-8e3f-0123456789ab');
  expect(bodyOf('["Ann.9@example.test","6f1c2d3e-0a1b-4c2d-8e3f-0123456789ab"]', masker)).toBe(
    '["Aaa.1@aaaaaaa.aaaa","1a1a1a1a-1a1a-1a1a-1a1a-1111111111aa"]',
  );
});

test('credentials of addresses and headers go by their names too', () => {
  const entry = harEntry(
    exchange({
      sent: {
        url: 'http://u:p@a.test/x?api_key=k-1&q=1#access_token=k-2',
        headers: [
          ['Authorization', 'Bearer k-3'],
          ['Referer', 'http://a.test/?session_id=k-4&b=2'],
        ],
      },
      response: {
        headers: [
          ['Set-Cookie', 'sid=k-5'],
          ['Location', '/y?token=k-6'],
        ],
      },
    }),
    recorder,
    new Masker(),
  );
  expect(JSON.stringify(entry)).not.toMatch(/k-\d|u:p/);
  expect(JSON.stringify(entry)).toContain('q=1#access_token=[hidden]');
  expect(JSON.stringify(entry)).toContain('session_id=[hidden]&b=2');
});

test('no secret is in an entry, wherever it stood, and JSON stays JSON', () => {
  const secret = fc.string({ minLength: 6, unit: 'binary' }).filter((text) => /\w{4}/.test(text));
  fc.assert(
    fc.property(secret, fc.jsonValue(), (text, value) => {
      const masker = new Masker();
      masker.add('the_secret', text);
      const body = JSON.stringify({ value, [`x${text}`]: [text, `a${text}b`] });
      const entry = harEntry(
        exchange({ sent: { body, headers: [['X-A', text]] }, response: { body, statusText: text } }),
        recorder,
        masker,
      );
      const shown = Buffer.from(text).toString();
      expect(JSON.stringify(entry)).not.toContain(JSON.stringify(shown).slice(1, -1));
      expect(() => JSON.parse(bodyOf(body, masker))).not.toThrow();
    }),
  );
});

test('a failure is the same failure when it is read again', () => {
  const failure = {
    kind: 'unreachable',
    code: 'ECONNREFUSED',
    message: 'connect ECONNREFUSED 127.0.0.1:9',
  } as const;
  const { _error: error } = harEntry({ ...exchange(), response: null, failure }, recorder, new Masker()) as {
    _error: string;
  };
  const entry = {
    ...{ index: 0, key: null, own: {}, method: 'GET', url: '', requestHeaders: [], requestBody: '' },
    ...{ response: null, error, startedAt: 0, durationMs: 0 },
  };
  expect(exchangeOf(entry, 'a/b').exchange.failure).toEqual(failure);
});
