import type { CollectionRequest, KeyValue, UrlTemplate } from '../collection/model';
import { isRecord, type JsonRecord, recordsIn, textOf } from '../json';
import { getPointer } from '../json-pointer';
import { variablesIn } from '../variables/resolve';

/** The path of a request with its `:name` segments replaced by what stands for them. */
export function pathOf({ path, variable }: Pick<UrlTemplate, 'path' | 'variable'>): string[] {
  return path.map((segment) => {
    const given = variable.find(({ key }) => segment === `:${key}`)?.value ?? '';
    return given === '' ? segment : given;
  });
}

/**
 * The values that stood in a variable's place when the examples of a request were saved.
 *
 * Shape: read from each example's `originalRequest`, as far as it can be laid over the request: path from its end, query,
 *        headers and body by their names.
 */
export function savedValues(
  document: Readonly<Record<string, unknown>>,
  request: CollectionRequest,
  variable: string,
): Set<string> {
  const place = `{{${variable}}}`;
  const templates = [...placesOf(request)].filter(([, text]) => text.includes(place));
  const item = getPointer(document, request.pointer);
  const values = new Set<string>();
  if (templates.length === 0 || !isRecord(item)) return values;
  for (const { originalRequest } of recordsIn(item.response)) {
    if (!isRecord(originalRequest)) continue;
    const original = originalOf(originalRequest);
    const saved = placesOf(original);
    const isSamePath = fits(pathOf(request.url), pathOf(original.url));
    for (const [name, template] of templates) {
      if (name.startsWith('path ') && !isSamePath) continue;
      const value = valueAt(template, place, saved.get(name) ?? '');
      if (value !== null) values.add(value);
    }
  }
  return values;
}

/** Whether a path is one of the template, at its end: what stands before may be the host's own base path. */
function fits(template: readonly string[], path: readonly string[]): boolean {
  const offset = path.length - template.length;
  return (
    offset >= 0 &&
    template.every(
      (part, at) => variablesIn(part).length > 0 || part.startsWith(':') || part === path[at + offset],
    )
  );
}

interface Sent {
  readonly url: Pick<UrlTemplate, 'path' | 'variable' | 'query'>;
  readonly headers: readonly KeyValue[];
  readonly body: unknown;
}

function originalOf({ url, header, body }: JsonRecord): Sent {
  return { url: url as UrlTemplate, headers: recordsIn(header) as unknown as KeyValue[], body };
}

/** Every text of a request by the place it stands at. */
function placesOf({ url, headers, body }: Sent): Map<string, string> {
  const path = pathOf(url);
  const fields = isRecord(body) ? [...recordsIn(body.urlencoded), ...recordsIn(body.formdata)] : [];
  return new Map([
    ...path.map((segment, at) => [`path ${path.length - at}`, segment] as const),
    ...url.query.map(({ key, value }) => [`query ${key}`, value ?? ''] as const),
    ...headers.map(({ key, value }) => [`header ${key.toLowerCase()}`, value] as const),
    ...fields.map(({ key, value }) => [`field ${textOf(key)}`, textOf(value)] as const),
    ...(isRecord(body) && typeof body.raw === 'string' ? leavesOf(body.raw) : []),
  ]);
}

function leavesOf(raw: string): [place: string, text: string][] {
  try {
    // A variable that stands for a number is no JSON until it is replaced.
    return leaves(JSON.parse(raw.replace(/(?<=[:[,]\s*)\{\{[^{}]+\}\}(?=\s*[,\]}])/g, '"$&"')), 'body');
  } catch {
    return [];
  }
}

function leaves(value: unknown, place: string, depth = 0): [place: string, text: string][] {
  if (typeof value === 'string' || typeof value === 'number') return [[place, String(value)]];
  if (typeof value !== 'object' || value === null || depth > 8) return [];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${place}/${name}`, depth + 1));
}

function valueAt(template: string, place: string, saved: string): string | null {
  const at = template.indexOf(place);
  const [before, after] = [template.slice(0, at), template.slice(at + place.length)];
  if (variablesIn(before + after).length > 0) return null;
  if (!saved.startsWith(before) || !saved.endsWith(after)) return null;
  const value = saved.slice(before.length, saved.length - after.length);
  return value === '' || value.startsWith(':') || variablesIn(value).length > 0 ? null : value;
}
