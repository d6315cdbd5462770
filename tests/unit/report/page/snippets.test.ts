import { execFileSync } from 'node:child_process';
import { curl, fetching, restoring, snippetOf } from '../../../../src/report/page/snippets';
import type { ReportDetail } from '../../../../src/report/report';

type Sent = ReportDetail['request'];

function sent(more: Partial<Sent> = {}): Sent {
  return {
    method: 'POST',
    url: 'https://{{core_host}}/v1/{{api_key}}/users?a=1&b=x%20y',
    headers: [
      { name: 'Content-Type', value: 'application/json' },
      { name: 'Authorization', value: '[hidden]' },
      { name: 'Host', value: 'api.example.test' },
    ],
    body: { text: '{"secret":"{{secret}}","n":1}', sizeBytes: 29 },
    ...more,
  };
}

/** What a shell would call, argument by argument. */
function called(command: string, code: string): string[] {
  const script = `${command}() { printf '%s\\0' "$@"; }\n${code}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

const EVIL = [
  "it's",
  '"; touch /tmp/x; "',
  '$(id) `id` $HOME',
  "'; id; '",
  '\\',
  '\\\\"',
  'a\nb',
  '#{id} %s %n',
  '日本語 😀',
];

test.each(EVIL)('curl gives %j to the shell as it is', (evil) => {
  const url = `https://api.example.test/${encodeURIComponent(evil)}`;
  const text = JSON.stringify({ evil });
  const header = evil.includes('\n') ? [] : [{ name: 'X-Evil', value: evil }];
  const code = snippetOf(
    { write: curl },
    sent({ url, headers: header, body: { text, sizeBytes: text.length } }),
  );
  expect(called('curl', code ?? '')).toEqual([
    '--request',
    'POST',
    url.replace(/[!'()*]/g, (character) =>
      character === '!' || character === '*'
        ? character
        : `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
    ...header.flatMap(({ name, value }) => ['--header', `${name}: ${value}`]),
    '--data-raw',
    text,
  ]);
});

test.each(EVIL)('fetch is JavaScript that says %j', async (evil) => {
  const code = snippetOf({ write: fetching }, sent({ body: { text: evil, sizeBytes: 1 } })) ?? '';
  const options = /^const response = await fetch\(("(?:[^"\\]|\\.)*"), ([\s\S]*)\);\n/.exec(code)?.[2] ?? '';
  expect(JSON.parse(options)).toMatchObject({ method: 'POST', body: evil });
});

test('the names of headers and the method are never code', () => {
  const headers = [
    { name: 'X-$(id)', value: 'a' },
    { name: 'X-Fine', value: 'b' },
  ];
  expect(snippetOf({ write: curl }, sent({ headers }))).not.toContain('$(id)');
  expect(snippetOf({ write: curl }, sent({ headers }))).toContain("'X-Fine: b'");
  expect(snippetOf({ write: curl }, sent({ method: 'GET; id' }))).toBeNull();
});

test('what is hidden has its name in braces, and what the sender makes itself is left out', () => {
  expect(called('curl', snippetOf({ write: curl }, sent()) ?? '')).toEqual([
    '--request',
    'POST',
    'https://{{core_host}}/v1/{{api_key}}/users?a=1&b=x%20y',
    '--header',
    'Content-Type: application/json',
    '--header',
    'Authorization: {{Authorization}}',
    '--data-raw',
    '{"secret":"{{secret}}","n":1}',
  ]);
});

test('no writer sees a placeholder, which it might encode or refuse', () => {
  const seen: Sent[] = [];
  const write = (request: Sent) => {
    seen.push(request);
    return encodeURIComponent(request.url.toUpperCase());
  };
  expect(snippetOf({ write }, sent({ url: 'https://h/{{name}}' }))).toBe('HTTPS%3A%2F%2FH%2F{{name}}');
  expect(JSON.stringify(seen)).not.toContain('{{');
});

test('what is put back may be another text', () => {
  const write = (request: Sent) => `say "${request.body?.text}"`;
  const request = sent({ body: { text: 'a $b', sizeBytes: 4 } });
  const dollars = { pattern: /\$/g, restored: () => '\\$', mark: 'qyx' };
  expect(restoring(request, dollars, write)).toBe('say "a \\$b"');
  const within = sent({ body: { text: '{{name}} $b', sizeBytes: 11 } });
  expect(snippetOf({ write: (one) => restoring(one, dollars, write) }, within)).toBe('say "{{name}} \\$b"');
});

test('what a writer cannot say is no snippet', () => {
  const write = () => {
    throw new TypeError('no such thing');
  };
  expect(snippetOf({ write }, sent())).toBeNull();
});
