/** What a script touches of the run's variables, or why that cannot be told. */
export interface ScriptAccess {
  /** Names of variables that it reads, in any scope. */
  readonly reads: readonly string[];
  /** Names of variables that it gives a value, changes or removes, in any scope. */
  readonly writes: readonly string[];
  /** Those of `writes` that it gives a value. */
  readonly sets: readonly string[];
  /** Whether it may say which request is next. */
  readonly steers: boolean;
  /** Whether it leaves everything but variables and its own request alone: sends no requests, looks at no cookies. */
  readonly isolated: boolean;
  /** Whether it may look at the request that was sent, or change the one that will be. */
  readonly seesRequest: boolean;
  /** Why it may touch other variables as well, in a few words; null where it surely does not. */
  readonly unreadable: string | null;
}

/** Many requests share the script of their folder or collection. */
const known = new Map<string, ScriptAccess>();

/**
 * Reads what a script of a collection touches, without running it. Where `unreadable` is not null, the lists hold what
 * was recognised.
 *
 * Errors: none; a script that does not parse is unreadable.
 * Source: postman-sandbox 4.7.1, `lib/sandbox/`; uniscope, which makes a function of the script.
 */
export function scriptAccess(source: string): ScriptAccess {
  const before = known.get(source);
  if (before !== undefined) return before;
  const access = read(source);
  known.set(source, access);
  return access;
}

/** What several scripts that run one after the other touch; null where there is none. */
export function mergeAccess(accesses: readonly ScriptAccess[]): ScriptAccess | null {
  if (accesses.length === 0) return null;
  const union = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())];
  return {
    reads: union(accesses.map(({ reads }) => reads)),
    writes: union(accesses.map(({ writes }) => writes)),
    sets: union(accesses.map(({ sets }) => sets)),
    steers: accesses.some(({ steers }) => steers),
    isolated: accesses.every(({ isolated }) => isolated),
    seesRequest: accesses.some(({ seesRequest }) => seesRequest),
    unreadable: accesses.find(({ unreadable }) => unreadable !== null)?.unreadable ?? null,
  };
}

function read(source: string): ScriptAccess {
  // Most collections have no scripts, and need neither.
  const { parse } = require('acorn') as typeof import('acorn');
  const { ScriptReader } = require('./script/reader') as typeof import('./script/reader');
  try {
    // It becomes the body of a function that begins with a statement: `"use strict"` says nothing there.
    const program = parse(`;\n${source}`, {
      ecmaVersion: 'latest',
      sourceType: 'script',
      allowReturnOutsideFunction: true,
    });
    return new ScriptReader(program).read();
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'RangeError') return nothingBut('it is nested too deeply');
    if (name !== 'SyntaxError') throw error;
    const where = message.replace(/ \((\d+):\d+\)$/, (_, line) => ` in line ${Number(line) - 1}`);
    return nothingBut(`a syntax error: ${where}`);
  }
}

function nothingBut(unreadable: string): ScriptAccess {
  return { reads: [], writes: [], sets: [], steers: false, isolated: true, seesRequest: true, unreadable };
}
