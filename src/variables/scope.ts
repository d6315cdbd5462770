/**
 * The variables a run resolves against: the nearest scope wins (environment before collection).
 *
 * Captured values and values set by scripts land in the environment scope, as in Newman.
 */
export class VariableScope {
  readonly #environment: Map<string, string>;
  readonly #collection: Map<string, string>;

  constructor(
    environment: Readonly<Record<string, string>>,
    collection: Readonly<Record<string, string>> = {},
  ) {
    this.#environment = new Map(Object.entries(environment));
    this.#collection = new Map(Object.entries(collection));
  }

  /** The value in the nearest scope; an empty text is a value. */
  get(name: string): string | undefined {
    return this.#environment.get(name) ?? this.#collection.get(name);
  }

  /** Sets a value of the environment scope. */
  set(name: string, value: string): void {
    this.#environment.set(name, value);
  }

  /** The environment scope as Newman takes it. */
  environment(): { key: string; value: string }[] {
    return [...this.#environment].map(([key, value]) => ({ key, value }));
  }

  /** A copy of this scope in which some environment values are others. */
  with(overrides: Readonly<Record<string, string>>): VariableScope {
    const environment = { ...Object.fromEntries(this.#environment), ...overrides };
    return new VariableScope(environment, Object.fromEntries(this.#collection));
  }
}
