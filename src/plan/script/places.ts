import type { AnyNode, Identifier } from 'acorn';
import { childrenOf, isFunction, type Scopes } from './scopes';

/** Tells of a place in a script what comes before it, and what is done there. */
export class Places {
  readonly #scopes: Scopes;
  /** Names of the sandbox whose meaning stays, and those that only their members are taken of. */
  readonly #fixed = new Map<string, boolean>();
  readonly #untouched = new Map<string, boolean>();

  constructor(scopes: Scopes) {
    this.#scopes = scopes;
  }

  /**
   * Whether a statement, or its part up to `end`, has surely run before a place is reached: it stands before that, in the
   * same block or one around it, and no function between is there from the start.
   */
  isAfter(place: AnyNode, statement: AnyNode, end = statement.end): boolean {
    const block = this.#scopes.parents.get(statement);
    if ((block?.type !== 'Program' && block?.type !== 'BlockStatement') || place.start < end) return false;
    for (let at: AnyNode | undefined = place; at !== undefined; at = this.#scopes.parents.get(at)) {
      if (at === block) return true;
      if (at.type === 'FunctionDeclaration') return false;
    }
    return false;
  }

  /** Whether an expression is given a value where it stands. */
  isTarget(node: AnyNode): boolean {
    for (let at = node; ; ) {
      const around = this.#scopes.parents.get(at);
      switch (around?.type) {
        case 'AssignmentExpression':
        case 'ForInStatement':
        case 'ForOfStatement':
          return around.left === at;
        case 'UpdateExpression':
          return true;
        case 'VariableDeclarator':
          return around.id === at;
        case 'AssignmentPattern':
          if (around.left !== at) return false;
          break;
        case 'Property':
          if (around.value !== at) return false;
          break;
        case 'ObjectPattern':
        case 'ArrayPattern':
        case 'RestElement':
          break;
        default:
          return false;
      }
      at = around;
    }
  }

  /** Whether an identifier is the sandbox's own, and nothing else is given its name. */
  isGlobal(node: Identifier): boolean {
    if (this.#scopes.bindings.has(node)) return false;
    return once(this.#fixed, node.name, () => !this.#usesOf(node).some((use) => this.isTarget(use)));
  }

  /** Whether an identifier is the sandbox's own, and the script changes no member of it and hands it to nobody. */
  isUntouched(node: Identifier): boolean {
    const isOnlyTakenFrom = (use: Identifier) => {
      const around = this.#scopes.parents.get(use);
      return around?.type === 'MemberExpression' && around.object === use && !this.isTarget(around);
    };
    return (
      this.isGlobal(node) && once(this.#untouched, node.name, () => this.#usesOf(node).every(isOnlyTakenFrom))
    );
  }

  /** Whether the script has surely given a value to what it does not declare. */
  isSetBefore(node: Identifier): boolean {
    const { parents } = this.#scopes;
    return this.#usesOf(node).some((use) => {
      const around = parents.get(use);
      if (around === undefined) return false;
      const isLoop = around.type === 'ForInStatement' || around.type === 'ForOfStatement';
      if (isLoop && around.left === use)
        return node.end <= around.end && this.isAfter(node, around, around.right.end);
      const isGiven =
        (around.type === 'AssignmentExpression' && around.operator === '=' && around.left === use) ||
        (around.type === 'VariableDeclarator' && around.id === use && around.init);
      const statement = isGiven ? parents.get(around) : undefined;
      switch (statement?.type) {
        case 'ExpressionStatement':
        case 'VariableDeclaration':
          return this.isAfter(node, statement);
        case 'ForStatement':
          return statement.init === around && this.isAfter(node, statement, around.end);
        default:
          return false;
      }
    });
  }

  /** The uses of a name that the script does not declare. */
  #usesOf({ name }: Identifier): readonly Identifier[] {
    return this.#scopes.free.get(name) ?? [];
  }

  /** Whether `this` is of a class or an object of the script: at its top it holds `pm`. */
  isOwnThis(node: AnyNode): boolean {
    const { parents } = this.#scopes;
    let inside = node;
    for (let at = parents.get(node); at !== undefined; at = parents.get(at)) {
      const around = parents.get(at);
      switch (at.type) {
        case 'StaticBlock':
          return true;
        case 'MethodDefinition':
        case 'PropertyDefinition':
          // A computed name is worked out where the class stands.
          if (at.key !== inside) return true;
          break;
        case 'FunctionExpression':
        case 'FunctionDeclaration':
          return around?.type === 'MethodDefinition' || (around?.type === 'Property' && around.value === at);
      }
      inside = at;
    }
    return false;
  }
}

/** Whether a script goes on after others may have begun. */
export function isAsync(node: AnyNode): boolean {
  if (node.type === 'AwaitExpression' || (isFunction(node) && node.async)) return true;
  return childrenOf(node).some(isAsync);
}

function once(known: Map<string, boolean>, name: string, find: () => boolean): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = find();
  known.set(name, found);
  return found;
}
