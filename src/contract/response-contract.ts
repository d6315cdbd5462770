import { answerIn } from '../collection/example';
import type { Example } from '../collection/model';
import { isRecord } from '../json';
import { placeBelow, type SchemaPlace } from './schema-index';

/** The contract of one request and status. */
export interface ResponseContract {
  /** The file of the contract's own name. Where others say the same, `place` may be in one of those. */
  readonly file: string;
  readonly place: SchemaPlace;
  /** The schema that a run holds the response to: the whole, or the variant of the first example. */
  readonly expected: SchemaPlace;
  /** The title of that variant, where the status has several. */
  readonly variant: string | null;
  /** The other titled variants. */
  readonly others: readonly { readonly title: string; readonly place: SchemaPlace }[];
}

/** The keyword of a schema's root that holds the titled variants of a status. */
export const VARIANTS = 'anyOf';

/**
 * The contract that `file` is for its request and status: `place` is where it is read, `root` is what stands in it, `accepts` says whether what
 * stands at a place takes a value, and the example decides which of several variants is meant.
 */
export function responseContract(
  file: string,
  place: SchemaPlace,
  root: unknown,
  example: Example | undefined,
  accepts: (place: SchemaPlace, value: unknown) => boolean,
): ResponseContract {
  const variants = titledVariants(root).map(({ title, at }) => ({ title, place: placeBelow(place, at) }));
  const answer = example === undefined || variants.length === 0 ? null : answerIn(example.body);
  const expected =
    answer === null ? undefined : variants.find((variant) => accepts(variant.place, answer.value));
  return {
    file,
    place,
    expected: expected?.place ?? place,
    variant: expected?.title ?? null,
    others: variants.filter((variant) => variant !== expected),
  };
}

function titledVariants(schema: unknown): { title: string; at: string }[] {
  const variants = isRecord(schema) ? schema[VARIANTS] : undefined;
  if (!Array.isArray(variants)) return [];
  const titles = variants.map((variant: unknown) => (isRecord(variant) ? variant.title : undefined));
  if (!titles.every((title) => typeof title === 'string')) return [];
  return titles.map((title, at) => ({ title: String(title), at: `${VARIANTS}/${at}` }));
}
