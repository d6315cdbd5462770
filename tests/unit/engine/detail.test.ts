import Ajv2020 from 'ajv/dist/2020';
import { detailOf, detailRoom } from '../../../src/engine/detail';
import type { Exchange, Header } from '../../../src/exchange/exchange';
import { Masker } from '../../../src/masking/masker';
import schema from '../../../src/report/report.schema.json';
import { report, row } from '../report/reports';

const SECRET = 'hunter2-hunter2';
const masker = new Masker();
masker.add('api_key', SECRET);

const validate = new Ajv2020({ strict: true, strictTypes: true, strictRequired: false }).compile(schema);

interface Given {
  readonly url?: string;
  readonly headers?: readonly Header[];
  readonly body?: string;
  readonly bytes?: Uint8Array;
  readonly answer?: string | null;
  readonly answered?: readonly Header[];
}

function exchange(given: Given = {}): Exchange {
  const { url = 'https://h.test/', headers = [], body = '', bytes, answer = '', answered = [] } = given;
  return {
    key: 'a/b',
    runner: 'typed',
    sent: { method: 'POST', url, headers, body, ...(bytes !== undefined && { bytes }) },
    response:
      answer === null
        ? null
        : {
            status: 200,
            statusText: 'OK',
            headers: answered,
            body: answer,
            sizeBytes: Buffer.byteLength(answer),
          },
    failure: answer === null ? { kind: 'timeout', code: 'ETIMEDOUT', message: 'no answer' } : null,
    startedAt: 0,
    durationMs: 1,
    attempts: 1,
    assertions: [],
    scriptErrors: [],
  };
}

function detail(given: Given = {}) {
  return detailOf(exchange(given), masker, detailRoom());
}

test('what was sent and received is kept as it was', () => {
  expect(
    detail({
      url: 'https://h.test/a?b=c',
      headers: [['Accept', '*/*']],
      body: '{"a":1}',
      answer: '[]',
      answered: [['ETag', '"x"']],
    }),
  ).toEqual({
    request: {
      method: 'POST',
      url: 'https://h.test/a?b=c',
      headers: [{ name: 'Accept', value: '*/*' }],
      body: { text: '{"a":1}', sizeBytes: 7 },
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: [{ name: 'ETag', value: '"x"' }],
      body: { text: '[]', sizeBytes: 2 },
    },
  });
});

test('without an answer and without bodies there is nothing in their place', () => {
  expect(detail({ answer: null })).toEqual({
    request: { method: 'POST', url: 'https://h.test/', headers: [] },
  });
});

test.each<[string, Given]>([
  ['the address', { url: `https://h.test/${SECRET}?q=${SECRET}` }],
  ['a header of the request', { headers: [['X-Any', `a ${SECRET}`]] }],
  ['the name of a header', { headers: [[SECRET, 'a']] }],
  ['the body of the request', { body: `{"a":"${SECRET}"}` }],
  ['a header of the answer', { answered: [['x-any', SECRET]] }],
  ['the answer', { answer: `{"${SECRET}":"${SECRET}"}` }],
  ['the answer, across the place where it is cut', { answer: `${'x'.repeat(16_384 - 5)}${SECRET}` }],
])('a secret in %s is not in it', (_, given) => {
  const text = JSON.stringify(detail(given));
  for (const part of [SECRET, SECRET.slice(0, 5)]) expect(text).not.toContain(part);
});

test.each<[string, Given, string]>([
  ['a header', { headers: [['Authorization', 'Bearer made-by-the-server']] }, 'made-by-the-server'],
  ['a header of the answer', { answered: [['Set-Cookie', 'sid=made-by-the-server']] }, 'made-by-the-server'],
  ['a property', { answer: '{"access_token" : "made\\"by-the-server"}' }, 'by-the-server'],
  ['a property that is cut', { answer: `{"a":"${'x'.repeat(10)}","access_token":"made-by-the` }, 'made-by'],
  ['a parameter of a form', { body: 'a=1&client_secret=made-by&b=2' }, 'made-by'],
  ['a parameter of the address', { url: 'https://h.test/?a=1&api_key=made-by' }, 'made-by'],
])('what is a credential by its name in %s is not in it', (_, given, credential) => {
  expect(JSON.stringify(detail(given))).not.toContain(credential);
  expect(JSON.stringify(detail(given))).toContain('[hidden]');
});

test('a placeholder of a known secret stays, so that it can be filled in', () => {
  expect(detail({ url: `https://h.test/?api_key=${SECRET}` })?.request.url).toBe(
    'https://h.test/?api_key={{api_key}}',
  );
});

test.each([
  ['letters', 'x'.repeat(20_000), 16_384],
  ['characters of three bytes', '宽'.repeat(10_000), 16_383],
  ['characters of four bytes, off by one', `x${'😀'.repeat(5_000)}`, 16_381],
])('%s are cut at 16 KiB, between two characters', (_, answer, bytes) => {
  const body = detail({ answer })?.response?.body;
  expect(Buffer.byteLength(body?.text ?? '')).toBe(bytes);
  expect(answer.startsWith(body?.text ?? '-')).toBe(true);
  expect(body).toMatchObject({ sizeBytes: Buffer.byteLength(answer), truncated: true });
});

test('a body of 16 KiB is whole', () => {
  expect(detail({ answer: 'x'.repeat(16_384) })?.response?.body).not.toHaveProperty('truncated');
});

test('a body that is no text is told by its size', () => {
  expect(detail({ bytes: new Uint8Array(3), body: '???' })?.request.body).toEqual({
    sizeBytes: 3,
    binary: true,
  });
});

test('the details of one run have an end', () => {
  const room = detailRoom();
  const answer = 'x'.repeat(16_384);
  const kept = Array.from({ length: 1_000 }, () => detailOf(exchange({ answer }), masker, room)).filter(
    Boolean,
  );
  expect(kept.length).toBeGreaterThan(200);
  expect(JSON.stringify(kept).length).toBeLessThan(4_300_000);
});

test('the schema of the report knows it, and its bounds', () => {
  const headers = Array.from({ length: 500 }, (_, at): Header => [`x-${at}`, 'y'.repeat(10_000)]);
  const many = detail({ headers, body: 'a', answer: 'x'.repeat(100_000), answered: headers });
  for (const one of [many, detail({ answer: null }), detail({ bytes: new Uint8Array(2) })]) {
    validate(report('drifted', [{ ...row('a/b'), outcome: 'failed', ...(one !== null && { detail: one }) }]));
    expect(validate.errors ?? []).toEqual([]);
  }
  expect(JSON.stringify(many).length).toBeLessThan(500_000);
});
