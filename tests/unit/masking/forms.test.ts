import { Masker } from '../../../src/masking/masker';
import { buildRequest } from '../../../src/runner/typed/build';
import { VariableScope } from '../../../src/variables/scope';
import { item, requestOf } from '../collections';

const SECRETS = ["it's@home", 'a^b c|d', 'x{y}z"', 'q\\w"e', '`ab`c[d]', 'ü+ß&=?#/x', 'plain-1234'];

test.each(SECRETS)('%s is found in a URL and a form as they are sent', (secret) => {
  const masker = new Masker();
  masker.add('v', secret);
  const body = { mode: 'urlencoded', urlencoded: [{ key: 'f', value: '{{v}}' }] };
  const request = requestOf(item('r', 'https://h.test/p/{{v}}?t={{v}}', { method: 'POST', body }));
  const { sent } = buildRequest(request, new VariableScope({ v: secret.replaceAll('#', '') }), null);
  const clean = new Masker();
  clean.add('v', secret.replaceAll('#', ''));
  for (const text of [sent.url, sent.body, new URL(sent.url).href]) {
    expect(clean.text(text)).toContain('{{v}}');
    expect(clean.text(text)).not.toContain(secret.slice(-4));
  }
  expect(masker.text(`said ${secret}.`)).toBe('said {{v}}.');
});

test.each([
  ['a JSON pointer', (v: string) => v.replaceAll('~', '~0').replaceAll('/', '~1')],
  ['JSON', (v: string) => JSON.stringify(v)],
  ['JSON with slashes escaped', (v: string) => JSON.stringify(v).replaceAll('/', '\\/')],
  ['JSON that is a text in JSON', (v: string) => JSON.stringify(JSON.stringify(v))],
  ['a URL in a URL', (v: string) => encodeURIComponent(encodeURIComponent(v))],
  ['hexadecimal digits', (v: string) => Buffer.from(v).toString('hex')],
])('a secret is found in %s', (_form, write) => {
  for (const secret of [...SECRETS, 'a/b~c"d\\e']) {
    const masker = new Masker();
    masker.add('v', secret);
    expect(masker.text(`said ${write(secret)}.`)).toMatch(/^said \W*\{\{v\}\}\W*\.$/);
  }
});

test('a lone surrogate is no reason to fail', () => {
  const masker = new Masker();
  masker.add('v', 'ab\ud800cd');
  expect(masker.text('x ab\ud800cd y')).toBe('x {{v}} y');
});
