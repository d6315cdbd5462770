import { isCredentialName } from '../masking/masker';

const MAX_VALUE_LENGTH = 80;

/** A received value as a short text; whole bodies never get into a finding, and credentials never do. */
export function shortValue(value: unknown, pointer: string): string {
  const name = pointer.split('/').at(-1) ?? '';
  if (typeof value === 'string' && isCredentialName(name)) return '[hidden]';
  return shorten(JSON.stringify(value) ?? 'nothing');
}

/** The text with its middle left out where it is long. */
export function shorten(text: string): string {
  if (text.length <= MAX_VALUE_LENGTH) return text;
  const half = (MAX_VALUE_LENGTH - 1) / 2;
  return `${text.slice(0, Math.ceil(half))}…${text.slice(text.length - Math.floor(half))}`;
}
