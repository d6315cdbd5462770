import { type DisabledVariable, variableText } from '../collection/variables';

/** Where a variable lives, from the nearest to the widest. */
export type ScopeName = 'locals' | 'data' | 'environment' | 'collection' | 'globals';

const NEAREST_FIRST: readonly ScopeName[] = ['locals', 'data', 'environment', 'collection', 'globals'];

/** One variable as Newman takes it. */
export interface ListedVariable {
  readonly key: string;
  readonly value: unknown;
  readonly disabled?: true;
}

/** One scope as Postman's libraries take it. */
export interface PostmanScope {
  readonly name?: string;
  readonly values: readonly (ListedVariable & { readonly type: 'any' })[];
}

/** What scripts see of scopes besides values. */
export interface Shown {
  /** The name of the environment, where a file gives it one. */
  readonly environmentName?: string;
  readonly disabled?: Partial<Readonly<Record<ScopeName, readonly DisabledVariable[]>>>;
}

/**
 * The variables a run resolves against: the nearest scope wins (locals, the iteration's row of data, environment,
 * collection, globals).
 *
 * Captured values land in the environment scope, as in Newman. Scripts may set any scope, and anything as a value.
 */
export class VariableScope {
  readonly #scopes: Readonly<Record<ScopeName, Map<string, unknown>>>;

  constructor(
    environment: Readonly<Record<string, unknown>>,
    collection: Readonly<Record<string, unknown>> = {},
    globals: Readonly<Record<string, unknown>> = {},
    locals: Readonly<Record<string, unknown>> = {},
    private readonly shown: Shown = {},
  ) {
    this.#scopes = {
      locals: new Map(Object.entries(locals)),
      data: new Map(),
      environment: new Map(Object.entries(environment)),
      collection: new Map(Object.entries(collection)),
      globals: new Map(Object.entries(globals)),
    };
  }

  /** The value in the nearest scope, as text; an empty text is a value, and `null` in a row of data is none, as in Newman. */
  get(name: string): string | undefined {
    for (const scope of NEAREST_FIRST) {
      const values = this.#scopes[scope];
      if (!values.has(name)) continue;
      const value = values.get(name);
      return scope === 'data' && value === null ? undefined : variableText(value);
    }
    return undefined;
  }

  /** Sets a value, in the environment scope where nothing else is said. */
  set(name: string, value: unknown, scope: ScopeName = 'environment'): void {
    this.#scopes[scope].set(name, value);
  }

  /** Takes a value out of one scope. */
  unset(name: string, scope: ScopeName): void {
    this.#scopes[scope].delete(name);
  }

  /** Remembers some variables as they are now; what it gives puts them back. */
  keep(names: readonly string[]): () => void {
    const kept = NEAREST_FIRST.flatMap((scope) =>
      names.map((name) => {
        const values = this.#scopes[scope];
        return { values, name, had: values.has(name), value: values.get(name) };
      }),
    );
    return () => {
      for (const { values, name, had, value } of kept) {
        if (had) values.set(name, value);
        else values.delete(name);
      }
    };
  }

  /** Takes a row of a data file for the iteration that begins, in place of the last one. */
  useData(row: Readonly<Record<string, unknown>>): void {
    this.#scopes.data.clear();
    for (const [key, value] of Object.entries(row)) this.#scopes.data.set(key, value);
  }

  /** One scope as an object. */
  values(name: ScopeName): Record<string, unknown> {
    return Object.fromEntries(this.#scopes[name]);
  }

  /** The name of the environment, where a file gives it one. */
  get environmentName(): string | undefined {
    return this.shown.environmentName;
  }

  /** One scope as Newman takes it, with what is disabled in its place. */
  list(name: ScopeName): ListedVariable[] {
    const disabled = this.shown.disabled?.[name] ?? [];
    const behind = (isPlace: (after: string | null) => boolean) =>
      disabled.flatMap(({ key, value, after }) =>
        isPlace(after) ? [{ key, value, disabled: true as const }] : [],
      );
    // Under this name, Postman's lists have something else.
    const all = [...this.#scopes[name]].filter(([key]) => key !== '__proto__');
    if (disabled.length === 0) return all.map(([key, value]) => ({ key, value }));
    const isGone = (after: string | null) => after === null || !this.#scopes[name].has(after);
    return [
      ...behind(isGone),
      ...all.flatMap(([key, value]) => [{ key, value }, ...behind((after) => after === key)]),
    ];
  }

  /** Every scope as Postman's libraries take it. */
  scopes(): Record<ScopeName, PostmanScope> {
    const values = (name: ScopeName): PostmanScope => ({
      values: this.list(name).map((variable) => ({ ...variable, type: 'any' })),
    });
    const { environmentName } = this;
    return {
      locals: values('locals'),
      data: values('data'),
      environment: {
        ...(environmentName !== undefined && { name: environmentName }),
        ...values('environment'),
      },
      collection: values('collection'),
      globals: values('globals'),
    };
  }

  /** A copy of this scope in which some environment values are others. */
  with(overrides: Readonly<Record<string, string>>): VariableScope {
    const copy = new VariableScope(
      { ...this.values('environment'), ...overrides },
      this.values('collection'),
      this.values('globals'),
      this.values('locals'),
      this.shown,
    );
    copy.useData(this.values('data'));
    return copy;
  }
}
