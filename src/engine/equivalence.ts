/** What each run makes for itself, and in a form that tells what it is. */
const MADE: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/(?<![0-9a-f])[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])/gi, 'uuid'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/g, 'time'],
  [/\b\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\b/g, 'time'],
  [/boundary=-+\d+/g, 'boundary'],
  [/\b1\d{9}(\d{3})?\b/g, 'time'],
];

/** Which texts of two runs mean the same, where each run has values of its own for the same variables. */
export class Equivalence {
  readonly #pairs = new Map<string, Set<string>>();
  readonly #names: readonly (readonly [one: string, other: string, name: string])[];

  /** The values that each variable had in either run, in order. */
  constructor(one: ReadonlyMap<string, readonly string[]>, other: ReadonlyMap<string, readonly string[]>) {
    const names: [string, string, string][] = [];
    for (const [name, values] of one) {
      for (const [at, text] of values.entries()) {
        const value = plain(text);
        const counterpart = plain(other.get(name)?.[at] ?? text);
        if (counterpart === value) continue;
        const [words, others] = [wordsOf(value), wordsOf(counterpart)];
        if (words.length === others.length) {
          for (const [place, word] of words.entries()) this.#pair(word, others[place] ?? '');
        } else if (value !== '' && counterpart !== '') {
          names.push([value, counterpart, name]);
        }
      }
    }
    this.#names = names;
  }

  /** Whether two texts are the same but for values that stand for the same. */
  holds(one: string, other: string): boolean {
    if (one === other) return true;
    let [left, right] = [plain(one), plain(other)];
    for (const [value, counterpart, name] of this.#names) {
      left = left.replaceAll(value, `{{${name}}}`);
      right = right.replaceAll(counterpart, `{{${name}}}`);
    }
    const [words, others] = [wordsOf(left), wordsOf(right)];
    return (
      words.length === others.length &&
      words.every((word, at) => word === others[at] || this.#pairs.get(word)?.has(others[at] ?? '') === true)
    );
  }

  #pair(word: string, other: string): void {
    if (word === other) return;
    const known = this.#pairs.get(word);
    if (known === undefined) this.#pairs.set(word, new Set([other]));
    else known.add(other);
  }
}

/** Words and what stands between them, alternately. */
function wordsOf(text: string): string[] {
  return text.split(/(\w+)/);
}

function plain(text: string): string {
  let decoded = text;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    // Not everything that has a percent sign is encoded.
  }
  for (const [pattern, name] of MADE) decoded = decoded.replace(pattern, `<${name}>`);
  return decoded;
}
