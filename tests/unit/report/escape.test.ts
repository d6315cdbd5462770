import { escapeHtml, visible } from '../../../src/report/escape';

describe('visible', () => {
  test.each([
    ['plain text stays', 'Grüße, 世界, שלום 😀', 'Grüße, 世界, שלום 😀'],
    ['a presentation selector behind its emoji stays', '⚠\ufe0f', '⚠\ufe0f'],
    ['a presentation selector elsewhere', 'a\ufe0f', 'a\\ufe0f'],
    ['NUL, tab and line breaks', '\0\t\r\n', '\\x00\\x09\\x0d\\x0a'],
    ['ANSI escapes, both forms', '\u001b[31m\u009b0m', '\\x1b[31m\\x9b0m'],
    ['DEL and C1', '\u007f\u0085', '\\x7f\\x85'],
    ['bidirectional controls', '\u202eabc\u202c\u2066\u061c', '\\u202eabc\\u202c\\u2066\\u061c'],
    ['zero-width characters', 'a\u200bb\u200dc\u2060d\ufeff', 'a\\u200bb\\u200dc\\u2060d\\ufeff'],
    ['blank letters and soft hyphens', '\u3164\u115f\u00ad', '\\u3164\\u115f\\xad'],
    ['separators', '\u2028\u2029', '\\u2028\\u2029'],
    ['lone surrogates', '\ud800a\udfff', '\\ud800a\\udfff'],
    ['tags beyond the first plane', '\u{e0041}', '\\u{e0041}'],
    ['noncharacters', '\uffff\ufdd0', '\\uffff\\ufdd0'],
  ])('%s', (_, given, want) => {
    expect(visible(given)).toBe(want);
    expect(visible(want)).toBe(want);
  });
});

test('escapeHtml leaves nothing that ends an element, an attribute or a text', () => {
  expect(escapeHtml(`<a href="x" title='y'>&\`\u202e`)).toBe(
    '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&#96;\\u202e',
  );
});
