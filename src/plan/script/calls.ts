import type { AnyNode, CallExpression, Identifier, NewExpression } from 'acorn';
import { variablesIn } from '../../variables/resolve';
import { MADE_CALL } from './findings';
import { keysOf } from './members';
import type { ScriptReader } from './reader';
import { BUILTIN, isSpecial, LIBRARIES, PLAIN, type Value } from './sandbox';

/** Methods by which a value changes in place. */
const CHANGES = /^(push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|delete|add|clear)$/;

/** Functions that ask what they are given for nothing. */
const UNHEARING = /^(set(Timeout|Interval|Immediate)|Promise)$/;
const CHANGES_FIRST =
  /^(assign\w*|defaults\w*|extend\w*|merge\w*|mixin|set\w*|unset|update\w*|pull\w*|remove|fill|reverse|sort\w*|freeze|seal)$/;

/** Reads a call: what it does to variables, and what it gives. */
export function readCall(reader: ScriptReader, node: CallExpression | NewExpression): Value {
  const { found } = reader;
  const { callee } = node;
  if (callee.type === 'MemberExpression' && callee.object.type !== 'Super') {
    const owner = reader.value(callee.object);
    if (owner.kind === 'snapshot' || owner.kind === 'got') return ofValue(reader, node, callee, owner);
    if (owner.kind === 'builtin')
      changesFirst(reader, node, keysOf(reader, callee.property, callee.computed));
  }
  const called = callee.type === 'Super' ? PLAIN : reader.value(callee);
  if (called.kind === 'call') return ofScope(reader, node, called);
  // The console prints, and hands nothing on.
  const isPrint =
    callee.type === 'MemberExpression' &&
    isConsole(callee.object) &&
    reader.places.isUntouched(callee.object);
  for (const argument of node.arguments) {
    if (isPrint && argument.type !== 'SpreadElement') reader.value(argument);
    else reader.plain(argument);
  }
  switch (called.kind) {
    case 'plain':
    case 'builtin':
      return PLAIN;
    case 'made':
      return found.refuse(MADE_CALL);
    case 'chain':
      return { kind: 'pm', name: 'pm' };
    case 'jar-maker':
      return { kind: 'jar', name: 'the cookie jar' };
    case 'require': {
      const [first] = node.arguments;
      const names = first === undefined ? null : reader.constants.textsOf(first);
      const isKnown = names?.every((name) => LIBRARIES.has(name)) === true;
      return isKnown
        ? BUILTIN
        : found.refuse(`it requires ${names?.join(', ') ?? 'what is chosen at run time'}`);
    }
    default:
      return found.refuse(`${called.name} is called`);
  }
}

/** A function of a library that changes what it is given first. */
function changesFirst(
  reader: ScriptReader,
  { arguments: [first] }: CallExpression | NewExpression,
  names: string[] | null,
): void {
  if (first === undefined || names?.some((name) => CHANGES_FIRST.test(name)) !== true) return;
  const given = reader.value(first);
  if (given.of !== undefined) reader.found.write(given.of);
  if (given.kind === 'builtin') reader.found.refuse('it changes what other scripts use as well');
}

/** A method of a variable's value, or of the legacy copy of a scope. */
function ofValue(
  reader: ScriptReader,
  node: CallExpression | NewExpression,
  callee: AnyNode & { property: AnyNode; computed: boolean },
  owner: Value,
): Value {
  const { found } = reader;
  const methods = keysOf(reader, callee.property, callee.computed);
  if (callee.computed) reader.plain(callee.property);
  for (const argument of node.arguments) reader.plain(argument);
  if (methods === null) return found.refuse(MADE_CALL);
  if (owner.of !== undefined) {
    if (methods.some((name) => CHANGES.test(name))) found.write(owner.of);
    // Some give a part of the value itself.
    return owner;
  }
  const names = node.arguments[0] === undefined ? null : reader.constants.textsOf(node.arguments[0]);
  if (methods.some((name) => name !== 'hasOwnProperty') || names === null)
    return found.refuse(`${owner.name}.${methods.join(' or ')} may touch anything`);
  found.read(names);
  return PLAIN;
}

/** A call that reads or writes variables. */
function ofScope(reader: ScriptReader, node: CallExpression | NewExpression, { name, effect }: Value): Value {
  const { found } = reader;
  const [first] = node.arguments;
  for (const argument of node.arguments) reader.plain(argument);
  const texts = first === undefined ? null : reader.constants.textsOf(first);
  if (node.type === 'NewExpression') return found.refuse(`${name} is called with new`);
  if (texts === null) {
    const what = effect === 'template' ? 'a template' : 'a name';
    return found.refuse(`${name} of ${what} that is made at run time`);
  }
  switch (effect) {
    case 'set':
      found.set(texts);
      return PLAIN;
    case 'unset':
      found.write(texts);
      return PLAIN;
    case 'template':
      found.read(texts.flatMap(variablesIn));
      return PLAIN;
    default:
      found.read(texts);
      return { kind: 'got', name, of: texts };
  }
}

/** The expression that an arrow function answers with: it may be anything where nobody hears the answer. */
export function readAnswer(reader: ScriptReader, node: AnyNode & { body: AnyNode }): void {
  const answer = reader.value(node.body);
  if (!isSpecial(answer)) return;
  const call = reader.scopes.parents.get(node);
  const isArgument =
    (call?.type === 'CallExpression' || call?.type === 'NewExpression') && call.callee !== node;
  const callee = isArgument ? call.callee : null;
  if (callee?.type === 'Identifier' && reader.places.isGlobal(callee) && UNHEARING.test(callee.name)) return;
  if (callee?.type === 'MemberExpression') {
    const [key] = keysOf(reader, callee.property, callee.computed) ?? [];
    // One of the script's own could keep the answer.
    if (key === 'forEach') {
      reader.found.forEachGets = answer.name;
      return;
    }
    if (reader.value(callee).kind === 'chain') return;
  }
  reader.plain(node.body);
}

const isConsole = (node: AnyNode): node is Identifier =>
  node.type === 'Identifier' && node.name === 'console';
