import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';

/** A path into a document: names of properties and indexes of items. */
export type Path = readonly (string | number)[];

/** How a file is written, so that what is added looks like what is there. */
interface Style {
  readonly unit: string;
  readonly eol: string;
  /** Lists of plain values stand in one line. */
  readonly flatLists: boolean;
  readonly isMinified: boolean;
}

/**
 * Edits of a JSON text that leave every byte of what they do not touch. A path that leads nowhere leaves the text as it
 * is.
 */

/** Replaces the value at a path, or adds it as the last property of an object that is there. */
export function put(text: string, path: Path, value: unknown): string {
  const node = nodeAt(text, path);
  const style = styleOf(text);
  if (node !== undefined) {
    const parent = node.parent?.type === 'property' ? node.parent.parent : node.parent;
    const around = node.children === undefined ? parent : node;
    const isFlat = around !== undefined && isInline(text, around);
    return splice(text, node, written(value, indentAt(text, node.offset), style, isFlat));
  }
  const name = path.at(-1);
  const parent = nodeAt(text, path.slice(0, -1));
  if (parent?.type !== 'object' || typeof name !== 'string') return text;
  return insert(text, parent, (indent, isFlat) => {
    const colon = style.isMinified ? ':' : ': ';
    return `${JSON.stringify(name)}${colon}${written(value, indent, style, isFlat)}`;
  });
}

/** Adds an item to the list at a path. */
export function push(text: string, path: Path, value: unknown): string {
  const node = nodeAt(text, path);
  if (node?.type !== 'array') return text;
  return insert(text, node, (indent, isFlat) => written(value, indent, styleOf(text), isFlat));
}

/** Removes the property or item at a path, with its comma. */
export function drop(text: string, path: Path): string {
  const node = nodeAt(text, path);
  const member = node?.parent?.type === 'property' ? node.parent : node;
  const all = member?.parent?.children;
  if (member === undefined || all === undefined) return text;
  const at = all.indexOf(member);
  const next = all[at + 1];
  const before = all[at - 1];
  if (next !== undefined) return text.slice(0, member.offset) + text.slice(next.offset);
  if (before !== undefined) return text.slice(0, endOf(before)) + text.slice(endOf(member));
  const { parent } = member;
  if (parent === undefined) return text;
  return text.slice(0, parent.offset + 1) + text.slice(endOf(parent) - 1);
}

/** Gives the property at a path another name and keeps its place and value. */
export function rename(text: string, path: Path, name: string): string {
  const key = nodeAt(text, path)?.parent?.children?.[0];
  return key === undefined ? text : splice(text, key, JSON.stringify(name));
}

/** The text of the value at a path, as written. */
export function textAt(text: string, path: Path): string | undefined {
  const node = nodeAt(text, path);
  return node === undefined ? undefined : text.slice(node.offset, endOf(node));
}

/**
 * Moves the properties of the root that `stays` does not name, as they are written, into the first item of a list that
 * becomes the root's last property; `more` are its other items.
 */
export function wrapRoot(
  text: string,
  name: string,
  stays: (property: string) => boolean,
  first: Readonly<Record<string, unknown>>,
  more: readonly unknown[],
): string {
  const root = nodeAt(text, []);
  if (root?.type !== 'object') return text;
  const style = styleOf(text);
  const { unit, eol, isMinified } = style;
  const members = root.children ?? [];
  const raw = (member: Node) => text.slice(member.offset, endOf(member));
  const isKept = (member: Node) => stays(String(member.children?.[0]?.value));
  const deeper = (lines: string) => (isMinified ? lines : lines.replaceAll(eol, `${eol}${unit}${unit}`));
  const own = Object.entries(first).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const moved = [...own, ...members.filter((member) => !isKept(member)).map((member) => deeper(raw(member)))];
  const line = (depth: number) => (isMinified ? '' : `${eol}${unit.repeat(depth)}`);
  const comma = (depth: number) => `,${line(depth)}`;
  const variants = [
    `{${line(3)}${moved.join(comma(3))}${line(2)}}`,
    ...more.map((value) => written(value, unit.repeat(2), style, false)),
  ];
  const list = `${JSON.stringify(name)}: [${line(2)}${variants.join(comma(2))}${line(1)}]`;
  const kept = [...members.filter(isKept).map(raw), list];
  return splice(text, root, `{${line(1)}${kept.join(comma(1))}${line(0)}}`);
}

function nodeAt(text: string, path: Path): Node | undefined {
  const root = parseTree(text);
  return root === undefined ? undefined : findNodeAtLocation(root, [...path]);
}

function splice(text: string, node: Node, value: string): string {
  return text.slice(0, node.offset) + value + text.slice(endOf(node));
}

function insert(text: string, parent: Node, content: (indent: string, isFlat: boolean) => string): string {
  const last = parent.children?.at(-1);
  const { unit, eol, isMinified } = styleOf(text);
  if (last === undefined) {
    const outer = indentAt(text, parent.offset);
    const inside = isMinified
      ? content('', true)
      : `${eol}${outer}${unit}${content(outer + unit, false)}${eol}${outer}`;
    return text.slice(0, parent.offset + 1) + inside + text.slice(endOf(parent) - 1);
  }
  if (isInline(text, parent)) {
    const separator = isMinified ? ',' : ', ';
    return text.slice(0, endOf(last)) + separator + content('', true) + text.slice(endOf(last));
  }
  const indent = indentAt(text, last.offset);
  return `${text.slice(0, endOf(last))},${eol}${indent}${content(indent, false)}${text.slice(endOf(last))}`;
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

/** Whether the first child stands in the line of the bracket. */
function isInline(text: string, node: Node): boolean {
  const first = node.children?.[0];
  return first !== undefined && !text.slice(node.offset, first.offset).includes('\n');
}

/** The white space that the line of an offset begins with. */
function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

function styleOf(text: string): Style {
  const body = text.trim();
  // What names and texts hold says nothing of how the file is written.
  const frame = body.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return {
    unit: /\n([ \t]+)\S/.exec(body)?.[1] ?? '  ',
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    flatLists: /^[ \t]*"(?:[^"\\\n]|\\.)*"[ \t]*:[ \t]*\[[ \t]*[^\s\]]/m.test(body),
    isMinified: body.length > 2 && !/\n|":\s/.test(frame),
  };
}

/** A value in the style of its file, its first line standing behind `indent`. */
function written(value: unknown, indent: string, style: Style, isFlat: boolean): string {
  if (style.isMinified) return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const entries = isList
    ? value.map((item: unknown) => ['', item] as const)
    : Object.entries(value).map(
        ([name, inner]: [string, unknown]) => [`${JSON.stringify(name)}: `, inner] as const,
      );
  if (entries.length === 0) return isList ? '[]' : '{}';
  const isPlain = isList && entries.every(([, inner]) => typeof inner !== 'object' || inner === null);
  const isLine = isFlat || (isPlain && style.flatLists);
  const inside = indent + style.unit;
  const parts = entries.map(([head, inner]) => head + written(inner, inside, style, isLine));
  if (isLine) return isList ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  return `${open}${style.eol}${inside}${parts.join(`,${style.eol}${inside}`)}${style.eol}${indent}${close}`;
}
