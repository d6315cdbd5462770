import { canonicalJson, isRecord } from '../json';
import { isCredentialName } from '../masking/masker';

/** What the report says of a property that no schema names. */
export const UNDECLARED = 'the schema does not know this property';

const HIDDEN = '[hidden]';

/**
 * A received value as a text, without what its names say are credentials, inside it too. It is whole: what is cut before
 * secrets are masked may leave half of one. `shorten` it after.
 */
export function valueText(value: unknown, pointer: string): string {
  if (hides(pointer.split('/').at(-1) ?? '', value)) return HIDDEN;
  return JSON.stringify(value, (name, inner: unknown) => (hides(name, inner) ? HIDDEN : inner)) ?? 'nothing';
}

function hides(name: string, value: unknown): boolean {
  return (typeof value === 'string' || typeof value === 'number') && isCredentialName(name);
}

/** A body that is no JSON as a text, without what stands behind the name of a credential. */
export function bodyText(body: string): string {
  if (body === '') return 'an empty body';
  const shown = body.replace(
    /([\w-]+)(["']?\s*[:=]\s*["']?)([^\s"'&,;<>{}]+)/g,
    (whole, name: string, between: string) => (isCredentialName(name) ? `${name}${between}${HIDDEN}` : whole),
  );
  return JSON.stringify(shown);
}

/** The JSON types that a schema object asks for by itself; empty where it takes any. */
export function typesOf(schema: unknown): string[] {
  if (!isRecord(schema)) return [];
  const { type } = schema;
  if (typeof type === 'string') return [type];
  return Array.isArray(type) ? type.filter((one) => typeof one === 'string') : [];
}

/** Whether two values are the same JSON, whatever the order of their names. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  const areObjects = typeof one === 'object' && typeof other === 'object';
  return areObjects && one !== null && other !== null && canonicalJson(one) === canonicalJson(other);
}

/** The indexes of the first two items that are equal, or null where all differ. */
export function equalItems(items: readonly unknown[]): readonly [number, number] | null {
  const seen = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const text = canonicalJson(item);
    const first = seen.get(text);
    if (first !== undefined) return [first, index];
    seen.set(text, index);
  }
  return null;
}
