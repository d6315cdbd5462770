import { parsePointer } from '../../json-pointer';
import type { NotedGroup } from '../page-data';
import { sayLine } from './say';

/** A line of a structural diff: what was expected (`-`), what came (`+`), or what stands around it. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly depth: number;
  readonly text: string;
  readonly note?: string;
}

/** As many properties as are shown before and behind the place itself. */
const AROUND = 2;

type Place = Pick<NotedGroup, 'kind' | 'pointer' | 'expected' | 'actual'>;

/**
 * The difference in its place: the way down to it with its neighbours, what was expected there and what came.
 *
 * Shape: `body` is the parsed body, or undefined where the report has none: then only the way is shown.
 */
export function diffLines({ kind, pointer, expected, actual }: Place, body: unknown): DiffLine[] {
  const tokens = /^\/(?!.*~(?![01]))/s.test(pointer) ? parsePointer(pointer) : [];
  const leaf = tokens.at(-1);
  if (leaf === undefined || kind === 'header-missing') {
    const name = leaf === undefined ? '' : `${sayLine(leaf)}: `;
    return [
      { sign: '-', depth: 0, text: `${name}${sayLine(expected)}`, note: 'expected' },
      { sign: '+', depth: 0, text: `${name}${sayLine(actual)}`, note: 'received' },
    ];
  }
  const opening: DiffLine[] = [];
  const closing: DiffLine[] = [];
  let current = body;
  tokens.slice(0, -1).forEach((token, depth) => {
    const next = step(current, token);
    const isList = isIndex(current, token);
    opening.push({ sign: ' ', depth, text: `${isList ? '[' : '{'}${neighbours(current, token)}` });
    opening.push({ sign: ' ', depth: depth + 1, text: label(current, token) });
    closing.unshift({ sign: ' ', depth, text: isList ? ']' : '}' });
    current = next;
  });
  const depth = tokens.length - 1;
  const isList = isIndex(current, leaf);
  const { before, behind } = around(current, leaf);
  const name = label(current, leaf);
  const found = step(current, leaf);
  const here = (sign: '-' | '+', value: string, note: string): DiffLine => ({
    sign,
    depth: depth + 1,
    text: `${name} ${value}`,
    note,
  });
  const received = found === undefined ? sayLine(actual) : brief(found);
  return joined([
    ...opening,
    { sign: ' ', depth, text: isList ? '[' : '{' },
    ...before.map((text): DiffLine => ({ sign: ' ', depth: depth + 1, text })),
    here('-', sayLine(expected), 'expected'),
    here('+', received, received === sayLine(actual) ? 'received' : `received, ${sayLine(actual)}`),
    ...behind.map((text): DiffLine => ({ sign: ' ', depth: depth + 1, text })),
    { sign: ' ', depth, text: isList ? ']' : '}' },
    ...closing,
  ]);
}

/** `"user":` and the `{` that follows it are one line. */
function joined(lines: readonly DiffLine[]): DiffLine[] {
  const done: DiffLine[] = [];
  for (const line of lines) {
    const last = done.at(-1);
    const isOpening = line.sign === ' ' && /^[[{]/.test(line.text) && last?.text.endsWith(':') === true;
    if (last !== undefined && isOpening) done.splice(-1, 1, { ...last, text: `${last.text} ${line.text}` });
    else done.push(line);
  }
  return done;
}

function step(value: unknown, token: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
  return Reflect.get(value, token);
}

function isIndex(value: unknown, token: string): boolean {
  return value === undefined ? /^(\d+|\*)$/.test(token) : Array.isArray(value);
}

function label(value: unknown, token: string): string {
  return isIndex(value, token) ? `${sayLine(token)}:` : `${sayLine(JSON.stringify(token))}:`;
}

function neighbours(value: unknown, token: string): string {
  if (typeof value !== 'object' || value === null) return '';
  const others = Object.keys(value).filter((name) => name !== token).length;
  return others === 0 ? '' : ` … ${others} more`;
}

/** The properties or items next to a place; where it is absent, the last ones. */
function around(value: unknown, token: string): { before: string[]; behind: string[] } {
  if (typeof value !== 'object' || value === null) return { before: [], behind: [] };
  const names = Object.keys(value);
  const at = names.includes(token) ? names.indexOf(token) : names.length;
  const line = (name: string): string => `${label(value, name)} ${brief(step(value, name))}`;
  const more = (count: number): string[] => (count > 0 ? [`… ${count} more`] : []);
  const start = Math.max(0, at - AROUND);
  const end = Math.min(names.length, at + 1 + AROUND);
  return {
    before: [...more(start), ...names.slice(start, at).map(line)],
    behind: [...names.slice(at + 1, end).map(line), ...more(names.length - end)],
  };
}

function brief(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[… ${value.length}]`;
  if (typeof value === 'object' && value !== null) {
    const count = Object.keys(value).length;
    return count === 0 ? '{}' : `{… ${count}}`;
  }
  const text = JSON.stringify(value) ?? '';
  return text.length > 80 ? `${sayLine(text.slice(0, 79))}…` : sayLine(text);
}
