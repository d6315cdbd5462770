/** A text with the encoding that it was written in. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
}

/**
 * The text of a document whose encoding nobody says: by its byte-order mark, by the zeros of UTF-16, as UTF-8, and else
 * as Latin-1, in which every byte is a character. Source: WHATWG Encoding, where Latin-1 is windows-1252.
 */
export function decodeDocument(bytes: Uint8Array): DecodedText {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decoded(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return decoded(bytes, 'utf-16be');
  // JSON and YAML begin with a character of ASCII, so that one of the first two bytes tells.
  if (first !== undefined && first !== 0 && second === 0) return decoded(bytes, 'utf-16le');
  if (first === 0 && second !== undefined && second !== 0) return decoded(bytes, 'utf-16be');
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return decoded(bytes, 'windows-1252');
  }
}

function decoded(bytes: Uint8Array, encoding: DecodedText['encoding']): DecodedText {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}
