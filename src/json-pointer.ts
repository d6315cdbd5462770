import { UsageError } from './errors';

/**
 * Splits a JSON Pointer into its unescaped reference tokens; `''` points to the whole document and has none.
 *
 * Errors: UsageError for text that is not a pointer (no leading `/`, or a `~` that escapes nothing).
 * Source: RFC 6901, sections 3 and 4.
 */
export function parsePointer(pointer: string): string[] {
  if (pointer === '') {
    return [];
  }
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) {
    throw new UsageError(
      `"${pointer}" is not a JSON Pointer`,
      'RFC 6901',
      'start it with "/" and write "~" in a name as "~0" and "/" as "~1"',
    );
  }
  // "~1" first: "~01" means the two characters "~1", never a slash.
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Joins reference tokens to a JSON Pointer, escaping `~` and `/`: the inverse of `parsePointer`. */
export function formatPointer(tokens: readonly (string | number)[]): string {
  let pointer = '';
  for (const token of tokens) pointer += `/${escaped(String(token))}`;
  return pointer;
}

function escaped(token: string): string {
  return /[~/]/.test(token) ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token;
}

/** The value that a pointer names, or `undefined` where the document has none. */
export function getPointer(value: unknown, pointer: string): unknown {
  let current = value;
  for (const token of parsePointer(pointer)) {
    if (Array.isArray(current)) {
      const index = arrayIndex(token);
      current = index === undefined ? undefined : current[index];
    } else if (isContainer(current) && Object.hasOwn(current, token)) {
      current = current[token];
    } else {
      return undefined;
    }
  }
  return current;
}

/**
 * Adds or replaces the value at a pointer, in place, and returns the document.
 *
 * `-` appends to an array; the empty pointer replaces the document. The parent must exist, so that a
 * misspelt pointer cannot invent structure (RFC 6902, section 4.1).
 * Errors: UsageError where there is no parent that could hold the value.
 */
export function setPointer(value: unknown, pointer: string, replacement: unknown): unknown {
  const tokens = parsePointer(pointer);
  const last = tokens.pop();
  if (last === undefined) {
    return replacement;
  }
  const current = getPointer(value, formatPointer(tokens));
  if (Array.isArray(current)) {
    const index = last === '-' ? current.length : arrayIndex(last);
    if (index === undefined || index > current.length) {
      throw unreachablePointer(pointer);
    }
    current[index] = replacement;
  } else if (isContainer(current)) {
    define(current, last, replacement);
  } else {
    throw unreachablePointer(pointer);
  }
  return value;
}

/** Removes the value at a pointer, in place; false if there was none. The document itself cannot be removed. */
export function removePointer(value: unknown, pointer: string): boolean {
  const tokens = parsePointer(pointer);
  const last = tokens.pop();
  if (last === undefined || getPointer(value, pointer) === undefined) {
    return false;
  }
  const parent = getPointer(value, formatPointer(tokens));
  if (Array.isArray(parent)) {
    parent.splice(Number(last), 1);
    return true;
  }
  return isContainer(parent) && delete parent[last];
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function arrayIndex(token: string): number | undefined {
  return /^(0|[1-9]\d*)$/.test(token) ? Number(token) : undefined;
}

// A plain assignment to "__proto__" would change the prototype instead of adding a property.
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

function unreachablePointer(pointer: string): UsageError {
  return new UsageError(
    `nothing can be set at "${pointer}"`,
    'JSON Pointer',
    'point into an existing object, or to an array element or its end ("-" appends)',
  );
}
