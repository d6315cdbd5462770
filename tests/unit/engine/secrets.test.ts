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
