/** Enough for what is under way at the same time, and asked for again at once, as the pages of one list are. */
const MOST = 32;

/** What was made for those that were asked for last. */
export class Latest<K, V> {
  readonly #made = new Map<K, V>();

  get(key: K, make: () => V): V {
    const value = this.#made.get(key) ?? make();
    this.#made.delete(key);
    this.#made.set(key, value);
    const [oldest] = this.#made.keys();
    if (oldest !== undefined && this.#made.size > MOST) this.#made.delete(oldest);
    return value;
  }
}
