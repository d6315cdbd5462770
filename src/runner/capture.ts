import type { CaptureSource } from '../config/config';
import { type Exchange, type Header, headerValue } from '../exchange/exchange';
import { getPointer } from '../json-pointer';
import type { PlannedRequest } from '../plan/plan';

/**
 * The variables that a response yields. What is absent or null is not captured.
 *
 * Shape: texts stay as they are, numbers and booleans become text, objects and arrays their JSON.
 */
export function captured(planned: PlannedRequest, exchange: Exchange): Record<string, string> {
  const { response } = exchange;
  // Most requests yield nothing, and reading a body costs more than all else here.
  if (response === null || Object.keys(planned.captures).length === 0) return {};
  const body = jsonOrUndefined(response.body);
  const entries = Object.entries(planned.captures).flatMap(([name, source]) => {
    const value = asText(sourceValue(source, body, response.headers));
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

function sourceValue(source: CaptureSource, body: unknown, headers: readonly Header[]): unknown {
  if ('pointer' in source) return getPointer(body, source.pointer);
  if ('header' in source) return headerValue(headers, source.header);
  return cookieValue(headers, source.cookie);
}

function cookieValue(headers: readonly Header[], name: string): string | undefined {
  const pairs = headers
    .filter(([header]) => header.toLowerCase() === 'set-cookie')
    .map(([, value]) => value.split(';')[0] ?? '');
  return pairs.find((pair) => pair.slice(0, pair.indexOf('=')).trim() === name)?.replace(/^[^=]*=/, '');
}

function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
