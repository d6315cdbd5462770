import { randomUUID } from 'node:crypto';
import type { VariableScope } from './scope';

const PLACEHOLDER = /\{\{([^{}]+)\}\}/g;
/** Values may hold placeholders themselves; Postman follows them this deep, which also ends a cycle. */
const MAX_DEPTH = 19;

/** The variable names a text needs, without Postman's dynamic `$names`, each once. */
export function variablesIn(text: string): string[] {
  return namesIn(text).filter((name) => !name.startsWith('$'));
}

function namesIn(text: string): string[] {
  if (!text.includes('{{')) return [];
  return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))];
}

/**
 * Replaces `{{name}}` and dynamic `{{$name}}` placeholders.
 *
 * Shape: what nothing provides stays in the text and is named in `unresolved`.
 * Source: postman-collection, `lib/superstring`.
 */
export function resolveText(text: string, scope: VariableScope): { text: string; unresolved: string[] } {
  let current = text;
  for (let depth = 0; depth < MAX_DEPTH && current.includes('{{'); depth += 1) {
    const next = current.replace(
      PLACEHOLDER,
      (placeholder, name: string) =>
        scope.get(name) ?? (name.startsWith('$') ? dynamicValue(name) : undefined) ?? placeholder,
    );
    if (next === current) break;
    current = next;
  }
  // What is left is provided by nothing, or stands for itself in a circle.
  return { text: current, unresolved: namesIn(current) };
}

/** The four that nearly every collection uses are ours, because loading the library costs more than a small run. */
function dynamicValue(name: string): string | undefined {
  switch (name) {
    case '$guid':
    case '$randomUUID':
      return randomUUID();
    case '$timestamp':
      return String(Math.floor(Date.now() / 1000));
    case '$isoTimestamp':
      return new Date().toISOString();
    default: {
      const library = require('postman-collection/lib/superstring/dynamic-variables') as Record<
        string,
        { generator: () => unknown } | undefined
      >;
      const known = library[name];
      return known === undefined ? undefined : String(known.generator());
    }
  }
}
