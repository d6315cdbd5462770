import { isObject, isUuid, type JsonObject } from './call';
import { ApiFailure } from './responses';

/** What bodies are made of; each reader names the field in what it throws. */

/** The object itself. Errors: `missing_data` where there is none, `argument_error` for anything else. */
export function objectOf(value: unknown, name: string): JsonObject {
  if (!isObject(required(value, name))) {
    throw new ApiFailure('argument_error', `${name} must be an object.`);
  }
  return value as JsonObject;
}

/** A list. Errors: `missing_data` where there is none or an empty one, `argument_error` for anything else. */
export function listOf(value: unknown, name: string): unknown[] {
  if (!Array.isArray(required(value, name))) {
    throw new ApiFailure('argument_error', `${name} must be a list.`);
  }
  if ((value as unknown[]).length === 0) {
    throw new ApiFailure('missing_data', `${name} must not be empty.`);
  }
  return value as unknown[];
}

/** A text that is not empty. */
export function textOf(value: unknown, name: string): string {
  if (typeof required(value, name) !== 'string') {
    throw new ApiFailure('argument_error', `${name} must be a string.`);
  }
  return value as string;
}

/** A text, or `null` where there is none. */
export function optionalText(value: unknown, name: string): string | null {
  return isAbsent(value) ? null : textOf(value, name);
}

/** A GUID in lower case, because channels write them in either case. */
export function guidOf(value: unknown, name: string): string {
  const text = textOf(value, name);
  if (!isUuid(text)) {
    throw new ApiFailure('argument_error', `${name} must be a GUID.`);
  }
  return text.toLowerCase();
}

/** A list of GUIDs; empty where the field is absent. */
export function guidsOf(value: unknown, name: string): string[] {
  return value === undefined || value === null ? [] : listOf(value, name).map((entry) => guidOf(entry, name));
}

/** A finite number within bounds, both inclusive. */
export function numberOf(value: unknown, name: string, min = -Infinity, max = Infinity): number {
  if (typeof required(value, name) !== 'number' || !Number.isFinite(value)) {
    throw new ApiFailure('argument_error', `${name} must be a number.`);
  }
  const number = value as number;
  if (number < min || number > max) {
    throw new ApiFailure('argument_error', `${name} must lie between ${min} and ${max}.`);
  }
  return number;
}

/** A whole number within bounds, or what stands in for it where the field is absent. */
export function integerOf(value: unknown, name: string, fallback: number, min: number, max: number): number {
  const number = isAbsent(value) ? fallback : numberOf(value, name, min, max);
  if (!Number.isSafeInteger(number)) {
    throw new ApiFailure('argument_error', `${name} must be a whole number.`);
  }
  return number;
}

/** A boolean, or what stands in for it where the field is absent. Clients also send it as text. */
export function flagOf(value: unknown, name: string, fallback: boolean): boolean {
  const flag = isAbsent(value) ? fallback : value === 'true' ? true : value === 'false' ? false : value;
  if (typeof flag !== 'boolean') {
    throw new ApiFailure('argument_error', `${name} must be a boolean.`);
  }
  return flag;
}

/** A time in milliseconds since the epoch, from an ISO 8601 text; `null` where the field is absent. */
export function timeOf(value: unknown, name: string): number | null {
  if (isAbsent(value)) {
    return null;
  }
  const time = /^\d{4}-\d\d-\d\d/.test(textOf(value, name)) ? Date.parse(value as string) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new ApiFailure('argument_error', `${name} must be an ISO 8601 time.`);
  }
  return time;
}

function isAbsent(value: unknown): boolean {
  // Clients send unused texts empty.
  return value === undefined || value === null || value === '';
}

function required(value: unknown, name: string): unknown {
  if (isAbsent(value)) {
    throw new ApiFailure('missing_data', `${name} is required.`);
  }
  return value;
}
