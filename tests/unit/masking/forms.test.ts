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

test('a lone surrogate is no reason to fail', () => {
  const masker = new Masker();
  masker.add('v', 'ab\ud800cd');
  expect(masker.text('x ab\ud800cd y')).toBe('x {{v}} y');
});
