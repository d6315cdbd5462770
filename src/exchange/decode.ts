import { promisify, TextDecoder } from 'node:util';
import * as zlib from 'node:zlib';
import { type Header, headerValue } from './exchange';

/** A small compressed body must not become one that fills the memory. */
const LIMITS = { maxOutputLength: 256 * 1024 * 1024 };

const DECODERS: Readonly<Record<string, (raw: Buffer) => Promise<Buffer>>> = {
  gzip: (raw) => promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip)(raw, LIMITS),
  'x-gzip': (raw) => promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip)(raw, LIMITS),
  deflate: (raw) => {
    // Many servers send `deflate` without the zlib header that the standard asks for; its first byte tells.
    const inflate = ((raw[0] ?? 0) & 0x0f) === 0x08 ? zlib.inflate : zlib.inflateRaw;
    return promisify<Buffer, zlib.ZlibOptions, Buffer>(inflate)(raw, LIMITS);
  },
  br: (raw) => promisify<Buffer, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress)(raw, LIMITS),
};

/** Decompresses and decodes a body by its `Content-Encoding` and charset; an unknown charset is read as UTF-8. */
export async function decodeBody(
  raw: Buffer,
  headers: readonly Header[],
): Promise<{ text: string; bytes: Buffer; sizeBytes: number }> {
  const encodings = headerValue(headers, 'content-encoding')?.split(',') ?? [];
  let body = raw;
  for (const name of raw.length === 0 ? [] : encodings.reverse())
    body = (await DECODERS[name.trim().toLowerCase()]?.(body)) ?? body;
  return { text: decodeText(body, headers), bytes: body, sizeBytes: body.length };
}

/** Bytes → text by the charset of the `Content-Type`. */
export function decodeText(body: Uint8Array, headers: readonly Header[]): string {
  const charset = /charset="?([^";\s]+)/i.exec(headerValue(headers, 'content-type') ?? '')?.[1] ?? 'utf-8';
  return decoderOf(charset.toLowerCase()).decode(body);
}

/** By the charsets that there are; each holds memory outside of the heap, which is given back late. */
const decoders = new Map<string, TextDecoder>();

function decoderOf(charset: string): TextDecoder {
  const known = decoders.get(charset);
  if (known !== undefined) return known;
  try {
    const made = new TextDecoder(charset);
    decoders.set(charset, made);
    return made;
  } catch {
    return decoderOf('utf-8');
  }
}
