import type { SchemaPlace, SchemaStore } from '../contract/store';
import { isRecord, type JsonRecord } from '../json';
import { formatPointer, parsePointer } from '../json-pointer';
import { isCredentialName } from '../masking/masker';
import { drop, type Path, push, put, rename, wrapRoot } from './json-edit';
import { titled } from './learner';
import { MOST_VALUES, type Wish } from './wish';
import { type Change, describe, listed, nameOf } from './words';

/** A change and how it is made. `change` is null for what is kept beside: the number of samples. */
export interface Edit {
  readonly file: string;
  readonly change: Change | null;
  /** The text of the file → its new text. `null` is a file that is not there. */
  readonly apply: (text: string | null) => string | null;
}

/** What cannot be said of a place by its schema alone. */
export interface Naming {
  /** Whether new variants of a file may have titles, and with them a say in what a run expects. */
  mayTitle(file: string): boolean;
  /** What the shape is called that a file describes so far. */
  titleOf(file: string): string;
}

/** Edits whose places move those of others come later. */
enum Phase {
  Within,
  Renaming,
  Wrapping,
}

/** The edits that grant wishes, in an order in which each finds its place. */
export function editsFor(wishes: readonly Wish[], store: SchemaStore, naming: Naming): Edit[] {
  const found = wishes.flatMap((wish) => new Granter(wish, store, naming).edits());
  return found.sort((a, b) => a.phase - b.phase).map(({ edit }) => edit);
}

/** Keywords of a root that stay there when what it describes becomes one of several variants. */
const OF_THE_FILE = /^(\$schema|\$id|id|\$anchor|\$comment|title|description|\$defs|definitions)$/;

class Granter {
  readonly #schema: JsonRecord;
  readonly #path: Path;
  readonly #edits: { phase: Phase; edit: Edit }[] = [];

  constructor(
    readonly wish: Wish,
    readonly store: SchemaStore,
    readonly naming: Naming,
  ) {
    const schema = store.schemaAt(wish.place);
    this.#schema = isRecord(schema) ? schema : {};
    this.#path = pathOf(store, wish.place);
  }

  edits(): { phase: Phase; edit: Edit }[] {
    this.#types();
    this.#values();
    this.#optional();
    for (const [keyword, limit] of [...this.wish.limits].sort()) {
      const was = `${keyword} ${String(this.#schema[keyword])}`;
      this.#add(was, `${keyword} ${limit}`, (text) => put(text, this.#at(keyword), limit));
    }
    for (const [, path] of [...this.wish.dropped].sort()) this.#dropped(path);
    this.#properties();
    this.#variants();
    if (this.wish.instead !== null) {
      const schema = this.wish.instead.schema();
      this.#add('nothing', describe(schema), (text) => put(text, this.#path, schema));
    }
    this.#others();
    const samples = this.#schema['x-samples'];
    if (this.wish.evidence > 0 && typeof samples === 'number') {
      const sum = samples + this.wish.evidence;
      this.#push(Phase.Within, null, (text) => put(text, this.#at('x-samples'), sum));
    }
    return this.#edits;
  }

  #types(): void {
    const { types } = this.wish;
    if (types === null) return;
    const before = [this.#schema.type].flat().filter((type) => typeof type === 'string');
    const seen = types.types().filter((type) => type !== 'any' && !before.includes(type));
    const kept = seen.includes('number') ? before.filter((type) => type !== 'integer') : before;
    const after = [...kept, ...seen];
    if (seen.length === 0) return;
    const learned = types.schema();
    const parts = ['required', 'properties', 'patternProperties', 'additionalProperties', 'items'].filter(
      (keyword) => learned[keyword] !== undefined,
    );
    const isNew = parts.every((keyword) => this.#schema[keyword] === undefined);
    this.#add(before.join(' or '), after.join(' or '), (text) => {
      const canPush = Array.isArray(this.#schema.type) && kept.length === before.length;
      const typed = canPush
        ? seen.reduce((last, type) => push(last, this.#at('type'), type), text)
        : put(text, this.#at('type'), after.length === 1 ? after[0] : after);
      if (!isNew) return typed;
      return parts.reduce((last, keyword) => put(last, this.#at(keyword), learned[keyword]), typed);
    });
  }

  #values(): void {
    const added = [...this.wish.values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
    if (added.length === 0) return;
    const isConstant = this.#schema.const !== undefined;
    const keyword = isConstant ? 'const' : 'enum';
    const before: readonly unknown[] = isConstant
      ? [this.#schema.const]
      : Array.isArray(this.#schema.enum)
        ? this.#schema.enum
        : [];
    const was = isConstant || before.length > 0 ? listed(before) : keyword;
    // A credential is nothing to write down, whatever set it belongs to.
    const isSecret = isCredentialName(this.wish.where.pointer.split('/').at(-1) ?? '');
    if (isSecret || added.length > MOST_VALUES) {
      this.#add(was, 'any value', (text) => drop(text, this.#at(keyword)));
    } else if (isConstant) {
      this.#add(was, listed([...before, ...added]), (text) =>
        rename(put(text, this.#at(keyword), [...before, ...added]), this.#at(keyword), 'enum'),
      );
    } else {
      this.#add(was, listed([...before, ...added]), (text) =>
        added.reduce<string>((last, value) => push(last, this.#at(keyword), value), text),
      );
    }
  }

  #optional(): void {
    for (const name of [...this.wish.optional].sort()) {
      this.#add(
        'required',
        'optional',
        (text) => {
          const path = this.#at('required');
          const names = valueAt(text, path);
          const index = Array.isArray(names) ? names.indexOf(name) : -1;
          if (index < 0) return text;
          // An empty list is no schema in draft 04.
          return Array.isArray(names) && names.length === 1 ? drop(text, path) : drop(text, [...path, index]);
        },
        [name],
      );
    }
  }

  #dropped(path: readonly string[]): void {
    const [keyword = ''] = path;
    // Without the keyword that they belong to these would be an error.
    const beside = {
      contains: ['minContains', 'maxContains'],
      minimum: ['exclusiveMinimum'],
      maximum: ['exclusiveMaximum'],
    };
    const more = Object.hasOwn(beside, keyword) ? beside[keyword as keyof typeof beside] : [];
    const gone = more.filter((name) => this.#schema[name] !== undefined);
    const value = this.#schema[keyword];
    const was = typeof value === 'string' || typeof value === 'number' ? `${keyword} ${value}` : keyword;
    this.#add(was, `no ${keyword}`, (text) =>
      [path, ...gone.map((name) => [name])].reduce((last, one) => drop(last, this.#at(...one)), text),
    );
  }

  #properties(): void {
    if (this.wish.properties === null) return;
    const { properties, patterns } = this.wish.properties.members();
    for (const { name, schema, count } of properties) {
      this.#add(
        'undeclared',
        `${describe(schema)}, optional`,
        (text) => {
          const value = { ...schema, 'x-samples': count };
          const isThere = valueAt(text, this.#at('properties')) !== undefined;
          return isThere
            ? put(text, this.#at('properties', name), value)
            : put(text, this.#at('properties'), Object.fromEntries([[name, value]]));
        },
        [name],
      );
    }
    const own = Object.keys(isRecord(this.#schema.properties) ? this.#schema.properties : {});
    for (const pattern of patterns) {
      // Names that are many are let be: what one of them holds says nothing of the next.
      const isClear = pattern !== '' && !own.some((name) => new RegExp(pattern, 'u').test(name));
      const path = isClear ? ['patternProperties', pattern] : ['additionalProperties'];
      this.#add('undeclared', isClear ? `any name like ${pattern}` : 'any name', (text) => {
        const isThere = !isClear || valueAt(text, this.#at('patternProperties')) !== undefined;
        return isThere
          ? put(text, this.#at(...path), {})
          : put(text, this.#at('patternProperties'), Object.fromEntries([[pattern, {}]]));
      });
    }
  }

  #variants(): void {
    for (const [keyword, learner] of [...this.wish.variants].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const before = this.#schema[keyword];
      const titles = (Array.isArray(before) ? before : []).map((one) =>
        isRecord(one) ? one.title : undefined,
      );
      const isTitled =
        titles.every((title) => typeof title === 'string') && this.naming.mayTitle(this.wish.place.file);
      const added = isTitled
        ? titled(learner.variants(true), titles.map(String))
        : learner.variants(true).map(({ schema }) => schema);
      for (const variant of added) {
        this.#add('another shape', nameOf(variant), (text) => push(text, this.#at(keyword), variant));
      }
    }
    for (const keyword of [...this.wish.nullable].sort()) {
      this.#add(keyword, `${keyword} or null`, (text) => push(text, this.#at(keyword), { type: 'null' }));
    }
    if (this.wish.isAnyOf) {
      const canRename = this.#schema.anyOf === undefined;
      this.#add(
        'oneOf',
        canRename ? 'anyOf' : 'no oneOf',
        (text) => (canRename ? rename(text, this.#at('oneOf'), 'anyOf') : drop(text, this.#at('oneOf'))),
        [],
        Phase.Renaming,
      );
    }
  }

  #others(): void {
    const { others, place } = this.wish;
    if (others === null) return;
    const title = this.naming.titleOf(place.file);
    const isTitled = this.naming.mayTitle(place.file);
    const added = isTitled
      ? titled(others.variants(true), [title])
      : others.variants(true).map(({ schema }) => schema);
    const names = added.map(nameOf).join(' or ');
    const stays = (name: string) => OF_THE_FILE.test(name);
    const first = isTitled ? { title } : {};
    this.#add(
      'one shape',
      `that or ${names}`,
      (text) => wrapRoot(text, 'anyOf', stays, first, added),
      [],
      Phase.Wrapping,
    );
  }

  #at(...names: readonly string[]): Path {
    return [...this.#path, ...names];
  }

  #add(
    was: string,
    now: string,
    apply: (text: string) => string,
    below: readonly string[] = [],
    phase = Phase.Within,
  ): void {
    const { where, place } = this.wish;
    const pointer = where.pointer + formatPointer(below);
    this.#push(phase, { ...where, pointer, file: place.file, was, now }, apply);
  }

  #push(phase: Phase, change: Change | null, apply: (text: string) => string): void {
    const { file } = this.wish.place;
    this.#edits.push({
      phase,
      edit: { file, change, apply: (text) => (text === null ? null : apply(text)) },
    });
  }
}

/** Indexes of lists are numbers in a path, and a name like one is none. */
function pathOf(store: SchemaStore, { file, pointer }: SchemaPlace): Path {
  let current = store.schemaAt({ file, pointer: '' });
  return parsePointer(pointer).map((token) => {
    const isIndex = Array.isArray(current);
    current = typeof current === 'object' && current !== null ? Reflect.get(current, token) : undefined;
    return isIndex ? Number(token) : token;
  });
}

function valueAt(text: string, path: Path): unknown {
  let current: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  for (const token of path) {
    const isThere = typeof current === 'object' && current !== null && Object.hasOwn(current, token);
    current = isThere ? Reflect.get(current as object, token) : undefined;
  }
  return current;
}
