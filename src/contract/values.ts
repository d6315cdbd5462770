import { isCredentialName } from '../masking/masker';

/**
 * A received value as a text, unless its name says that it is a credential. It is whole: what is cut before secrets
 * are masked may leave half of one. `shorten` it after.
 */
export function valueText(value: unknown, pointer: string): string {
  const name = pointer.split('/').at(-1) ?? '';
  if (typeof value === 'string' && isCredentialName(name)) return '[hidden]';
  return JSON.stringify(value) ?? 'nothing';
}
