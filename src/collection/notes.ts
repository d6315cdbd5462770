/** Something odd in a document that could be mended, by its JSON Pointer in the document as given. */
export interface Warning {
  readonly pointer: string;
  readonly text: string;
}

/** What normalising changed, counted by rule, and what it found odd: nothing is mended in silence. */
export class Notes {
  readonly #changes = new Map<ChangeRule, number>();
  readonly warnings: Warning[] = [];

  changed(rule: ChangeRule, times = 1): void {
    if (times > 0) this.#changes.set(rule, (this.#changes.get(rule) ?? 0) + times);
  }

  warn(pointer: string, text: string): void {
    this.warnings.push({ pointer, text });
  }

  /** One line a rule, such as `auth copied from the collection: 12`. */
  get changes(): readonly { readonly rule: ChangeRule; readonly text: string; readonly count: number }[] {
    return [...this.#changes].map(([rule, count]) => ({ rule, text: CHANGES[rule], count }));
  }
}

/** Changes and oddities, one sentence each. */
export function notesAsLines({ changes, warnings }: Notes): string[] {
  return [
    ...changes.map(({ text, count }) => `${text}: ${count}`),
    ...warnings.map(({ pointer, text }) => `${pointer} ${text}`),
  ];
}

/** Every change that normalising makes, in words. */
const CHANGES = {
  'format-v1': 'requests converted from format 1',
  'api-envelope': 'envelope of the Postman API taken off',
  'url-object': 'URLs put together from text and structure',
  'url-text': 'URLs taken apart from text',
  'auth-wrapped': 'auth attributes unwrapped',
  'auth-copied': 'copies of inherited auth taken off',
  'script-empty': 'empty or disabled scripts left out',
  'description-html': 'descriptions turned from HTML into Markdown',
  'example-code': 'status codes of examples read from text',
  'headers-text': 'headers read from text',
  'host-variable': 'URLs whose baked-in host is a variable again',
  'path-variable': 'path variables without a value that take one of the same name',
  presentation: 'properties of the page left out',
} as const;

/** The name of a change. */
export type ChangeRule = keyof typeof CHANGES;
