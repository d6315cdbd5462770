import { variablesIn } from '../../variables/resolve';
import type { ScriptAccess } from '../script-access';
import { INNER, PLAIN, type Value } from './sandbox';

export const MADE_CALL = 'a function is called whose name is made at run time';

/** What is found out about a script while it is read. */
export class Findings {
  readonly #reads = new Set<string>();
  readonly #writes = new Set<string>();
  readonly #sets = new Set<string>();
  readonly #templates = new Set<string>();
  #hasOpenTemplate = false;
  #unreadable: string | null = null;
  steers = false;
  sends = false;
  usesThis = false;
  /** Whether it may have a `forEach` of its own, and what it hands to a `forEach`. */
  ownForEach = false;
  forEachGets: string | null = null;
  /** A variable that it sets without declaring it: other scripts set the same one. */
  undeclared: string | null = null;
  /** Whether it looks at the request, or changes it. */
  request = false;
  /** Whether it looks at the copy of the request that old scripts have. */
  oldRequest = false;

  /** Makes the script unreadable; the first reason stays. */
  refuse(reason: string): Value {
    this.#unreadable ??= reason;
    return PLAIN;
  }

  refuseInner(name: string): Value {
    return this.refuse(`\`${name}\` leads to what is inner to the language`);
  }

  read(names: readonly string[]): void {
    for (const name of names) this.#reads.add(name);
  }

  write(names: readonly string[]): void {
    for (const name of names) this.#writes.add(name);
  }

  set(names: readonly string[]): void {
    this.write(names);
    for (const name of names) this.#sets.add(name);
  }

  /** Texts of the script: they may be templates, or spell what is inner to the language. */
  texts(texts: readonly string[]): void {
    for (const text of texts) {
      if (text === 'forEach') this.ownForEach = true;
      for (const name of variablesIn(text)) this.#templates.add(name);
      if (text.replace(/\{\{[^{}]+\}\}/g, '').includes('{{')) this.#hasOpenTemplate = true;
      // A path as some libraries read it; prose may say `constructor`.
      const inner = /\s/.test(text) ? undefined : text.split(/[^\w$]+/).find((part) => INNER.has(part));
      if (inner !== undefined && inner !== 'arguments') this.refuseInner(inner);
    }
  }

  /** `ambiguous` is a name that may mean one of two variables; `runsLater` says that it goes on after others begin. */
  access(ambiguous: string | null, runsLater: boolean): ScriptAccess {
    // What a script puts into a request is resolved when that is sent.
    if (this.request || this.sends) this.read([...this.#templates]);
    if (this.request && this.#hasOpenTemplate) this.refuse('a template of the request is made at run time');
    // Postman calls what was handed to `sendRequest` on `pm` itself.
    if (this.usesThis && this.sends) this.refuse('what `this` is cannot be told');
    if (this.undeclared !== null && (this.sends || runsLater))
      this.refuse(`${this.undeclared} is declared nowhere, and another script may change it meanwhile`);
    if (this.ownForEach && this.forEachGets !== null)
      this.refuse(`${this.forEachGets} is handed on in a way that is not followed`);
    if (ambiguous !== null)
      this.refuse(`a function in a block has the name of another variable, ${ambiguous}`);
    return {
      reads: [...this.#reads],
      writes: [...this.#writes],
      sets: [...this.#sets],
      steers: this.steers,
      isolated: !this.sends,
      seesRequest: this.request || this.oldRequest || this.usesThis || this.#unreadable !== null,
      unreadable: this.#unreadable,
    };
  }
}
