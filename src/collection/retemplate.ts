import { isRecord, type JsonRecord, recordsIn, textOf } from '../json';
import type { Notes } from './notes';

/**
 * Published documentation has its variables replaced by their values. Where a URL begins with the value of one, or where
 * all begin with one origin, the variable is put back, so that the collection runs against other environments again.
 *
 * Shape: the normalised document, changed in place. What matches nothing is named, and so is a path with a hole in it.
 */
export function putHostsBack(document: JsonRecord, notes: Notes): void {
  const urls = urlsIn(document.item, '/item');
  const variables = recordsIn(document.variable)
    .map(({ key, value }) => ({ key: textOf(key), value: textOf(value) }))
    .filter(({ key, value }) => /^[^{}/:"]+$/.test(key) && /^https?:\/\/[^/]|^[\w-]+(\.[\w-]+)+/.test(value))
    .map(({ key, value }) => ({ key, value: value.replace(/\/+$/, '') }))
    // The longest value says the most about where a URL goes.
    .sort((a, b) => b.value.length - a.value.length);
  for (const { url } of urls) {
    const scheme = schemeOf(url);
    const found = variables.find(
      ({ value }) => beginsWith(url.raw, value) || beginsWith(url.raw, scheme + value),
    );
    if (found !== undefined) replaceStart(url, found, notes);
  }
  putOriginBack(document, urls, notes);
  for (const { url, pointer, isExample } of urls) {
    if (isExample) continue;
    if (Array.isArray(url.path) && url.path.slice(0, -1).includes('')) {
      notes.warn(pointer, 'the path has an empty segment, where a variable without a value may have stood');
    }
    if (/^https?:\/\//.test(textOf(url.raw))) {
      notes.warn(pointer, 'the host is written out, so other environments cannot be tested with it');
    }
  }
}

interface FoundUrl {
  readonly url: JsonRecord;
  readonly pointer: string;
  readonly isExample: boolean;
}

function urlsIn(items: unknown, at: string): FoundUrl[] {
  return recordsIn(items).flatMap((item, index) => {
    const here = `${at}/${index}`;
    if (item.item !== undefined) return urlsIn(item.item, `${here}/item`);
    const own = isRecord(item.request) && isRecord(item.request.url) ? [item.request.url] : [];
    const examples = recordsIn(item.response).flatMap(({ originalRequest }) =>
      isRecord(originalRequest) && isRecord(originalRequest.url) ? [originalRequest.url] : [],
    );
    return [
      ...own.map((url) => ({ url, pointer: `${here}/request/url`, isExample: false })),
      ...examples.map((url) => ({ url, pointer: here, isExample: true })),
    ];
  });
}

/** One origin for all requests, and no variable for it: it gets one. */
function putOriginBack(document: JsonRecord, urls: readonly FoundUrl[], notes: Notes): void {
  const own = urls.filter(({ url, isExample }) => !isExample && url.raw !== '');
  const [first] = own;
  const origin = /^https?:\/\/[^/?#{}]+/.exec(textOf(first?.url.raw))?.[0];
  if (origin === undefined || own.length < 2 || !own.every(({ url }) => beginsWith(url.raw, origin))) return;
  const variables = recordsIn(document.variable);
  const taken = new Set(variables.map(({ key }) => key));
  let key = 'baseUrl';
  for (let count = 2; taken.has(key); count += 1) key = `baseUrl${count}`;
  document.variable = [...variables, { key, value: origin }];
  for (const { url } of urls)
    if (beginsWith(url.raw, origin)) replaceStart(url, { key, value: origin }, notes);
}

function beginsWith(raw: unknown, value: string): boolean {
  return typeof raw === 'string' && raw.startsWith(value) && /^([/?#:]|$)/.test(raw.slice(value.length));
}

function schemeOf({ raw }: JsonRecord): string {
  return /^https?:\/\//.exec(textOf(raw))?.[0] ?? '';
}

/**
 * `https://api.shop.test/v2/orders` with `baseUrl` of `https://api.shop.test/v2` is `{{baseUrl}}/orders`, and with `host` of
 * `api.shop.test` it is `https://{{host}}/v2/orders`.
 */
function replaceStart(url: JsonRecord, { key, value }: { key: string; value: string }, notes: Notes): void {
  const raw = textOf(url.raw);
  const kept = raw.startsWith(value) ? '' : schemeOf(url);
  const rest = raw.slice(kept.length + value.length);
  const base = value.replace(/^(https?:\/\/)?[^/]*/, '');
  const removed = base.split('/').filter((part) => part !== '').length;
  url.raw = `${kept}{{${key}}}${rest}`;
  url.host = [`{{${key}}}`];
  if (Array.isArray(url.path)) url.path = url.path.slice(removed);
  if (kept === '') delete url.protocol;
  // A port in the value is in the variable now; another one still follows it.
  if (!rest.startsWith(':')) delete url.port;
  notes.changed('host-variable');
}
