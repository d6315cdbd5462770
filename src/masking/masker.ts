import * as encoder from 'postman-url-encoder';
import { isRecord } from '../json';
import { urlOf } from '../url';

/** Shorter values occur everywhere by chance; replacing them would make every report unreadable. */
const MIN_SECRET_LENGTH = 4;
const HIDDEN = '[hidden]';
const CREDENTIAL_NAME =
  /^(proxy-)?authorization$|^(set-)?cookie2?$|(api|access)[-_]?key|token|secret|passw(or)?d|credential|signature|session[-_]?id/i;

/** Whether a header, parameter or property of this name usually carries a credential. */
export function isCredentialName(name: string): boolean {
  return CREDENTIAL_NAME.test(name);
}

/**
 * The one place that knows every secret value and takes it out of whatever leaves the engine.
 *
 * A value is found as it is and as it looks in a URL, in JSON and in Base64; it is replaced by its variable's name,
 * so that a masked URL still reads.
 */
export class Masker {
  readonly #replacements = new Map<string, string>();
  #pattern: RegExp | null = null;

  /** Registers a secret. `name` is shown in its place as `{{name}}`. */
  add(name: string, value: string): void {
    if (value.length < MIN_SECRET_LENGTH) return;
    const shown = name === '' ? HIDDEN : `{{${name}}}`;
    for (const form of formsOf(value)) if (!this.#replacements.has(form)) this.#replacements.set(form, shown);
    this.#pattern = null;
  }

  /** A masker that knows the same, and may learn more by itself. */
  copy(): Masker {
    const copy = new Masker();
    for (const [form, shown] of this.#replacements) copy.#replacements.set(form, shown);
    return copy;
  }

  /** Registers the Base64 pair that Basic authentication sends, which contains neither value as text. */
  addBasicPair(username: string, password: string): void {
    this.add('', Buffer.from(`${username}:${password}`).toString('base64'));
  }

  /** The text with every secret replaced. */
  text(text: string): string {
    return this.#replaced(text, (form) => this.#replacements.get(form) ?? HIDDEN);
  }

  /**
   * The text with every secret replaced by letters and digits of the same form: what was an e-mail address, a number or a
   * UUID still is one, so that a body can be held to its schema without its secrets.
   */
  shaped(text: string): string {
    return this.#replaced(text, shapeOf);
  }

  #replaced(text: string, replacement: (form: string) => string): string {
    if (this.#replacements.size === 0) return text;
    this.#pattern ??= new RegExp(
      [...this.#replacements.keys()]
        .sort((a, b) => b.length - a.length)
        .map((form) => form.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'))
        .join('|'),
      'g',
    );
    return text.replace(this.#pattern, replacement);
  }

  /** A header value: hidden whole where its name says that it is a credential. */
  header(name: string, value: string): string {
    return isCredentialName(name) ? HIDDEN : this.text(value);
  }

  /** A copy of the value with every text in it masked, names of properties included. */
  deep<T>(value: T): T {
    return this.#deep(value) as T;
  }

  #deep(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.#deep(item));
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [this.text(key), this.#deep(inner)]),
    );
  }
}

/** Letters and digits of the same form as a text, which stands in JSON or in a URL; escapes become letters. */
export function shapeOf(text: string): string {
  const shape = (letter: string, digit: string) =>
    text.replace(/\\(u[0-9a-f]{4}|.)|\p{L}|\d/giu, (found) =>
      /^\d/.test(found) ? digit : /^\p{Lu}$/u.test(found) ? letter.toUpperCase() : letter,
    );
  const usual = shape('a', '1');
  return usual === text ? shape('b', '2') : usual;
}

function formsOf(given: string): Set<string> {
  // A lone surrogate cannot be encoded; over the wire it becomes U+FFFD, as it does here.
  const value = Buffer.from(given).toString();
  const inUrls = urlForms(value).filter((form) => form.length >= MIN_SECRET_LENGTH);
  const base64 = Buffer.from(value).toString('base64');
  return new Set([
    given,
    value,
    ...inUrls,
    ...inUrls.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())),
    ...jsonForms(value),
    // A property named after the secret, in the pointer to it.
    value.replaceAll('~', '~0').replaceAll('/', '~1'),
    encodeURIComponent(encodeURIComponent(value)),
    Buffer.from(value).toString('hex'),
    Buffer.from(value).toString('hex').toUpperCase(),
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(value).toString('base64url'),
    ...insideBase64(Buffer.from(value)),
  ]);
}

/** Shorter pieces of Base64 occur by chance. Units: characters. */
const LEAST_PIECE = 10;

/**
 * How a value looks inside of a longer text in Base64 (`user:VALUE`): of its first and last byte a part stands in characters
 * that hold something of its neighbours, the rest is one of three texts.
 */
function insideBase64(value: Buffer): string[] {
  const pieces = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), value]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + value.length) * 8) / 6));
  });
  const long = pieces.filter((piece) => piece.length >= LEAST_PIECE);
  return [...long, ...long.map((piece) => piece.replaceAll('+', '-').replaceAll('/', '_'))];
}

/** How a value looks in JSON: with slashes and other alphabets escaped or not, and in JSON that is a text in JSON. */
function jsonForms(value: string): string[] {
  const inJson = JSON.stringify(value).slice(1, -1);
  const slashes = inJson.replaceAll('/', '\\/');
  const once = [inJson, slashes].flatMap((text) => [text, inAscii(text)]);
  return [...once, ...once.map((text) => JSON.stringify(text).slice(1, -1))];
}

function inAscii(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** How a value looks in a path, a query and a form, as each of those who write URLs here encodes it. */
function urlForms(value: string): string[] {
  const inPath = `http://h/${value}`;
  const inQuery = `http://h/?q=${value}`;
  const nodePaths = [inPath, inQuery].map((url) => encoder.toNodeUrl(url).path ?? '');
  const paths = [inPath, inQuery].map((url) => urlOf(url)?.href.slice('http://h'.length) ?? '');
  return [
    encodeURIComponent(value),
    encodeURI(value),
    new URLSearchParams([['q', value]]).toString().slice('q='.length),
    ...[...nodePaths, ...paths].map((path) => path.replace(/^\/(\?q=)?/, '')),
  ];
}
