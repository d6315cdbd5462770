import { isCredentialName, Masker } from '../../../src/masking/masker';

/** Chosen so that each form is another text: its Base64 has a slash or plus and is padded. */
const SECRET = 'p@ss/w"rd ?ü';

function masker(secrets: Record<string, string>): Masker {
  const made = new Masker();
  for (const [name, value] of Object.entries(secrets)) made.add(name, value);
  return made;
}

const percent = encodeURIComponent(SECRET);
const base64 = Buffer.from(SECRET).toString('base64');

test.each<[given: string, form: string]>([
  ['as it is', SECRET],
  ['URL-encoded', percent],
  ['URL-encoded in lower case', percent.replace(/%../g, (code) => code.toLowerCase())],
  ['encoded only where a URL needs it', encodeURI(SECRET)],
  ['escaped in JSON', JSON.stringify(SECRET).slice(1, -1)],
  ['in Base64', base64],
  ['in Base64 without padding', base64.replace(/=+$/, '')],
  ['in Base64 for URLs', Buffer.from(SECRET).toString('base64url')],
])('a secret is hidden %s', (_case, form) => {
  const text = `?a=1&token=${form}&b=2 ${form}`;
  expect(masker({ token: SECRET }).text(text)).toBe('?a=1&token={{token}}&b=2 {{token}}');
  // The twin: what is not that secret stays.
  const other = text.replaceAll(form, form.replace(/[a-z]/i, '~'));
  expect(masker({ token: SECRET }).text(other)).toBe(other);
});

test('every form above is another text', () => {
  expect(
    new Set([SECRET, percent, encodeURI(SECRET), JSON.stringify(SECRET).slice(1, -1), base64]).size,
  ).toBe(5);
});

test('the pair of Basic authentication is hidden whole', () => {
  const made = new Masker();
  made.addBasicPair('user', 'pass');
  const pair = Buffer.from('user:pass').toString('base64');
  expect(made.text(`Basic ${pair} user pass`)).toBe('Basic [hidden] user pass');
});

test.each(['', 'a', 'abc'])('the short value %j stays, because it occurs everywhere', (value) => {
  expect(masker({ token: value }).text('abcabc')).toBe('abcabc');
});

test('the longest secret is taken first, whatever the order they came in', () => {
  const secrets = { short: 'abcd', long: 'abcdef', longer: 'xabcdefx' };
  const want = '{{longer}} {{long}} {{short}}';
  expect(masker(secrets).text('xabcdefx abcdef abcd')).toBe(want);
  const { short, long, longer } = secrets;
  expect(masker({ longer, long, short }).text('xabcdefx abcdef abcd')).toBe(want);
});

test('a secret that comes later is hidden too, and a value keeps its first name', () => {
  const made = masker({ one: 'secret-1' });
  expect(made.text('secret-1 secret-2')).toBe('{{one}} secret-2');
  made.add('two', 'secret-2');
  made.add('other', 'secret-1');
  expect(made.text('secret-1 secret-2')).toBe('{{one}} {{two}}');
});

test('characters that mean something in a pattern or a replacement mean themselves', () => {
  const made = masker({ $1: 'a.c*[d]$^|\\', plain: 'a(b)c' });
  expect(made.text('a.c*[d]$^|\\ abc*[d]$^|\\ a(b)c')).toBe('{{$1}} abc*[d]$^|\\ {{plain}}');
});

test('a secret without a name is [hidden], and nothing is hidden where nothing is known', () => {
  expect(masker({ '': 'secret' }).text('a secret')).toBe('a [hidden]');
  expect(new Masker().text('a secret')).toBe('a secret');
});

test('deep masks every text, also in names, and keeps all else', () => {
  const given = { 'x-secret': ['secret', 1, null, { deep: 'a secret', not: true }], plain: 'text' };
  const before = structuredClone(given);
  expect(masker({ token: 'secret' }).deep(given)).toEqual({
    'x-{{token}}': ['{{token}}', 1, null, { deep: 'a {{token}}', not: true }],
    plain: 'text',
  });
  expect(given).toEqual(before);
});

test.each<[name: string, isCredential: boolean]>([
  ['Authorization', true],
  ['Proxy-Authorization', true],
  ['Cookie', true],
  ['set-cookie', true],
  ['X-API-Key', true],
  ['api_key', true],
  ['access_token', true],
  ['client_secret', true],
  ['Password', true],
  ['passwd', true],
  ['X-Signature', true],
  ['sessionId', true],
  ['Content-Type', false],
  ['Accept', false],
  ['cookies-accepted', false],
  ['key', false],
  ['author', false],
])('%s carries a credential: %s', (name, isCredential) => {
  expect(isCredentialName(name)).toBe(isCredential);
  expect(masker({ token: 'secret' }).header(name, 'a secret')).toBe(
    isCredential ? '[hidden]' : 'a {{token}}',
  );
});

test.each(['', 'u', 'us', 'use', 'user:'])(
  'inside of a longer text in Base64 nothing of a secret can be read (%s)',
  (before) => {
    const secret = 'CANARYtok-9f8e7d';
    const masker = new Masker();
    masker.add('token', secret);
    for (const after of ['', ':', '::', ' and more']) {
      for (const encoding of ['base64', 'base64url'] as const) {
        const told = masker.text(Buffer.from(before + secret + after).toString(encoding));
        expect(told).toContain('{{token}}');
        expect(
          told
            .split('{{token}}')
            .map((part) => Buffer.from(part, encoding).toString())
            .join(''),
        ).not.toContain('CANARY');
      }
    }
  },
);
