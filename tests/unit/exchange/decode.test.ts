import * as zlib from 'node:zlib';
import { decodeBody, decodeText } from '../../../src/exchange/decode';
import { type Header, headerValue } from '../../../src/exchange/exchange';

const TEXT = '{"name":"Zoë"}'.repeat(20);
const RAW = Buffer.from(TEXT);
const encoded = (encoding: string): Header[] => [['Content-Encoding', encoding]];
const typed = (type: string): Header[] => [['content-type', type]];

describe('decodeBody', () => {
  test.each<[encoding: string, raw: Buffer]>([
    ['', RAW],
    ['identity', RAW],
    ['gzip', zlib.gzipSync(RAW)],
    ['x-gzip', zlib.gzipSync(RAW)],
    ['GZIP', zlib.gzipSync(RAW)],
    ['deflate', zlib.deflateSync(RAW)],
    ['br', zlib.brotliCompressSync(RAW)],
    ['gzip, br', zlib.brotliCompressSync(zlib.gzipSync(RAW))],
    [' deflate ,gzip', zlib.gzipSync(zlib.deflateSync(RAW))],
  ])('undoes %j and counts the decoded bytes', async (encoding, raw) => {
    expect(await decodeBody(raw, encoded(encoding))).toMatchObject({ text: TEXT, sizeBytes: RAW.length });
  });

  test('leaves a body of no known encoding as it is', async () => {
    expect(await decodeBody(RAW, [])).toMatchObject({ text: TEXT });
    expect(await decodeBody(RAW, encoded('smoke'))).toMatchObject({ text: TEXT });
  });

  test('an empty body is empty, whatever it is said to be', async () => {
    expect(await decodeBody(Buffer.alloc(0), encoded('gzip'))).toMatchObject({ text: '', sizeBytes: 0 });
  });

  test.each<[encoding: string, raw: Buffer]>([
    ['gzip', RAW],
    ['gzip', zlib.gzipSync(RAW).subarray(0, 20)],
    ['deflate', zlib.gzipSync(RAW)],
    ['br', Buffer.from('no')],
  ])('a body that is not the %s it claims to be is an error, never an empty text', async (encoding, raw) => {
    await expect(decodeBody(raw, encoded(encoding))).rejects.toMatchObject({ code: expect.any(String) });
  });

  test('decompresses before it decodes the charset', async () => {
    const raw = zlib.gzipSync(Buffer.from('Zo\u00EB', 'latin1'));
    expect(
      await decodeBody(raw, [...encoded('gzip'), ...typed('text/plain; charset=ISO-8859-1')]),
    ).toMatchObject({
      text: 'Zoë',
      sizeBytes: 3,
    });
  });
});

test.each<[type: string, bytes: number[], want: string]>([
  ['application/json', [0x5a, 0xc3, 0xab], 'Zë'],
  ['text/plain; charset=utf-8', [0x5a, 0xc3, 0xab], 'Zë'],
  ['text/plain; charset=iso-8859-1', [0x5a, 0xeb], 'Zë'],
  ['text/plain; Charset="ISO-8859-1"; x=y', [0x5a, 0xeb], 'Zë'],
  ['text/plain; charset=windows-1251', [0xc6], 'Ж'],
  ['text/plain; charset=utf-16le', [0x5a, 0x00], 'Z'],
  ['text/plain; charset=shift_jis', [0x83, 0x41], 'ア'],
  ['text/plain; charset=smoke', [0x5a, 0xc3, 0xab], 'Zë'],
  ['application/json', [0xef, 0xbb, 0xbf, 0x5a], 'Z'],
  ['application/json', [0x5a, 0xeb], 'Z\uFFFD'],
])('decodeText as %s of %j is %j', (type, bytes, want) => {
  expect(decodeText(Uint8Array.from(bytes), typed(type))).toBe(want);
});

test('headerValue is the first value, whatever the case of the name', () => {
  const headers: Header[] = [
    ['X-A', '1'],
    ['x-a', '2'],
    ['Empty', ''],
  ];
  expect([headerValue(headers, 'x-A'), headerValue(headers, 'empty'), headerValue(headers, 'x')]).toEqual([
    '1',
    '',
    undefined,
  ]);
});
