import { failureOf, isNetworkFault, isOriginDown, timedOut } from '../../../src/exchange/failure';

const withCode = (code: unknown, message = 'it broke') => Object.assign(new Error(message), { code });

test.each<[code: string, kind: string, isDown: boolean, isNetwork: boolean]>([
  ['ECONNREFUSED', 'unreachable', true, true],
  ['ENOTFOUND', 'unreachable', true, true],
  ['EAI_AGAIN', 'unreachable', true, true],
  ['EHOSTUNREACH', 'unreachable', true, true],
  ['ENETUNREACH', 'unreachable', true, true],
  ['ECONNRESET', 'unreachable', false, true],
  ['EPIPE', 'unreachable', false, true],
  ['HPE_INVALID_CONSTANT', 'unreachable', false, true],
  ['ETIMEDOUT', 'timeout', false, true],
  ['ESOCKETTIMEDOUT', 'timeout', false, true],
  ['CERT_HAS_EXPIRED', 'tls-invalid', true, true],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-invalid', true, true],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-invalid', true, true],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-invalid', true, true],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-invalid', true, true],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-invalid', true, true],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-invalid', true, true],
  ['EPROTO', 'tls-invalid', true, true],
  ['ERR_INVALID_URL', 'unreachable', false, false],
  ['ERR_INVALID_CHAR', 'unreachable', false, false],
  ['ERR_HTTP_INVALID_HEADER_VALUE', 'unreachable', false, false],
])('%s is %s; its origin is down: %s; the network did it: %s', (code, kind, isDown, isNetwork) => {
  const failure = failureOf(withCode(code));
  expect(failure).toEqual({ kind, code, message: 'it broke' });
  expect(isOriginDown(failure)).toBe(isDown);
  expect(isNetworkFault(failure)).toBe(isNetwork);
});

test.each<[given: string, error: unknown, message: string]>([
  ['no code', new TypeError('a mistake of ours'), 'a mistake of ours'],
  ['a number as its code', withCode(42), 'it broke'],
  ['text', 'it broke', 'it broke'],
])('an error with %s is unknown, and not the network', (_case, error, message) => {
  const failure = failureOf(error);
  expect(failure).toEqual({ kind: 'unreachable', code: 'UNKNOWN', message });
  expect([isNetworkFault(failure), isOriginDown(failure)]).toEqual([false, false]);
});

test('an error without a message, as of several addresses tried, still says something', () => {
  const error = Object.assign(new AggregateError([new Error('::1'), new Error('127.0.0.1')]), {
    code: 'ECONNREFUSED',
  });
  expect(failureOf(error)).toMatchObject({ kind: 'unreachable', message: 'AggregateError' });
});

test('a request whose time is over is a timeout that says how long it was', () => {
  expect(failureOf(timedOut(250))).toEqual({
    kind: 'timeout',
    code: 'ETIMEDOUT',
    message: 'no complete answer within 250 ms',
  });
});
