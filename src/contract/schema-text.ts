import type { Node } from 'jsonc-parser';
import { parsePointer } from '../json-pointer';
import { lineAndColumn } from '../source/json-text';

/** The text of a schema file, asked only when something was broken. */
export class SchemaText {
  readonly #text: string;
  #tree: Node | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The line, from 1, on which what a pointer names begins: its name where it has one. Undefined if it is not there. */
  lineOf(pointer: string): number | undefined {
    const node = this.#at(pointer);
    if (node === undefined) return undefined;
    const { offset } = node.parent?.type === 'property' ? node.parent : node;
    return lineAndColumn(this.#text, offset).line;
  }

  /** A number as it is written, which a double may not hold. */
  numberAt(pointer: string): string | undefined {
    const node = this.#at(pointer);
    return node?.type === 'number' ? this.#text.slice(node.offset, node.offset + node.length) : undefined;
  }

  #at(pointer: string): Node | undefined {
    const { findNodeAtLocation, parseTree } = require('jsonc-parser') as typeof import('jsonc-parser');
    this.#tree ??= parseTree(this.#text);
    let node = this.#tree;
    for (const token of parsePointer(pointer)) {
      if (node === undefined) return undefined;
      node = findNodeAtLocation(node, [node.type === 'array' ? Number(token) : token]);
    }
    return node;
  }
}
