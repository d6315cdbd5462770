import { isRecord } from '../json';
import { formatPointer } from '../json-pointer';
import { decoded } from '../percent';
import { urlOf } from '../url';

/**
 * The place of a schema object: the file it stands in and its JSON Pointer there. `scope` are the files through which
 * references led to it, the outermost first: what a `$dynamicRef` means depends on them.
 */
export interface SchemaPlace {
  readonly file: string;
  readonly pointer: string;
  readonly scope?: readonly string[];
}

const below = new WeakMap<SchemaPlace, Map<string, SchemaPlace>>();
const above = new WeakMap<SchemaPlace, { readonly place: SchemaPlace; readonly pointer: string }>();

/**
 * The place of what a keyword of a schema object holds, and in it what a name names. It is always the same object, so that
 * what was looked up there is found again.
 */
export function placeBelow(place: SchemaPlace, keyword: string, name?: string): SchemaPlace {
  const known = below.get(place) ?? new Map<string, SchemaPlace>();
  if (known.size === 0) below.set(place, known);
  const path = name === undefined ? keyword : `${keyword}/${name}`;
  const found = known.get(path);
  if (found !== undefined) return found;
  const tokens = name === undefined ? keyword : `${keyword}${formatPointer([name])}`;
  const made = { ...place, pointer: `${place.pointer}/${tokens}` };
  known.set(path, made);
  above.set(made, { place, pointer: `/${tokens}` });
  return made;
}

/** The place of which another was made by `placeBelow`, and the pointer from there. */
export function placeAbove(
  place: SchemaPlace,
): { readonly place: SchemaPlace; readonly pointer: string } | undefined {
  return above.get(place);
}

/** A base of our own, so that relative references between files resolve as they do between folders. */
export function uriOf({ file, pointer }: SchemaPlace): string {
  const path = file.split('/').map(encodeURIComponent).join('/');
  const fragment = pointer.split('/').map(encodeURIComponent).join('/');
  return `${BASE}${path}${pointer === '' ? '' : `#${fragment}`}`;
}

/** What the URIs of our own begin with; no reader needs to see it. */
export const BASE = 'schema://contract/';

/** What an object of a schema file holds: keywords, names that somebody chose, or values that mean nothing to us. */
export type Content = 'schema' | 'names' | 'data';

const NAMING =
  /^(properties|patternProperties|\$defs|definitions|dependentSchemas|dependentRequired|dependencies)$/;
const QUOTING = /^(const|enum|default|examples?|x-.*)$/;

/** What stands under a name in content of a kind. */
export function contentOf(name: string, around: Content): Content {
  if (around !== 'schema') return around === 'names' ? 'schema' : 'data';
  if (NAMING.test(name)) return 'names';
  return QUOTING.test(name) ? 'data' : 'schema';
}

/** Where every schema object of some files stands, and what the references in them mean. */
export class SchemaIndex {
  readonly #places = new WeakMap<object, SchemaPlace>();
  /** What `$id`, `$anchor` and `$dynamicAnchor` name, by absolute URI. */
  readonly #named = new Map<string, SchemaPlace>();
  readonly #dynamic = new Map<string, SchemaPlace>();
  readonly #files = new Set<string>();
  /** The base URIs of the files that declare one by `$id`, by place. */
  readonly #bases = new Map<string, { readonly pointer: string; readonly base: string }[]>();

  /** Remembers a file; gives the names of its `x-` annotations. */
  add(schema: unknown, file: string): string[] {
    this.#files.add(file);
    return this.#walk(schema, { file, pointer: '' }, 'schema', uriOf({ file, pointer: '' }));
  }

  /** Where a schema object stands, by its identity. */
  placeOf(schema: unknown): SchemaPlace | null {
    return typeof schema === 'object' && schema !== null ? (this.#places.get(schema) ?? null) : null;
  }

  /** The place that a `$ref` standing in `from` means, or null where it leads out of the folder. */
  resolve(ref: string, from: SchemaPlace): SchemaPlace | null {
    const url = urlOf(ref, this.#baseOf(from));
    if (url === null) return null;
    const fragment = decoded(url.hash.slice(1));
    url.hash = '';
    const known = fragment === '' ? this.#named.get(url.href) : this.#named.get(`${url.href}#${fragment}`);
    const root = this.#named.get(url.href);
    const file = url.href.startsWith(BASE) ? decoded(url.href.slice(BASE.length)) : null;
    const found =
      known ??
      (fragment !== '' && !fragment.startsWith('/')
        ? null
        : root !== undefined
          ? { file: root.file, pointer: root.pointer + fragment }
          : file !== null && this.#files.has(file)
            ? { file, pointer: fragment }
            : null);
    if (found === null) return null;
    const { scope = [], file: here } = from;
    return { ...found, scope: scope.includes(here) ? scope : [...scope, here] };
  }

  /**
   * What a `$dynamicRef` means: the outermost of the files that led here which has its `$dynamicAnchor`. One that names
   * no such anchor is a plain reference.
   */
  resolveDynamic(ref: string, from: SchemaPlace): SchemaPlace | null {
    const initial = this.resolve(ref, from);
    const anchor = decoded(ref.split('#')[1] ?? '');
    if (initial === null || !this.#dynamic.has(`${initial.file}#${anchor}`)) return initial;
    const outermost = [...(initial.scope ?? []), initial.file].find((file) =>
      this.#dynamic.has(`${file}#${anchor}`),
    );
    const found = this.#dynamic.get(`${outermost}#${anchor}`);
    return found === undefined ? initial : { ...initial, ...found };
  }

  #baseOf({ file, pointer }: SchemaPlace): string {
    const around = this.#bases
      .get(file)
      ?.filter((one) => pointer === one.pointer || pointer.startsWith(`${one.pointer}/`))
      .sort((a, b) => b.pointer.length - a.pointer.length);
    return around?.[0]?.base ?? uriOf({ file, pointer: '' });
  }

  #walk(schema: unknown, place: SchemaPlace, content: Content, outer: string): string[] {
    if (typeof schema !== 'object' || schema === null) return [];
    this.#places.set(schema, place);
    const base = content === 'schema' && isRecord(schema) ? this.#name(schema, place, outer) : outer;
    return Object.entries(schema).flatMap(([name, inner]: [string, unknown]) => {
      const below = { ...place, pointer: place.pointer + formatPointer([name]) };
      const annotations = this.#walk(inner, below, contentOf(name, content), base);
      return content === 'schema' && name.startsWith('x-') ? [name, ...annotations] : annotations;
    });
  }

  /** Remembers by what names a schema is referred to; gives the base URI of what stands in it. */
  #name(schema: Record<string, unknown>, place: SchemaPlace, outer: string): string {
    const id = schema.$id ?? (place.pointer === '' ? schema.id : undefined);
    const url = typeof id === 'string' ? urlOf(id, outer) : null;
    const isFragment = typeof id === 'string' && id.startsWith('#');
    if (url !== null && isFragment) this.#named.set(url.href, place);
    const base = url === null || isFragment ? outer : url.href.replace(/#$/, '');
    if (base !== outer) {
      this.#named.set(base, place);
      this.#bases.set(place.file, [
        ...(this.#bases.get(place.file) ?? []),
        { pointer: place.pointer, base: base },
      ]);
    }
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const anchor = schema[keyword];
      if (typeof anchor !== 'string') continue;
      this.#named.set(`${base}#${anchor}`, place);
      if (keyword === '$dynamicAnchor') this.#dynamic.set(`${place.file}#${anchor}`, place);
    }
    // 2019-09 has one such anchor, and it has no name.
    if (schema.$recursiveAnchor === true) this.#dynamic.set(`${place.file}#`, place);
    return base;
  }
}
