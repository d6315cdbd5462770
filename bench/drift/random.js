// Numbers that look random and are the same again for the same seed, so that what was found can be found again.

/** A generator of its own for each text. Source: mulberry32 over an FNV-1a hash. */
class Random {
  #state;

  constructor(seed) {
    let hash = 0x811c9dc5;
    for (const letter of String(seed)) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193);
    this.#state = hash >>> 0;
  }

  /** From 0 to 1, without 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to less than `end`. */
  below(end) {
    return Math.floor(this.next() * end);
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  chance(of = 0.5) {
    return this.next() < of;
  }

  shuffle(list) {
    const mixed = [...list];
    for (let at = mixed.length - 1; at > 0; at -= 1) {
      const other = this.below(at + 1);
      [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
    }
    return mixed;
  }
}

module.exports = { Random };
