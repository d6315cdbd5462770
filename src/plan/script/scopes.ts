import type { Function as AnyFunction, AnyNode, Identifier, Program } from 'acorn';
import { isSandboxName, PLAIN, type Value } from './sandbox';

/** One variable of a script. */
export interface Binding {
  readonly name: string;
  readonly kind: 'var' | 'let' | 'const' | 'function' | 'class' | 'parameter' | 'caught';
  /** Where it is declared: of a parameter its function, of a function that function. */
  readonly node: AnyNode;
  /** What is assigned to it as a whole, the first value included. */
  readonly sources: AnyNode[];
  /** Whether it gets values in any other way as well: by a pattern, a loop, `+=`. */
  isOpaque: boolean;
  readonly uses: Identifier[];
  /** What it may be, as far as is known; grows while the script is read. */
  value: Value;
}

/** Which identifier means which variable; those that are missing are none of the script's own. */
export interface Scopes {
  readonly bindings: ReadonlyMap<AnyNode, Binding>;
  /** Identifiers that the script declares nowhere, by name, in the order of the text. */
  readonly free: ReadonlyMap<string, Identifier[]>;
  readonly all: readonly Binding[];
  readonly parents: ReadonlyMap<AnyNode, AnyNode>;
  /** A name that means one thing or another, depending on rules of old browsers. */
  readonly ambiguous: string | null;
}

class Scope {
  readonly names = new Map<string, Binding>();
  constructor(
    readonly parent: Scope | null,
    readonly holdsVar: boolean,
    readonly parameters: Scope | null = null,
  ) {}

  resolve(name: string): Binding | undefined {
    return this.names.get(name) ?? this.parent?.resolve(name);
  }

  /** Where a `var` of this scope lives. */
  get home(): Scope {
    return this.holdsVar || this.parent === null ? this : this.parent.home;
  }
}

/** The children of a node, in the order of the text. */
export function childrenOf(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = [];
  for (const part of Object.values(node)) {
    if (Array.isArray(part)) children.push(...part.filter(isNode));
    else if (isNode(part)) children.push(part);
  }
  return children;
}

const isNode = (part: unknown): part is AnyNode =>
  typeof part === 'object' && part !== null && 'type' in part && 'start' in part;

export const isFunction = (node: AnyNode): node is AnyFunction & AnyNode =>
  node.type === 'FunctionDeclaration' ||
  node.type === 'FunctionExpression' ||
  node.type === 'ArrowFunctionExpression';

/** Finds what each identifier of a program means: block, function and hoisting as the language has them. */
export function scopesOf(program: Program): Scopes {
  const finder = new Finder();
  finder.statements(program, new Scope(null, true));
  return finder.finish();
}

class Finder {
  readonly #bindings = new Map<AnyNode, Binding>();
  readonly #parents = new Map<AnyNode, AnyNode>();
  readonly #free = new Map<string, Identifier[]>();
  readonly #uses: { node: Identifier; scope: Scope }[] = [];
  readonly #writes: { node: Identifier; source: AnyNode | null }[] = [];
  readonly #all: Binding[] = [];
  readonly #inBlocks: { binding: Binding; home: Scope }[] = [];

  finish(): Scopes {
    let ambiguous: string | null = null;
    for (const { binding, home } of this.#inBlocks) {
      // In a block it is a variable of the whole function too, unless that would hide another.
      const { name } = binding;
      if (isSandboxName(name)) continue;
      if (this.#all.some((other) => other !== binding && other.name === name)) ambiguous ??= name;
      else home.names.set(name, binding);
    }
    for (const { node, scope } of this.#uses) {
      const binding = scope.resolve(node.name);
      if (binding !== undefined) {
        this.#bindings.set(node, binding);
        binding.uses.push(node);
        continue;
      }
      const uses = this.#free.get(node.name) ?? [];
      uses.push(node);
      this.#free.set(node.name, uses);
    }
    for (const { node, source } of this.#writes) {
      const binding = this.#bindings.get(node);
      if (source === null && binding !== undefined) binding.isOpaque = true;
      else if (source !== null) binding?.sources.push(source);
    }
    const { free, parents, all } = { free: this.#free, parents: this.#parents, all: this.#all };
    return { bindings: this.#bindings, free, parents, all, ambiguous };
  }

  statements(node: AnyNode, scope: Scope): void {
    for (const child of childrenOf(node)) this.#walk(child, node, scope);
  }

  #walk(node: AnyNode, parent: AnyNode, scope: Scope): void {
    this.#parents.set(node, parent);
    if (isFunction(node)) {
      this.#function(node, parent, scope);
      return;
    }
    switch (node.type) {
      case 'Identifier':
        this.#uses.push({ node, scope });
        return;
      case 'VariableDeclaration': {
        const target = node.kind === 'var' ? scope.home : scope;
        const kind = node.kind === 'var' || node.kind === 'let' ? node.kind : 'const';
        for (const declarator of node.declarations) {
          this.#parents.set(declarator, node);
          this.#declarePattern(declarator.id, declarator, kind, target);
          if (declarator.init) this.#walk(declarator.init, declarator, scope);
          const isLoop = parent.type === 'ForInStatement' || parent.type === 'ForOfStatement';
          const isWhole = declarator.id.type === 'Identifier' && declarator.init && !isLoop;
          if (declarator.init || isLoop)
            this.#write(declarator.id, isWhole ? (declarator.init ?? null) : null);
          this.#walk(declarator.id, declarator, scope);
        }
        return;
      }
      case 'ClassDeclaration':
      case 'ClassExpression': {
        const inner = new Scope(scope, false);
        if (node.id) {
          if (node.type === 'ClassDeclaration') this.#declare(node.id.name, 'class', node, scope);
          this.#declare(node.id.name, 'class', node, inner);
        }
        this.#members(node, inner);
        return;
      }
      case 'StaticBlock':
        this.statements(node, new Scope(scope, true));
        return;
      case 'CatchClause': {
        const inner = new Scope(scope, false);
        if (node.param) this.#declarePattern(node.param, node, 'caught', inner);
        this.statements(node, inner);
        return;
      }
      case 'SwitchStatement': {
        this.#walk(node.discriminant, node, scope);
        const inner = new Scope(scope, false);
        for (const one of node.cases) this.#walk(one, node, inner);
        return;
      }
      case 'ForInStatement':
      case 'ForOfStatement':
        if (node.left.type !== 'VariableDeclaration') this.#write(node.left, null);
        this.statements(node, new Scope(scope, false));
        return;
      case 'AssignmentExpression':
        if (node.left.type !== 'Identifier') this.#write(node.left, null);
        // What `+=` and its like give is what the whole expression gives.
        else this.#write(node.left, node.operator === '=' ? node.right : node);
        this.#members(node, scope);
        return;
      case 'UpdateExpression':
        this.#write(node.argument, node);
        this.#members(node, scope);
        return;
      case 'BlockStatement':
      case 'ForStatement':
        this.statements(node, new Scope(scope, false));
        return;
      default:
        this.#members(node, scope);
        return;
    }
  }

  /** What is given to a variable; null where it is a part of something, or each of many. */
  #write(pattern: AnyNode, source: AnyNode | null): void {
    for (const node of namesOf(pattern)) this.#writes.push({ node, source });
  }

  /** All but names that are no variables: of properties, methods and labels. */
  #members(node: AnyNode, scope: Scope): void {
    for (const child of childrenOf(node)) {
      if (child.type === 'Identifier' && isName(node, child)) continue;
      this.#walk(child, node, scope);
    }
  }

  #function(node: AnyFunction & AnyNode, parent: AnyNode, outer: Scope): void {
    const isDeclaration = node.type === 'FunctionDeclaration';
    let around = outer;
    if (isDeclaration && node.id) {
      const isAtTop = parent.type === 'Program' || this.#isBodyOfFunction(parent);
      if (isAtTop) this.#declare(node.id.name, 'function', node, outer);
      else {
        const inBlock =
          parent.type === 'BlockStatement' || parent.type === 'SwitchCase' ? outer : new Scope(outer, false);
        const binding = this.#declare(node.id.name, 'function', node, inBlock);
        if (!node.async && !node.generator) this.#inBlocks.push({ binding, home: outer.home });
      }
    } else if (node.id) {
      around = new Scope(outer, false);
      this.#declare(node.id.name, 'function', node, around);
    }
    // Default values of parameters do not see the variables of the body.
    const parameters = new Scope(around, true);
    for (const pattern of node.params) {
      this.#declarePattern(pattern, node, 'parameter', parameters);
      this.#walk(pattern, node, parameters);
    }
    const body = new Scope(parameters, true, parameters);
    this.#parents.set(node.body, node);
    if (node.body.type === 'BlockStatement') this.statements(node.body, body);
    else this.#walk(node.body, node, body);
  }

  #isBodyOfFunction(block: AnyNode): boolean {
    const owner = this.#parents.get(block);
    return block.type === 'BlockStatement' && owner !== undefined && isFunction(owner);
  }

  #declare(name: string, kind: Binding['kind'], node: AnyNode, scope: Scope): Binding {
    // A `var` without a value keeps that of the parameter, and at the top that of the sandbox.
    const known = scope.names.get(name) ?? (kind === 'var' ? scope.parameters?.names.get(name) : undefined);
    if (known !== undefined) {
      // Two functions of one name, or a `var` that is declared twice.
      if (kind === 'function' || known.kind === 'function') known.isOpaque = true;
      return known;
    }
    const binding: Binding = { name, kind, node, sources: [], isOpaque: false, uses: [], value: PLAIN };
    scope.names.set(name, binding);
    this.#all.push(binding);
    return binding;
  }

  #declarePattern(pattern: AnyNode, node: AnyNode, kind: Binding['kind'], scope: Scope): void {
    for (const { name } of namesOf(pattern)) {
      if (kind === 'var' && scope.parent === null && isSandboxName(name)) continue;
      this.#declare(name, kind, node, scope);
    }
  }
}

/** Whether an identifier is the name of something else than a variable. */
function isName(node: AnyNode, child: Identifier): boolean {
  switch (node.type) {
    case 'MemberExpression':
      return node.property === child && !node.computed;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return node.key === child && !node.computed;
    case 'ClassDeclaration':
    case 'ClassExpression':
      return node.id === child;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return node.label === child;
    case 'MetaProperty':
      return true;
    default:
      return false;
  }
}

/** The identifiers that a pattern gives values to. */
export function namesOf(pattern: AnyNode): Identifier[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesOf(property.type === 'RestElement' ? property : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element === null ? [] : namesOf(element)));
    case 'RestElement':
      return namesOf(pattern.argument);
    case 'AssignmentPattern':
      return namesOf(pattern.left);
    default:
      return [];
  }
}
