import type { Severity } from '../../findings/kinds';
import type { Outcome } from '../report';
import type { Entry } from './model';

/** What the list is narrowed to; an empty field narrows nothing. */
export interface Filter {
  readonly text: string;
  readonly outcome: Outcome | '';
  readonly severity: Severity | '';
  readonly runner: string;
}

/** The filter that shows everything. */
export const EVERYTHING: Filter = { text: '', outcome: '', severity: '', runner: '' };

/** A line of the list: the head of a folder, or a request in it. */
export type Line =
  | { readonly kind: 'folder'; readonly name: string; readonly count: number }
  | { readonly kind: 'request'; readonly entry: Entry };

const texts = new WeakMap<Entry, string>();

/** Everything of a request that a search looks at. It is made when it is first looked for, and kept. */
function textOf(entry: Entry): string {
  const known = texts.get(entry);
  if (known !== undefined) return known;
  const [first] = entry.rows;
  const parts = [
    entry.key,
    first?.name,
    first?.method,
    first?.url,
    entry.folder,
    ...entry.rows.slice(0, 20).flatMap(({ reason, status, flaky }) => [reason, status, flaky && 'flaky']),
    ...[...entry.findings, ...entry.accepted].flatMap(({ kind, pointer, message }) => [
      kind,
      pointer,
      message,
    ]),
    ...entry.failures.flatMap(({ name, error }) => [name, error]),
  ];
  const text = parts
    .map((part) => String(part ?? '').slice(0, 2_000))
    .join('\n')
    .toLowerCase();
  texts.set(entry, text);
  return text;
}

function passes(entry: Entry, { text, outcome, severity, runner }: Filter): boolean {
  const isWanted = entry.rows.some(
    (row) => (runner === '' || row.runner === runner) && (outcome === '' || row.outcome === outcome),
  );
  if (!isWanted) return false;
  const isFound = entry.findings.some(
    (found) => found.severity === severity && (runner === '' || found.runners.includes(runner)),
  );
  if (severity !== '' && !isFound) return false;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 || words.every((word) => textOf(entry).includes(word));
}

/** Entries in order → the lines of those that pass, each folder with its head. */
export function linesOf(entries: readonly Entry[], filter: Filter): Line[] {
  const lines: Line[] = [];
  let head: { kind: 'folder'; name: string; count: number } | null = null;
  for (const entry of entries) {
    if (!passes(entry, filter)) continue;
    if (head === null || head.name !== entry.folder) {
      head = { kind: 'folder', name: entry.folder, count: 0 };
      lines.push(head);
    }
    head.count += 1;
    lines.push({ kind: 'request', entry });
  }
  return lines;
}
