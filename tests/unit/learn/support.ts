import type { Collection } from '../../../src/collection/model';
import type { FitSample } from '../../../src/learn/fit';
import { filesAfter, learnContracts } from '../../../src/learn/learn';
import { lineOf } from '../../../src/learn/words';
import { item, load } from '../collections';

/** The request `get` with these saved bodies of status 200. */
export const collectionWith = (...bodies: readonly unknown[]): Collection =>
  load([
    {
      ...item('get'),
      response: bodies.map((body, index) => ({
        name: `example ${index + 1}`,
        code: 200,
        header: [],
        body: JSON.stringify(body),
      })),
    },
  ]);

/** Bodies of `get` and status 200 as they were recorded. */
export const recorded = (bodies: readonly unknown[], placeholders = false): FitSample[] =>
  bodies.map((body) => ({ key: 'get', status: 200, name: 'recorded', body, reading: { placeholders } }));

/** What learning bodies into schema files (objects, or texts as they are written) changes. */
export async function learnInto(
  files: Readonly<Record<string, unknown>>,
  samples: readonly FitSample[],
  collection = collectionWith(),
) {
  const texts = new Map(
    Object.entries(files).map(([name, file]): [string, string] => [
      name,
      typeof file === 'string' ? file : JSON.stringify(file, null, 2),
    ]),
  );
  const contracts = { folder: '/schemas', label: 'schemas', texts };
  const { edits, stuck } = await learnContracts(collection, contracts, () => samples);
  const changed = filesAfter(contracts, edits);
  return {
    lines: edits.flatMap(({ change }) => (change === null ? [] : [lineOf(change)])),
    changed: Object.fromEntries(changed),
    texts: { ...Object.fromEntries(texts), ...Object.fromEntries(changed) },
    stuck,
  };
}
