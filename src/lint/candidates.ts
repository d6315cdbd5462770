import { type CollectionRequest, type Example, headerOf } from '../collection/model';
import { placeholderOf } from '../collection/placeholder';
import type { CaptureSource } from '../config/captures';
import { formatPointer } from '../json-pointer';
import { singular, wordsOf } from './words';

/** How plainly a value's place says which variable it is of; the higher the plainer. */
export const FIT = {
  /** One credential under another of its usual names: `token` of `/access_token`. */
  synonym: 1,
  /** The id of what the request is about: `user_id` of `/id` of a request in `Users`. */
  resource: 2,
  /** The name itself, or the end of its path: `user_id` of `/user_id` or `/user/id`. */
  name: 3,
  /** The same of what the request creates: `user_id` of `/id` of `POST /users`. */
  created: 4,
} as const;

/**
 * A value of a saved example that a capture could take.
 *
 * Shape: `names` are the variables that it could be, in words that are joined to one, and how plainly. `value` is null where a
 *        converter wrote a word in its place. `last` is the last word of its own name. `depth` counts the path's names that
 *        say nothing, so that of two the plainer one can be chosen.
 */
export interface Candidate {
  /** Place of the request in the collection. */
  readonly at: number;
  readonly key: string;
  readonly source: CaptureSource;
  readonly status: number;
  readonly names: ReadonlyMap<string, number>;
  readonly value: string | null;
  readonly last: string;
  readonly isListed: boolean;
  readonly creates: boolean;
  readonly depth: number;
}

/** Names that say nothing of what is in them. */
const WRAPPERS = new Set(
  'data result results response payload body item items content attributes object entity record output'.split(
    ' ',
  ),
);
const MAX_DEPTH = 8;
/** Headers that every server sends of itself. */
const GENERAL_HEADER =
  /^(date|server|connection|content-.*|cache-control|vary|via|age|expires|allow|host|upgrade|keep-alive|transfer-encoding|access-control-.*|set-cookie|trailer|pragma|status|version)$/i;

/** The values of the example that a run expects of a request: none where that is not a success. */
export function candidatesOf(request: CollectionRequest, at: number): Candidate[] {
  const example = request.examples.find(({ code }) => code !== null);
  if (example === undefined || example.code === null || example.code < 200 || example.code > 299) return [];
  // What was removed is nothing that a later request could be sent with.
  if (request.method === 'DELETE') return [];
  const creates = request.method === 'POST';
  const common = { at, key: request.key, status: example.code, creates };
  const bodies = leavesIn(example.body).map(({ tokens, value, isListed }): Candidate => {
    const words = tokens.filter((token): token is string => typeof token === 'string');
    const own = words.at(-1) ?? '';
    return {
      ...common,
      source: { pointer: formatPointer(tokens) },
      names: namesOf(words, request),
      value: placeholderOf(value) === null ? value : null,
      last: wordsOf(own).at(-1) ?? '',
      isListed,
      depth: words.length,
    };
  });
  return [...bodies, ...headersOf(example).map((found) => ({ ...common, ...found }))];
}

function headersOf({ headers }: Example): Omit<Candidate, 'at' | 'key' | 'status' | 'creates'>[] {
  const sent = headers.filter(
    // What HTTP does not allow would never arrive.
    ({ key, value, disabled }) => disabled !== true && /^[\w-]+$/.test(key) && /^[\x20-\x7e]+$/.test(value),
  );
  const places = sent.flatMap(({ key, value }): { name: string; value: string; source: CaptureSource }[] => {
    if (key.toLowerCase() === 'set-cookie') {
      const [, name = '', cookie = ''] = /^\s*([^=;\s]+)=([^;]*)/.exec(value) ?? [];
      return name === '' ? [] : [{ name, value: cookie, source: { cookie: name } }];
    }
    if (GENERAL_HEADER.test(key) || headerOf(headers, key) !== value) return [];
    return [{ name: key, value, source: { header: key } }];
  });
  return places.flatMap(({ name, value, source }) => {
    const words = wordsOf(name);
    if (!isUsable(value)) return [];
    return [
      {
        source,
        // `X-` only says that a header is nobody's standard.
        names: new Map(
          [words, words[0] === 'x' ? words.slice(1) : words].map((name) => [name.join(''), FIT.name]),
        ),
        value,
        last: words.at(-1) ?? '',
        isListed: false,
        depth: 1,
      },
    ];
  });
}

interface Leaf {
  readonly tokens: readonly (string | number)[];
  readonly value: string;
  readonly isListed: boolean;
}

/** The texts and numbers of a JSON body; of a list, those of its first item. */
function leavesIn(body: string): Leaf[] {
  try {
    return walk(JSON.parse(body.replace(/^\uFEFF/, '')), [], false);
  } catch {
    return [];
  }
}

function walk(value: unknown, tokens: readonly (string | number)[], isListed: boolean): Leaf[] {
  if (typeof value === 'string' || typeof value === 'number') {
    return tokens.length > 0 && isUsable(String(value)) ? [{ tokens, value: String(value), isListed }] : [];
  }
  if (typeof value !== 'object' || value === null || tokens.length > MAX_DEPTH) return [];
  if (Array.isArray(value)) return walk(value[0], [...tokens, 0], true);
  return Object.entries(value).flatMap(([name, inner]) => walk(inner, [...tokens, name], isListed));
}

const MAX_LENGTH = 4096;

/** Whether a value can be what a variable is replaced by; a word of a converter that stands for an object cannot. */
function isUsable(value: string): boolean {
  if (value.trim() === '' || value.length > MAX_LENGTH || /\p{Cc}|\{\{/u.test(value)) return false;
  const placeholder = placeholderOf(value);
  return (
    placeholder === null || !placeholder.types.some((type) => /^(object|array|null|boolean)$/.test(type))
  );
}

function namesOf(path: readonly string[], request: CollectionRequest): Map<string, number> {
  const own = wordsOf(path.at(-1) ?? '').join('');
  const parents = path.slice(0, -1);
  const names = new Map<string, number>();
  const add = (name: string, fit: number) => names.set(name, Math.max(fit, names.get(name) ?? 0));
  add(own, FIT.name);
  let joined = own;
  for (const parent of [...parents].reverse()) {
    joined = singular(parent) + joined;
    add(joined, FIT.name);
  }
  const made = request.method === 'POST' ? lastLiteral(request, true) : '';
  if (parents.every((parent) => WRAPPERS.has(wordsOf(parent).join('')))) {
    const about = [lastLiteral(request, false), singular(request.folder.at(-1) ?? '')];
    for (const resource of about) if (resource !== '') add(resource + own, FIT.resource);
    if (made !== '') add(made + own, FIT.created);
  }
  // `/user_id` and `/user/id` of `POST /users` as well.
  if (made !== '')
    for (const name of names.keys()) if (name.startsWith(made) && name !== made) add(name, FIT.created);
  return names;
}

/** What a path is about: its last segment that is no variable; where `atEnd`, only if nothing follows it. */
function lastLiteral({ url }: CollectionRequest, atEnd: boolean): string {
  const segments = url.path.filter((segment) => segment !== '');
  const isLiteral = (segment: string) => !segment.startsWith(':') && !segment.includes('{{');
  const last = segments.findLastIndex(isLiteral);
  return last < 0 || (atEnd && last < segments.length - 1) ? '' : singular(segments[last] ?? '');
}
