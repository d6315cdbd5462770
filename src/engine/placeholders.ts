import type { Collection } from '../collection/model';
import type { Config } from '../config/config';
import type { Environment } from '../environment/environment';
import { isRecord } from '../json';
import { describeRequests } from '../plan/plan';

/** An environment, whose values outrank what scripts set in most scopes, and what stands back behind those. */
export interface StoodBack {
  readonly environment: Environment;
  readonly collection: Collection;
  readonly placeholders: Readonly<Record<string, string>>;
}

/**
 * Takes out of an embedded environment what stands in for values that scripts of the collection set: it belongs behind all
 * scopes, because a script may set any. So do the empty values that the collection has in their place.
 *
 * What a person has given stays where it is: it outranks in Postman as well.
 */
export function stoodBack(environment: Environment, collection: Collection, config: Config): StoodBack {
  const given = new Set(environment.given);
  const scripted = new Set(describeRequests(collection, config).flatMap(({ access }) => access?.sets ?? []));
  const all = Object.entries(environment.variables);
  const isBack = (name: string) => scripted.has(name) && !given.has(name);
  const placeholders = Object.fromEntries(all.filter(([name]) => isBack(name)));
  if (!all.some(([name]) => isBack(name))) return { environment, collection, placeholders };
  const { variable } = collection.document;
  const isEmpty = (entry: unknown) =>
    isRecord(entry) &&
    (entry.value ?? '') === '' &&
    Object.hasOwn(placeholders, String(entry.key)) &&
    entry.disabled !== true;
  return {
    environment: { ...environment, variables: Object.fromEntries(all.filter(([name]) => !isBack(name))) },
    collection: Array.isArray(variable)
      ? {
          ...collection,
          document: { ...collection.document, variable: variable.filter((one) => !isEmpty(one)) },
        }
      : collection,
    placeholders,
  };
}
