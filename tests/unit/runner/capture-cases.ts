import type { CaptureSource } from '../../../src/config/config';
import type { Header } from '../../../src/exchange/exchange';

/** A response by its headers and body. */
export interface CapturedResponse {
  readonly headers: readonly Header[];
  readonly body: string;
}

/** One capture, and what it must give by every runner; undefined where nothing is found. */
export type CaptureCase = readonly [source: CaptureSource, want: string | undefined];

const JSON_BODY = {
  id: 7,
  big: 1.5,
  name: 'Zoë "Z" O\'Hara\n</script>',
  empty: '',
  yes: true,
  nothing: null,
  zero: 0,
  list: [{ id: 'a' }],
  'a/b': { '~': 'odd' },
  self: 'https://api.example.test/orders/ORD-7?page=2',
  marked: 'a &amp; b',
};
const ORDER: CapturedResponse = {
  headers: [
    ['Content-Type', 'application/json'],
    ['ETag', '"v1"'],
    ['X-Empty', ''],
    ['X-Twice', 'first'],
    ['X-Twice', 'second'],
    ['Location', '/orders/ORD-7'],
    ['Set-Cookie', 'sid=abc=d; Path=/; HttpOnly'],
    ['set-cookie', 'sid2=second'],
    ['Set-Cookie', 'sid=later'],
  ],
  body: JSON.stringify(JSON_BODY),
};
const XML: CapturedResponse = {
  headers: [['Content-Type', 'application/soap+xml; charset=utf-8']],
  body: `<?xml version="1.0"?>
<env:Body xmlns:env="urn:e">
  <order id="7"><name>Tom &amp; &quot;Zo&#235;&quot; &#x3C;3 &apos;&lt;b&gt;&apos; &amp;amp; &euro;</name></order>
  <order id="8"><name><![CDATA[5 < 6 &amp; up]]> &amp; on</name><note></note></order>
</env:Body>`,
};
const PAGE: CapturedResponse = {
  headers: [['Content-Type', 'text/html']],
  body: '<form><input name="csrf" value="a&#43;b&#x2F;c=="></form>',
};
const BARE: CapturedResponse = { headers: [], body: '  <a>1 &lt; 2</a>' };
const TEXT: CapturedResponse = { headers: [['Content-Type', 'text/plain']], body: 'token=a&amp;b;\nline 2' };

/** What captures give, response by response. */
export const CAPTURE_CASES: readonly (readonly [
  name: string,
  response: CapturedResponse,
  cases: readonly CaptureCase[],
])[] = [
  [
    'JSON',
    ORDER,
    [
      [{ pointer: '/id' }, '7'],
      [{ pointer: '/big' }, '1.5'],
      [{ pointer: '/name' }, JSON_BODY.name],
      [{ pointer: '/empty' }, ''],
      [{ pointer: '/yes' }, 'true'],
      [{ pointer: '/zero' }, '0'],
      [{ pointer: '/list/0/id' }, 'a'],
      [{ pointer: '/list' }, '[{"id":"a"}]'],
      [{ pointer: '' }, JSON.stringify(JSON_BODY)],
      [{ pointer: '/a~1b/~0' }, 'odd'],
      [{ pointer: '/nothing' }, undefined],
      [{ pointer: '/missing' }, undefined],
      [{ pointer: '/list/1/id' }, undefined],
      [{ pointer: '/list/00/id' }, undefined],
      [{ pointer: '/list/length' }, undefined],
      [{ pointer: '/name/length' }, undefined],
      [{ pointer: '/toString' }, undefined],
      [{ pointer: '/self', regex: 'orders/([^?]+)' }, 'ORD-7'],
      [{ pointer: '/self', regex: 'page=\\d+' }, 'page=2'],
      [{ pointer: '/self', regex: '^/' }, undefined],
      [{ pointer: '/id', regex: '\\d' }, '7'],
      [{ pointer: '/list', regex: '"id":"(.)"' }, 'a'],
      [{ pointer: '/nothing', regex: '.*' }, undefined],
      [{ pointer: '/marked', regex: 'a.*' }, 'a &amp; b'],
      [{ regex: '"yes":(\\w+)' }, 'true'],
      [{ regex: '"marked":"(.*?)"' }, 'a &amp; b'],
    ],
  ],
  [
    'headers and cookies',
    ORDER,
    [
      [{ header: 'etag' }, '"v1"'],
      [{ header: 'X-Empty' }, ''],
      [{ header: 'X-Missing' }, undefined],
      [{ header: 'x-twice' }, 'first'],
      [{ header: 'Location', regex: '[^/]+$' }, 'ORD-7'],
      [{ header: 'Location', regex: '/(?<kind>\\w+)/(?<id>.+)', group: 'id' }, 'ORD-7'],
      [{ header: 'Location', regex: '/(?<kind>\\w+)/(?<id>.+)' }, 'orders'],
      [{ header: 'Location', regex: '/(\\w+)/(.+)', group: 2 }, 'ORD-7'],
      [{ header: 'Location', regex: '/(\\w+)/(.+)', group: 0 }, '/orders/ORD-7'],
      [{ header: 'X-Missing', regex: '.*' }, undefined],
      [{ cookie: 'sid' }, 'abc=d'],
      [{ cookie: 'sid2' }, 'second'],
      [{ cookie: 'sid', regex: '=(.)' }, 'd'],
      [{ cookie: 'Path' }, undefined],
      [{ cookie: 'SID' }, undefined],
    ],
  ],
  [
    'defaults',
    ORDER,
    [
      [{ pointer: '/missing', default: 'none' }, 'none'],
      [{ pointer: '/nothing', default: '' }, ''],
      [{ pointer: '/id', default: 'none' }, '7'],
      [{ pointer: '/empty', default: 'none' }, ''],
      [{ header: 'X-Missing', default: '"$&\'' }, '"$&\''],
      [{ cookie: 'SID', default: 'x', required: false }, 'x'],
      [{ regex: 'no such text', default: '{"a":1}' }, '{"a":1}'],
    ],
  ],
  [
    'XML',
    XML,
    [
      [{ regex: '<name>(.*?)</name>' }, 'Tom & "Zoë" <3 \'<b>\' &amp; &euro;'],
      [{ regex: '<order id="8"><name>(.*?)</name>' }, '5 < 6 &amp; up & on'],
      [{ regex: 'CDATA\\[(.*?)\\]\\]>' }, '5 < 6 &amp; up'],
      [{ regex: '<order id="(\\d+)"' }, '7'],
      [{ regex: '<note>(.*?)</note>' }, ''],
      [{ regex: '<order id="(\\d)">|<none>(.*)</none>', group: 2 }, undefined],
      [{ regex: '<(?:\\w+:)?Body[\\s\\S]*id="8"[^]*?(?<rest>&amp; on)', group: 'rest' }, '& on'],
      [{ regex: '<NAME>' }, undefined],
      [{ pointer: '/order' }, undefined],
    ],
  ],
  ['HTML', PAGE, [[{ regex: 'name="csrf" value="([^"]*)"' }, 'a+b/c==']]],
  ['markup without a media type', BARE, [[{ regex: '<a>(.*)</a>' }, '1 < 2']]],
  [
    'text',
    TEXT,
    [
      [{ regex: 'token=(.*);' }, 'a&amp;b'],
      [{ regex: '^line' }, undefined],
    ],
  ],
];
