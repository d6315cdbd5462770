import type { AnyNode, CallExpression, Identifier, VariableDeclarator } from 'acorn';
import { isNumber } from './numbers';
import type { Places } from './places';
import { INNER } from './sandbox';
import { type Binding, childrenOf, isFunction, namesOf, type Scopes } from './scopes';

type Scalar = string | number;

/** A name that can be one of more than so many, or that is longer, is as good as made at run time. */
const MOST = 64;
const LONGEST = 10_000;
/** Calls of a list with each of its items in turn. */
const PER_ITEM = ['forEach', 'map', 'filter', 'some', 'every', 'find', 'flatMap'];

/** Tells which texts an expression can be, where the script itself says so. */
export class Constants {
  readonly #scopes: Scopes;
  readonly #places: Places;
  readonly #known = new Map<AnyNode, Scalar[] | null>();
  readonly #parameters = new Map<Binding, Scalar[] | null>();

  constructor(scopes: Scopes, places: Places) {
    this.#scopes = scopes;
    this.#places = places;
  }

  /** Every text that an expression can be; null where that is not known. */
  textsOf(node: AnyNode): string[] | null {
    const found = this.#scalars(node);
    const texts = found?.filter((one) => typeof one === 'string');
    return texts?.length === found?.length ? (texts ?? null) : null;
  }

  /** Whether a computed property can only be a number, or a text that names nothing inner to the language. */
  isHarmlessKey(node: AnyNode): boolean {
    if (isNumber(node, this.#scopes, this.#places)) return true;
    const [first, last] = this.#ends(node);
    const inner = [...INNER];
    return (
      (first !== '' && !inner.some((name) => name.startsWith(first))) ||
      (last !== '' && !inner.some((name) => name.endsWith(last)))
    );
  }

  /** Whether a value is surely no function. */
  isPrimitive(node: AnyNode): boolean {
    const types = ['Literal', 'TemplateLiteral', 'BinaryExpression', 'UnaryExpression', 'UpdateExpression'];
    return types.includes(node.type) || isNumber(node, this.#scopes, this.#places);
  }

  #scalars(node: AnyNode): Scalar[] | null {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    // What is made of itself is not known.
    this.#known.set(node, null);
    const found = this.#scalarsAnew(node);
    this.#known.set(node, found);
    return found;
  }

  #scalarsAnew(node: AnyNode): Scalar[] | null {
    switch (node.type) {
      case 'Literal':
        return typeof node.value === 'string' || typeof node.value === 'number' ? [node.value] : null;
      case 'TemplateLiteral': {
        let texts: Scalar[] | null = [node.quasis[0]?.value.cooked ?? ''];
        for (const [at, expression] of node.expressions.entries()) {
          const tail = node.quasis[at + 1]?.value.cooked ?? '';
          texts = product(texts, this.#scalars(expression), (left, right) => `${left}${right}${tail}`);
        }
        return texts;
      }
      case 'BinaryExpression':
        if (node.operator !== '+' || node.left.type === 'PrivateIdentifier') return null;
        return product(this.#scalars(node.left), this.#scalars(node.right), (left, right) =>
          typeof left === 'number' && typeof right === 'number' ? left + right : `${left}${right}`,
        );
      case 'ConditionalExpression':
        return union([this.#scalars(node.consequent), this.#scalars(node.alternate)]);
      case 'LogicalExpression':
        return union([this.#scalars(node.left), this.#scalars(node.right)]);
      case 'Identifier':
        return this.#named(node);
      default:
        return null;
    }
  }

  #named(node: Identifier): Scalar[] | null {
    const binding = this.#scopes.bindings.get(node);
    if (binding === undefined || (binding.isOpaque && binding.kind !== 'const')) return null;
    const { kind, sources, node: place } = binding;
    if (sources.length === 0 && kind !== 'parameter') return this.#item(binding);
    if (sources.length === 0) {
      const known = this.#parameters.get(binding);
      if (known !== undefined) return known;
      this.#parameters.set(binding, null);
      const given = this.#given(binding);
      this.#parameters.set(binding, given);
      return given;
    }
    if (place.type !== 'VariableDeclarator' || !place.init) return null;
    // A `var` is there before it has a value.
    const statement = this.#scopes.parents.get(place);
    const isSure = kind !== 'var' || (statement !== undefined && this.#places.isAfter(node, statement));
    return isSure && !binding.isOpaque ? union(sources.map((source) => this.#scalars(source))) : null;
  }

  /** What a function's parameter can be, where all of its calls are known. */
  #given({ node, name }: Binding): Scalar[] | null {
    if (!isFunction(node) || mentionsArguments(node)) return null;
    const places = node.params.flatMap((one, at) =>
      namesOf(one).some((own) => own.name === name) ? [at] : [],
    );
    const [at] = places;
    const pattern = at === undefined ? undefined : node.params[at];
    if (at === undefined || pattern === undefined || places.length > 1) return null;
    const parent = this.#scopes.parents.get(node);
    if (parent?.type === 'CallExpression' && at === 0) {
      const list = parent.callee.type === 'MemberExpression' ? parent.callee.object : null;
      return list !== null && isPerItem(parent) ? this.#eachOf(list, pattern, name) : null;
    }
    if (pattern.type !== 'Identifier') return null;
    const calls = this.#callsOf(node, parent);
    if (calls === null) return null;
    const given = calls.map((list) => {
      const isSpread = list.slice(0, at + 1).some(({ type }) => type === 'SpreadElement');
      return list[at] === undefined || isSpread ? null : this.#scalars(list[at]);
    });
    // Of a function that nobody calls it is nothing.
    return union(given);
  }

  /** The arguments of every call of a function; null where it may be called by others. */
  #callsOf(node: AnyNode, parent: AnyNode | undefined): readonly AnyNode[][] | null {
    const isDeclared = node.type === 'FunctionDeclaration';
    if (!isDeclared && isFunction(node) && node.id) return null;
    const place = isDeclared ? node : parent?.type === 'VariableDeclarator' ? parent : null;
    const binding = this.#scopes.all.find((one) => one.node === place && one.kind !== 'parameter');
    if (binding === undefined || binding.isOpaque || binding.sources.length > (isDeclared ? 0 : 1))
      return null;
    const calls: AnyNode[][] = [];
    for (const use of binding.uses) {
      const around = this.#scopes.parents.get(use);
      if (around?.type === 'VariableDeclarator' && around.id === use) continue;
      if (around?.type !== 'CallExpression' || around.callee !== use) return null;
      calls.push(around.arguments);
    }
    return calls;
  }

  /** What the variable of a loop over constants can be. */
  #item({ node, kind, name }: Binding): Scalar[] | null {
    const declaration = this.#scopes.parents.get(node);
    const loop = declaration === undefined ? undefined : this.#scopes.parents.get(declaration);
    if (kind !== 'const' || loop?.type !== 'ForOfStatement' || loop.left !== declaration) return null;
    return this.#eachOf(loop.right, (node as VariableDeclarator).id, name);
  }

  /** What a variable of a pattern is for each item of a list. */
  #eachOf(list: AnyNode, pattern: AnyNode, name: string): Scalar[] | null {
    if (pattern.type === 'Identifier') return this.#items(list);
    if (pattern.type !== 'ArrayPattern') return null;
    const at = pattern.elements.findIndex((one) => one?.type === 'Identifier' && one.name === name);
    if (pattern.elements.slice(0, at + 1).some((one) => one?.type === 'RestElement') || at < 0) return null;
    if (at === 0 && this.#isOfObject(list, 'entries')) return this.#items(list);
    if (list.type !== 'ArrayExpression') return null;
    const parts = list.elements.map((pair) => {
      if (pair?.type !== 'ArrayExpression') return null;
      const before = pair.elements.slice(0, at + 1);
      const part = before.some((one) => one?.type === 'SpreadElement') ? null : before[at];
      return part ? this.#scalars(part) : null;
    });
    return union(parts);
  }

  #isOfObject(node: AnyNode, method: 'keys' | 'entries'): node is CallExpression {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
    const { object, property, computed } = node.callee;
    const isMethod = !computed && property.type === 'Identifier' && property.name === method;
    return (
      isMethod && object.type === 'Identifier' && object.name === 'Object' && this.#places.isGlobal(object)
    );
  }

  /** The items of a list that nothing changes; of the entries of an object, their names. */
  #items(node: AnyNode): Scalar[] | null {
    if (node.type === 'ArrayExpression') {
      return union(node.elements.map((one) => (one === null ? null : this.#scalars(one))));
    }
    if (this.#isOfObject(node, 'keys') || this.#isOfObject(node, 'entries')) {
      const [of] = node.arguments;
      if (of?.type !== 'ObjectExpression') return null;
      return union(
        of.properties.map((one) => {
          if (one.type === 'SpreadElement') return null;
          if (!one.computed && one.key.type === 'Identifier') return [one.key.name];
          return this.#scalars(one.key)?.map(String) ?? null;
        }),
      );
    }
    const binding = node.type === 'Identifier' ? this.#scopes.bindings.get(node) : undefined;
    const list = binding?.sources[0];
    if (binding?.kind !== 'const' || binding.isOpaque || list?.type !== 'ArrayExpression') return null;
    const isOnlyRead = binding.uses.every((use) => {
      const around = this.#scopes.parents.get(use);
      if (around?.type === 'VariableDeclarator') return around.id === use;
      if (around?.type === 'ForOfStatement') return around.right === use;
      const call = around === undefined ? undefined : this.#scopes.parents.get(around);
      return call?.type === 'CallExpression' && call.callee === around && isPerItem(call);
    });
    return isOnlyRead ? this.#items(list) : null;
  }

  /** What a text surely begins and ends with. */
  #ends(node: AnyNode): [first: string, last: string] {
    const [text, ...others] = this.textsOf(node) ?? [];
    if (text !== undefined && others.length === 0) return [text, text];
    if (node.type === 'BinaryExpression' && node.operator === '+') {
      return [this.#ends(node.left)[0], this.#ends(node.right)[1]];
    }
    if (node.type !== 'TemplateLiteral') return ['', ''];
    return [node.quasis[0]?.value.cooked ?? '', node.quasis.at(-1)?.value.cooked ?? ''];
  }
}

/** Whether a call hands each item of a list to a function that can neither keep nor change the list. */
function isPerItem({
  callee,
  arguments: given,
}: {
  callee: AnyNode;
  arguments: readonly AnyNode[];
}): boolean {
  const [each, ...others] = given;
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier')
    return false;
  if (!PER_ITEM.includes(callee.property.name) || each === undefined || others.length > 0) return false;
  if (!isFunction(each) || each.id || each.params.length > 2 || mentionsArguments(each)) return false;
  const [first, second] = each.params;
  const isTakenApart =
    first?.type === 'ArrayPattern' && first.elements.every((one) => one?.type === 'Identifier');
  return (
    (first?.type === 'Identifier' || isTakenApart) && (second === undefined || second.type === 'Identifier')
  );
}

function mentionsArguments(node: AnyNode): boolean {
  if (node.type === 'Identifier') return node.name === 'arguments';
  return childrenOf(node).some(mentionsArguments);
}

function product(
  left: Scalar[] | null,
  right: Scalar[] | null,
  make: (left: Scalar, right: Scalar) => Scalar,
): Scalar[] | null {
  if (left === null || right === null || left.length * right.length > MOST) return null;
  const made = left.flatMap((one) => right.map((other) => make(one, other)));
  return made.some((one) => String(one).length > LONGEST) ? null : made;
}

function union(lists: readonly (Scalar[] | null)[]): Scalar[] | null {
  const all = new Set<Scalar>();
  for (const list of lists) {
    if (list === null) return null;
    for (const one of list) all.add(one);
  }
  return all.size > MOST ? null : [...all];
}
