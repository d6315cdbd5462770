/** What Postman's sandbox offers to a script. Source: postman-sandbox 4.7.1, `lib/sandbox/`. */

/**
 * What an expression may be.
 *
 * `plain` leads to no variable; `builtin` is shared by all scripts of a run, so that it must not be changed; `made` was
 * found under a name that is made at run time; `got` is the value of variables, or a part of it. Those after them lead to
 * variables: `scope` holds them, `call` is one of its methods, `snapshot` the legacy copy of a scope, `chain` a function
 * that returns `pm`; `mixed` may be one of several.
 */
export interface Value {
  readonly kind:
    | 'plain'
    | 'builtin'
    | 'made'
    | 'got'
    | 'pm'
    | 'scope'
    | 'call'
    | 'postman'
    | 'snapshot'
    | 'execution'
    | 'chain'
    | 'cookies'
    | 'jar-maker'
    | 'jar'
    | 'require'
    | 'mixed';
  /** What the script calls it. */
  readonly name: string;
  readonly effect?: 'read' | 'set' | 'unset' | 'template';
  /** The variables whose value it is a part of. */
  readonly of?: readonly string[];
}

/** A member of a sandbox object, and what already mentioning it does. */
export interface Member {
  readonly value: Value;
  readonly mentions?: 'steers' | 'sends';
}

export const PLAIN: Value = { kind: 'plain', name: '' };
export const BUILTIN: Value = { kind: 'builtin', name: '' };
export const MADE: Value = { kind: 'made', name: '' };

const LEAST = ['plain', 'builtin', 'made', 'got'];

/** Whether a value leads to variables, so that it may only be used in ways that are known. */
export const isSpecial = ({ kind }: Value): boolean => !LEAST.includes(kind);

/** What is one or the other; where nothing is added, that is `one` itself. */
export function join(one: Value, other: Value): Value {
  if (one === other || one.kind === 'mixed') return one;
  if (other.kind === 'mixed') return other;
  if (isSpecial(one) && isSpecial(other)) {
    const isSame = one.kind === other.kind && (one.kind === 'scope' || one.name === other.name);
    return isSame ? one : { kind: 'mixed', name: `${one.name} or ${other.name}` };
  }
  if (isSpecial(one)) return one;
  if (isSpecial(other)) return other;
  if (one.of !== undefined && other.of !== undefined) {
    const more = other.of.filter((name) => !one.of?.includes(name));
    return more.length === 0 ? one : { ...one, of: [...one.of, ...more] };
  }
  return LEAST.indexOf(one.kind) >= LEAST.indexOf(other.kind) ? one : other;
}

const SCOPES = ['environment', 'globals', 'collectionVariables', 'variables'];
const SCOPE_CALLS = {
  get: 'read',
  has: 'read',
  set: 'set',
  unset: 'unset',
  replaceIn: 'template',
} as const;
const POSTMAN_CALLS = {
  getEnvironmentVariable: 'read',
  getGlobalVariable: 'read',
  setEnvironmentVariable: 'set',
  setGlobalVariable: 'set',
  clearEnvironmentVariable: 'unset',
  clearGlobalVariable: 'unset',
} as const;
const PM_PLAIN = ['expect', 'response', 'request', 'info', 'iterationData', 'visualizer'];
const EXECUTION_PLAIN = ['skipRequest', 'location'];
const JAR_PLAIN = ['get', 'getAll', 'set', 'unset', 'clear'];

/** A member of a sandbox object; null where it is none of those that are known. */
export function memberOf({ kind, name }: Value, key: string): Member | null {
  const path = `${name}.${key}`;
  const plain = { value: PLAIN };
  switch (kind) {
    case 'pm':
      if (SCOPES.includes(key)) return { value: { kind: 'scope', name: key } };
      if (PM_PLAIN.includes(key)) return plain;
      if (key === 'test') return { value: { kind: 'chain', name: path } };
      if (key === 'sendRequest') return { value: { kind: 'chain', name: path }, mentions: 'sends' };
      if (key === 'cookies') return { value: { kind: 'cookies', name: path }, mentions: 'sends' };
      if (key === 'execution') return { value: { kind: 'execution', name: path } };
      // There is none in this sandbox; where there is one, it is asked for over the network.
      return key === 'vault' ? { ...plain, mentions: 'sends' } : null;
    case 'scope':
      if (Object.hasOwn(SCOPE_CALLS, key)) {
        return { value: { kind: 'call', name: path, effect: SCOPE_CALLS[key as keyof typeof SCOPE_CALLS] } };
      }
      return key === 'name' || key === 'id' ? plain : null;
    case 'postman':
      if (Object.hasOwn(POSTMAN_CALLS, key)) {
        const effect = POSTMAN_CALLS[key as keyof typeof POSTMAN_CALLS];
        return { value: { kind: 'call', name: path, effect } };
      }
      if (key === 'setNextRequest') return { ...plain, mentions: 'steers' };
      if (key === 'getResponseCookie') return { ...plain, mentions: 'sends' };
      return key === 'getResponseHeader' ? plain : null;
    case 'execution':
      if (key === 'setNextRequest') return { ...plain, mentions: 'steers' };
      return EXECUTION_PLAIN.includes(key) ? plain : null;
    case 'chain':
      if (key === 'skip') return { value: { kind: 'chain', name: path } };
      return key === 'index' ? plain : null;
    case 'cookies':
      return key === 'jar' ? { value: { kind: 'jar-maker', name: path } } : plain;
    case 'jar':
      return JAR_PLAIN.includes(key) ? plain : null;
    default:
      return null;
  }
}

const SPECIAL_GLOBALS: Readonly<Record<string, Value>> = {
  pm: { kind: 'pm', name: 'pm' },
  postman: { kind: 'postman', name: 'postman' },
  environment: { kind: 'snapshot', name: 'environment' },
  globals: { kind: 'snapshot', name: 'globals' },
  responseCookies: { kind: 'cookies', name: 'responseCookies' },
  require: { kind: 'require', name: 'require' },
};

/** Made anew for each script: what is done to them stays there. */
const OWN_GLOBALS = new Set(
  `tests data request responseHeaders responseTime responseCode responseBody iteration console undefined NaN Infinity`.split(
    ' ',
  ),
);

/** Those that give a way to run made text, to other objects' insides or to other scripts are left out. */
const SHARED_GLOBALS = new Set(
  `_ CryptoJS atob btoa tv4 xml2Json Backbone cheerio Buffer setTimeout setInterval setImmediate clearTimeout clearInterval
  clearImmediate Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError Float32Array
  Float64Array Int16Array Int32Array Int8Array JSON Map Math Number Object Promise RangeError ReferenceError RegExp Set
  String Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakSet
  decodeURI decodeURIComponent encodeURI encodeURIComponent escape isFinite isNaN parseFloat parseInt unescape`.split(
    /\s+/,
  ),
);

/** Parameters of the function that a script becomes: a `var` of their name at its top is the same variable. */
export const isSandboxName = (name: string): boolean =>
  Object.hasOwn(SPECIAL_GLOBALS, name) || OWN_GLOBALS.has(name) || SHARED_GLOBALS.has(name);

/** What a name stands for that the script itself does not declare; null where the sandbox does not either. */
export function globalOf(name: string): Value | null {
  if (Object.hasOwn(SPECIAL_GLOBALS, name)) return SPECIAL_GLOBALS[name] ?? null;
  if (OWN_GLOBALS.has(name)) return PLAIN;
  return SHARED_GLOBALS.has(name) ? BUILTIN : null;
}

/** Globals by which a script goes on after others may have begun. */
export const LATER = new Set(['setTimeout', 'setInterval', 'setImmediate', 'Promise']);

/** The libraries that a script can ask for. */
export const LIBRARIES = new Set(
  `ajv atob backbone btoa chai cheerio crypto-js csv-parse/lib/sync json lodash moment postman-collection tv4
  uuid xml2js assert buffer events path punycode querystring string_decoder url util`.split(/\s+/),
);

/** Properties that lead from any object to what runs it, or to what all objects share. */
export const INNER = new Set(
  `constructor prototype __proto__ caller callee arguments getPrototypeOf setPrototypeOf defineProperty defineProperties
  getOwnPropertyDescriptor getOwnPropertyDescriptors __defineGetter__ __defineSetter__ __lookupGetter__
  __lookupSetter__`.split(/\s+/),
);
