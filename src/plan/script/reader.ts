import type { AnyNode, AssignmentExpression, Identifier, Program } from 'acorn';
import type { ScriptAccess } from '../script-access';
import { readAnswer, readCall } from './calls';
import { Constants } from './constants';
import { Findings, MADE_CALL } from './findings';
import { defineKey, partOf, readKey } from './members';
import { isAsync, Places } from './places';
import { globalOf, isSpecial, join, LATER, PLAIN, type Value } from './sandbox';
import { childrenOf, isFunction, type Scopes, scopesOf } from './scopes';

/**
 * Reads what a parsed script touches. Each use of what leads to variables is either one of those that are known, or makes
 * the script unreadable: no way of writing that was not thought of can hide one.
 *
 * What it takes for granted: text that is made at run time does not spell what is inner to the language (`constructor`
 * and the like), and a variable's value that is a list or an object is changed where it was got, not where it was handed to.
 */
export class ScriptReader {
  readonly scopes: Scopes;
  readonly places: Places;
  readonly constants: Constants;
  found = new Findings();
  readonly #program: Program;
  readonly #runsLater: boolean;
  /** What was read in this pass: much is asked for more than once. */
  readonly #values = new Map<AnyNode, Value>();
  /** Whether what a variable may be has grown: then the script is read once more. */
  #isGrowing = false;

  constructor(program: Program) {
    this.#program = program;
    this.scopes = scopesOf(program);
    this.places = new Places(this.scopes);
    this.constants = new Constants(this.scopes, this.places);
    this.#runsLater = isAsync(program) || [...LATER].some((name) => this.scopes.free.has(name));
  }

  read(): ScriptAccess {
    do {
      this.found = new Findings();
      this.#isGrowing = false;
      this.#values.clear();
      this.all(this.#program);
    } while (this.#isGrowing);
    return this.found.access(this.scopes.ambiguous, this.#runsLater);
  }

  /** The value of a node that goes where it is not followed: then it must lead nowhere. */
  plain(node: AnyNode): Value {
    const value = this.value(node);
    return isSpecial(value)
      ? this.found.refuse(`${value.name} is handed on in a way that is not followed`)
      : value;
  }

  all(node: AnyNode): Value {
    for (const child of childrenOf(node)) this.plain(child);
    return PLAIN;
  }

  /** What an expression may be. A statement is none, and is `plain`. */
  value(node: AnyNode): Value {
    const known = this.#values.get(node);
    if (known !== undefined) return known;
    const value = this.#read(node);
    this.#values.set(node, value);
    return value;
  }

  #read(node: AnyNode): Value {
    if (isFunction(node)) {
      for (const parameter of node.params) this.pattern(parameter, PLAIN);
      if (node.body.type === 'BlockStatement') this.plain(node.body);
      else readAnswer(this, node);
      return PLAIN;
    }
    switch (node.type) {
      case 'Identifier':
        return this.#named(node);
      case 'Literal':
      case 'TemplateLiteral':
      case 'BinaryExpression':
        return this.#text(node);
      case 'MemberExpression':
        return partOf(
          this,
          node.object.type === 'Super' ? PLAIN : this.value(node.object),
          node.property,
          node.computed,
        );
      case 'CallExpression':
      case 'NewExpression':
        return readCall(this, node);
      case 'TaggedTemplateExpression':
        if (this.plain(node.tag).kind === 'made') this.found.refuse(MADE_CALL);
        return this.all(node.quasi);
      case 'ChainExpression':
        return this.value(node.expression);
      case 'AwaitExpression':
        return this.value(node.argument);
      case 'SequenceExpression':
        return node.expressions.reduce((_, one) => this.value(one), PLAIN);
      case 'ConditionalExpression':
        this.value(node.test);
        return join(this.value(node.consequent), this.value(node.alternate));
      case 'LogicalExpression': {
        const left = this.value(node.left);
        const right = this.value(node.right);
        // What stands left of `&&` is given on only where it is nothing.
        return node.operator === '&&' ? right : join(left, right);
      }
      case 'AssignmentExpression':
        return this.#assignment(node);
      case 'UpdateExpression':
        this.value(node.argument);
        return this.#target(node.argument, PLAIN, true);
      case 'UnaryExpression':
        if (node.operator === 'delete') {
          const { argument } = node;
          return this.#target(
            argument.type === 'ChainExpression' ? argument.expression : argument,
            PLAIN,
            true,
          );
        }
        this.value(node.argument);
        return PLAIN;
      case 'ExpressionStatement':
        this.value(node.expression);
        return PLAIN;
      case 'IfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        this.value(node.test);
        for (const child of childrenOf(node)) if (child !== node.test) this.plain(child);
        return PLAIN;
      case 'ForStatement':
        for (const part of [node.init, node.test, node.update]) if (part) this.value(part);
        return this.plain(node.body);
      case 'ForInStatement':
      case 'ForOfStatement': {
        const right = this.plain(node.right);
        const item = right.kind === 'got' && node.type === 'ForOfStatement' ? right : PLAIN;
        const left = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : node.left;
        if (left) this.pattern(left, item);
        return this.plain(node.body);
      }
      case 'VariableDeclaration':
        for (const { id, init } of node.declarations) if (init) this.pattern(id, this.value(init));
        return PLAIN;
      case 'CatchClause':
        if (node.param) this.pattern(node.param, PLAIN);
        return this.plain(node.body);
      case 'Property':
      case 'MethodDefinition':
      case 'PropertyDefinition':
        defineKey(
          this,
          node.key,
          node.computed,
          node.type === 'MethodDefinition' && node.kind === 'constructor',
        );
        return node.value ? this.plain(node.value) : PLAIN;
      case 'ClassDeclaration':
      case 'ClassExpression':
        if (node.superClass) this.plain(node.superClass);
        return this.all(node.body);
      case 'LabeledStatement':
        return this.plain(node.body);
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'MetaProperty':
        return PLAIN;
      case 'ThisExpression':
        return this.#this(node);
      case 'WithStatement':
        this.all(node);
        return this.found.refuse('`with` gives names another meaning');
      case 'ImportExpression':
        this.all(node);
        return this.found.refuse('it imports a module');
      default:
        return this.all(node);
    }
  }

  /** Gives a value to the variables and members of a pattern. */
  pattern(target: AnyNode, value: Value): void {
    switch (target.type) {
      case 'Identifier':
      case 'MemberExpression':
        this.#target(target, value, false);
        return;
      case 'AssignmentPattern':
        this.pattern(target.left, join(value, this.value(target.right)));
        return;
      case 'ObjectPattern':
        for (const property of target.properties) {
          if (property.type === 'RestElement') this.pattern(property, value);
          else this.pattern(property.value, partOf(this, value, property.key, property.computed));
        }
        return;
      case 'ArrayPattern':
      case 'RestElement': {
        const items = target.type === 'ArrayPattern' ? target.elements : [target.argument];
        if (isSpecial(value)) this.found.refuse(`${value.name} is taken apart`);
        for (const item of items) if (item) this.pattern(item, value.kind === 'got' ? value : PLAIN);
        return;
      }
      default:
        this.plain(target);
    }
  }

  #assignment({ left, right, operator }: AssignmentExpression): Value {
    const given = this.value(right);
    if (operator === '=') {
      if (left.type === 'MemberExpression') this.#target(left, given, this.constants.isPrimitive(right));
      else this.pattern(left, given);
      return given;
    }
    const before = this.value(left);
    const isEither = ['||=', '&&=', '??='].includes(operator);
    if (!isEither && isSpecial(given))
      this.found.refuse(`${given.name} is handed on in a way that is not followed`);
    this.#target(left, isEither ? given : PLAIN, !isEither);
    return isEither ? join(before, given) : PLAIN;
  }

  #target(node: AnyNode, value: Value, isPrimitive: boolean): Value {
    if (node.type === 'Identifier') return this.#variable(node, value);
    if (node.type !== 'MemberExpression') return this.plain(node);
    if (isSpecial(value)) this.found.refuse(`${value.name} is kept in a property`);
    const owner = this.value(node.object);
    if (isPrimitive) readKey(this, node.property, node.computed);
    else defineKey(this, node.property, node.computed);
    if (owner.of !== undefined) this.found.write(owner.of);
    // What is written to the copy of a scope stays in the copy.
    else if (isSpecial(owner) && owner.kind !== 'snapshot') this.found.refuse(`${owner.name} is changed`);
    else if (owner.kind === 'builtin') this.found.refuse('it changes what other scripts use as well');
    else if (owner.kind === 'made' && !isPrimitive)
      this.found.refuse('it changes what was found under a name that is made at run time');
    return PLAIN;
  }

  #variable(node: Identifier, value: Value): Value {
    const binding = this.scopes.bindings.get(node);
    if (binding !== undefined) {
      const grown = join(binding.value, value);
      if (grown !== binding.value) this.#isGrowing = true;
      binding.value = grown;
      return PLAIN;
    }
    if (isSpecial(value))
      return this.found.refuse(`${value.name} is kept in ${node.name}, which is not followed`);
    const isFixed = ['require', 'eval', 'Function'].includes(node.name);
    return isFixed ? this.found.refuse(`${node.name} is replaced`) : PLAIN;
  }

  #text(node: AnyNode): Value {
    const isComparison = node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator);
    if (isComparison) for (const child of childrenOf(node)) this.value(child);
    else this.all(node);
    const quasis = node.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.cooked ?? '') : [];
    this.found.texts([...quasis, ...(this.constants.textsOf(node) ?? [])]);
    return PLAIN;
  }

  #named(node: Identifier): Value {
    const { name } = node;
    const own = this.scopes.bindings.get(node)?.value;
    // In a function its own arguments, and at the top there are none.
    if (own !== undefined || name === 'arguments') return own ?? PLAIN;
    const known = globalOf(name);
    if (name === 'eval' || name === 'Function') return this.found.refuse('it runs text as a script');
    if (known === null) {
      if (!this.places.isSetBefore(node))
        return this.found.refuse(`${name} is declared nowhere, and may come from another script`);
      this.found.undeclared ??= name;
      return PLAIN;
    }
    if (known.kind === 'snapshot' && this.places.isSetBefore(node)) return PLAIN;
    if (known.kind === 'cookies') this.found.sends = true;
    if (name === 'request') this.found.oldRequest = true;
    return known;
  }

  #this(node: AnyNode): Value {
    this.found.usesThis = true;
    return this.places.isOwnThis(node) ? PLAIN : this.found.refuse('what `this` is cannot be told');
  }
}
