import type { Collection } from '../collection/model';
import type { ResponseContract, SchemaPlace, SchemaStore } from '../contract/store';
import type { PlannedRequest } from '../plan/plan';
import { bodyChangesType } from './body-type';
import { comment, indented, type NamedTypes, typeOf } from './schema-type';

/**
 * The declaration file of a collection: its request keys, the variables and the body of each, and the
 * bodies that each may answer.
 *
 * Shape:  requests + schemas → TypeScript text. It fills the global interface `Driftgate.Requests`, by which
 *         `Session.send` knows keys, variables and bodies.
 */
export function toDeclarations(
  collection: Collection,
  requests: readonly PlannedRequest[],
  store: SchemaStore,
): string {
  const named = new Names(store);
  const entries = requests.map(({ request, needs }) => {
    const statuses = store.statusesOf(request.key).map((status) => {
      const place = { file: `${request.key}.${status}.json`, pointer: '' };
      return `${status}: ${typeOf(store, place, named)};`;
    });
    const first = request.examples.find(({ code }) => code !== null && code >= 200 && code < 300)?.code;
    const contract = typeof first === 'number' ? store.contractOf(request, first) : null;
    const key = JSON.stringify(request.key);
    return [
      `/** ${request.method} ${request.name.replaceAll('*/', '*\\/')} */`,
      `${key}: {`,
      `  variables: ${needs.length === 0 ? 'never' : needs.map((name) => JSON.stringify(name)).join(' | ')};`,
      `  body: ${indented(bodyChangesType(request.body)).trimStart()};`,
      `  success: ${contract === null ? 'unknown' : successOf(contract, key, named, store)};`,
      `  responses: {${statuses.length === 0 ? '' : `\n${indented(indented(statuses.join('\n')))}\n  `}};`,
      '};',
    ].join('\n');
  });
  const body = [
    'interface Requests {',
    indented(entries.join('\n')),
    '}',
    // Naming one schema may name others; so the list is complete only now.
    ...named.declarations(),
  ].join('\n');
  return [
    `// The requests of "${collection.name.replace(/\s+/g, ' ')}" as TypeScript knows them, written by \`driftgate types\`. Do not edit.`,
    'declare namespace Driftgate {',
    indented(body),
    '}',
    '',
  ].join('\n');
}

/** The body that a run expects: a variant of its own, or all that the status may answer. */
function successOf(
  { place, expected }: ResponseContract,
  key: string,
  named: Names,
  store: SchemaStore,
): string {
  return expected.pointer === ''
    ? `Requests[${key}]['responses'][${/\.(\d+)\.json$/.exec(place.file)?.[1]}]`
    : indented(typeOf(store, expected, named)).trimStart();
}

/** Gives each schema that is referred to one name, and declares it. */
class Names implements NamedTypes {
  readonly #store: SchemaStore;
  readonly #places = new Map<string, { readonly place: SchemaPlace; readonly id: string }>();

  constructor(store: SchemaStore) {
    this.#store = store;
  }

  nameOf(place: SchemaPlace): string {
    const taken = new Set([...this.#places.values()].map(({ id }) => id));
    const id = `${place.file}#${place.pointer}`;
    const known = this.#places.get(id);
    if (known !== undefined) return known.id;
    const words = `${place.file.replace(/^shared\/|\.json$/g, '')} ${place.pointer.replace(/\$defs|definitions/g, '')}`;
    const base = pascalCase(words);
    let name = base === 'Requests' ? 'RequestsBody' : base;
    for (let count = 2; taken.has(name); count += 1) name = `${base}${count}`;
    this.#places.set(id, { place, id: name });
    return name;
  }

  declarations(): string[] {
    const written: string[] = [];
    // A map grows while it is walked, and takes each name once: so a circle of references ends.
    for (const { place, id } of this.#places.values()) {
      written.push(
        `${comment(this.#store.schemaAt(place))}type ${id} = ${typeOf(this.#store, place, this)};`,
      );
    }
    return written;
  }
}

function pascalCase(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(name) ? name : `Type${name}`;
}
