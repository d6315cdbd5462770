/** Enough for what is under way at the same time. */
const MOST = 32;

/** What was made last; what is gone is made again when it is asked for. */
export class Latest<K, V> {
  readonly #made = new Map<K, V>();

  get(key: K, make: () => V): V {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const value = make();
    this.#made.set(key, value);
    if (this.#made.size > MOST) {
      const [oldest] = this.#made.keys();
      this.#made.delete(oldest as K);
    }
    return value;
  }
}
