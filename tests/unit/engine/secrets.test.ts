import { maskerFor, secretVariables } from '../../../src/engine/secrets';
import { item, load } from '../collections';

const shop = (oauth2: Record<string, unknown>) =>
  load([item('r', 'https://api.example.test/x', { auth: { type: 'oauth2', oauth2 } })]);

test('what stands in an OAuth 2 block is masked where it is a secret, and readable where it is none', () => {
  const masker = maskerFor(
    shop({
      accessToken: 'written-token',
      clientSecret: 'written-secret',
      privateKey: 'written-key',
      tokenRequestParams: [{ key: 'api_key', value: 'written-extra' }],
      accessTokenUrl: 'https://login.example.test/token',
      addTokenTo: 'header',
      tokenName: 'my-token',
      tokenType: 'Bearer',
      isSecretBase64Encoded: true,
    }),
    { variables: {}, given: [] },
    [],
  );
  const secrets = 'written-token written-secret written-key written-extra';
  expect(masker.text(secrets)).toBe('[hidden] [hidden] [hidden] [hidden]');
  const plain = 'true: the header Bearer of my-token from https://login.example.test/token';
  expect(masker.text(plain)).toBe(plain);
});

test('the variables of an OAuth 2 secret are secret, those of its address are not', () => {
  const oauth2 = {
    clientSecret: '{{s}}',
    password: '{{p}}',
    accessTokenUrl: '{{base}}/token',
    scope: '{{scope}}',
  };
  expect(secretVariables(shop(oauth2)).sort()).toEqual(['p', 's']);
});

test('what is disabled is masked too: a script may list it', () => {
  const disabled = [{ key: 'old', value: 'disabled-token', after: null }];
  const masker = maskerFor(shop({}), { variables: {}, given: [] }, [], { globals: {}, rows: [], disabled });
  expect(masker.text('disabled-token')).not.toContain('disabled-token');
});

describe('where a request goes is shown', () => {
  const textFor = (url: string, values: Record<string, string>, request: Record<string, unknown> = {}) => {
    const environment = { variables: values, given: Object.keys(values) };
    const masker = maskerFor(load([item('r', url, request)]), environment, []);
    return masker.text(Object.values(values).join(' '));
  };

  test.each([
    ['an origin', '{{base}}/x', { base: 'https://api.example.test:8443' }],
    [
      'an origin with a path of words and versions',
      '{{base}}/x',
      { base: 'http://api.example.test/shop-api/v1.2/' },
    ],
    ['a host', 'https://{{host}}/x', { host: 'api.example.test' }],
    ['a host and its port', 'https://{{host}}:{{port}}/x', { host: '127.0.0.1', port: '8443' }],
    ['an address of IPv6', '{{base}}/x', { base: 'http://[::1]:8080' }],
    ['a part of a host', 'https://{{tenant}}.example.test/x', { tenant: 'acme' }],
    [
      'a host by way of another variable',
      '{{base}}/x',
      { base: 'https://{{host}}/v1', host: 'api.example.test' },
    ],
  ])('%s', (_name, url, values) => {
    const addresses = Object.values(values).filter((value) => !value.includes('{{'));
    for (const address of addresses) expect(textFor(url, values)).toContain(address);
  });

  test.each([
    ['has a user', '{{base}}/x', { base: 'https://canary-user:pw@api.example.test' }],
    ['has a query', '{{base}}/x', { base: 'https://api.example.test/v1?k=canary' }],
    ['has a path that may be a key', '{{base}}/x', { base: 'https://api.example.test/T0canary51C7' }],
    [
      'has a path of letters that is too long for a word',
      '{{base}}',
      { base: `http://a.test/canary${'x'.repeat(20)}` },
    ],
    ['is of another protocol', '{{base}}/x', { base: 'ftp://canary.example.test' }],
    ['has the name of a credential', 'https://{{api_token}}.example.test/x', { api_token: 'canary' }],
    [
      'is the user of an address',
      '{{user}}:{{pass}}@api.example.test/x',
      { user: 'canary', pass: 'canary-pw' },
    ],
    ['does not stand in the host', 'https://api.example.test/{{part}}', { part: 'canary.example.test' }],
    [
      'is the value of a secret as well',
      '{{base}}/x',
      { base: 'https://canary.example.test', other: 'https://canary.example.test' },
    ],
  ])('not what %s', (_name, url, values) => {
    expect(textFor(url, values)).not.toContain('canary');
  });

  test('not what a credential is made of', () => {
    const header = [{ key: 'Authorization', value: 'Bearer {{base}}' }];
    expect(textFor('{{base}}/x', { base: 'canary.example.test' }, { header })).not.toContain('canary');
  });
});
