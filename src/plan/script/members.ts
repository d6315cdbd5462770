import type { AnyNode } from 'acorn';
import type { ScriptReader } from './reader';
import { BUILTIN, INNER, isSpecial, join, MADE, memberOf, PLAIN, type Value } from './sandbox';

/** The names that a property can have; null where they are made at run time. */
export function keysOf({ constants }: ScriptReader, key: AnyNode, isComputed: boolean): string[] | null {
  if (!isComputed && key.type === 'Identifier') return [key.name];
  if (key.type === 'PrivateIdentifier') return [`#${key.name}`];
  return key.type === 'Literal' && !isComputed ? [String(key.value)] : constants.textsOf(key);
}

/** Reads the name of a property. */
export function readKey(
  reader: ScriptReader,
  key: AnyNode,
  isComputed: boolean,
  isConstructor = false,
): void {
  if (isComputed) reader.plain(key);
  const inner = keysOf(reader, key, isComputed)?.find((name) => INNER.has(name));
  if (inner !== undefined && !isConstructor) reader.found.refuseInner(inner);
}

/** Reads the name of a member that the script itself makes. */
export function defineKey(
  reader: ScriptReader,
  key: AnyNode,
  isComputed: boolean,
  isConstructor = false,
): void {
  readKey(reader, key, isComputed, isConstructor);
  const names = keysOf(reader, key, isComputed);
  const isOpen = names === null && !reader.constants.isHarmlessKey(key);
  if (isOpen || names?.includes('forEach') === true) reader.found.ownForEach = true;
}

/** What is found in a value under a name. */
export function partOf(reader: ScriptReader, owner: Value, key: AnyNode, isComputed: boolean): Value {
  const { found } = reader;
  readKey(reader, key, isComputed);
  const names = keysOf(reader, key, isComputed);
  if (owner.kind === 'got') return owner;
  const isNumber = names === null && reader.constants.isHarmlessKey(key);
  if (!isSpecial(owner)) {
    if (names !== null || isNumber) return owner.kind === 'builtin' ? BUILTIN : PLAIN;
    return owner.kind === 'made'
      ? found.refuse('names made at run time lead from one thing to the next')
      : MADE;
  }
  if (names === null) {
    if (isNumber && owner.kind === 'cookies') return PLAIN;
    return found.refuse(`a member of ${owner.name} under a name that is made at run time`);
  }
  const [first = PLAIN, ...others] = names.map((name) => ofSpecial(reader, owner, name));
  return others.reduce(join, first);
}

function ofSpecial({ found }: ScriptReader, owner: Value, name: string): Value {
  if (owner.kind === 'snapshot') {
    found.read([name]);
    return { kind: 'got', name: `${owner.name}.${name}`, of: [name] };
  }
  const member = memberOf(owner, name);
  if (member === null) return found.refuse(`${owner.name}.${name} may touch anything`);
  if (owner.kind === 'pm' && name === 'request') found.request = true;
  if (member.mentions === 'steers') found.steers = true;
  if (member.mentions === 'sends') found.sends = true;
  return member.value;
}
