import { isRecord, type JsonRecord } from '../json';

const MODES: ReadonlySet<string> = new Set(['raw', 'urlencoded', 'formdata', 'file', 'graphql']);

/**
 * A body in the forms that Newman takes as one of v2.1, or null where nothing is sent: a text is a raw body, a raw body
 * may be written as JSON, and the fields of a form as one text.
 */
export function normaliseBody(body: unknown): JsonRecord | null {
  if (typeof body === 'string') return body === '' ? null : { mode: 'raw', raw: body };
  if (!isRecord(body) || body.disabled === true) return null;
  const { mode, raw, urlencoded } = body;
  if (mode === 'raw' && typeof raw === 'object' && raw !== null) return { ...body, raw: JSON.stringify(raw) };
  // What Newman does not know as a mode is raw to it.
  if (typeof mode === 'string' && !MODES.has(mode))
    return raw === undefined ? body : normaliseBody({ ...body, mode: 'raw' });
  // One field may stand alone; what names none is called so.
  if (mode === 'urlencoded' && isRecord(urlencoded)) {
    return { ...body, urlencoded: [{ ...urlencoded, key: urlencoded.key ?? 'undefined' }] };
  }
  if (mode === 'urlencoded' && typeof urlencoded === 'string') {
    return { ...body, urlencoded: urlencoded.split('&').map(fieldOf) };
  }
  if (mode === 'urlencoded' && Array.isArray(urlencoded)) {
    return { ...body, urlencoded: urlencoded.flatMap(repeated) };
  }
  return body;
}

/** A list as value is the field as often. */
function repeated(field: unknown): unknown[] {
  if (!isRecord(field) || !Array.isArray(field.value)) return [field];
  return field.value.map((value: unknown) => ({ ...field, value }));
}

/** It is encoded when it is sent, so that nothing is decoded here. */
function fieldOf(text: string): JsonRecord {
  const [key = '', ...values] = text.split('=');
  return { key, value: values.join('=') };
}
