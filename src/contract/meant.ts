import { isRecord } from '../json';
import { explain } from './explain';
import type { SchemaPlace, SchemaStore } from './store';
import { undeclared } from './undeclared';

/** How many properties of the value itself a variant does not know. */
export function strangersTo(store: SchemaStore, place: SchemaPlace, value: unknown): number {
  if (!isRecord(value)) return 0;
  return undeclared(store, [place], value).filter(({ pointer }) => pointer.indexOf('/', 1) < 0).length;
}

/**
 * The variant that a value is a drifted answer of, though another one takes it: schemas are open, so that a variant of few
 * properties takes whatever went wrong in one that has them and more. It is the one that knows most of the value's names; null
 * where one of those takes the value, and where none of all does.
 */
export function driftedVariant(
  store: SchemaStore,
  variants: readonly SchemaPlace[],
  value: unknown,
): SchemaPlace | null {
  const taking = variants.filter((place) => store.accepts(place, value));
  const known = Math.min(...taking.map((place) => strangersTo(store, place, value)));
  if (taking.length === 0 || known === 0) return null;
  const drifted = variants
    .filter((place) => !taking.includes(place))
    .map((place) => ({
      place,
      differences: explain(store, place, value),
      strangers: strangersTo(store, place, value),
    }))
    // What refuses the whole of a value says nothing of its names.
    .filter(({ differences }) => differences.every(({ pointer }) => pointer !== ''))
    .sort((a, b) => a.strangers - b.strangers || a.differences.length - b.differences.length);
  const [first] = drifted;
  return first !== undefined && first.strangers < known ? first.place : null;
}
