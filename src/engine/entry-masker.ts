import { isCredentialName, type Masker } from '../masking/masker';
import { credentialsIn } from '../masking/urls';
import type { HarEntry } from '../source/har';

/** Maskers that know, besides the secrets of a project, the credentials that an entry of a recording was sent with. */
export class EntryMaskers {
  readonly #masker: Masker;
  #last: { readonly id: string; readonly masker: Masker } | null = null;

  constructor(masker: Masker) {
    this.#masker = masker;
  }

  /** The masker of an entry; null where it carries no credential. */
  of(entry: HarEntry): Masker | null {
    const credentials = credentialsOf(entry);
    if (credentials.length === 0) return null;
    const id = JSON.stringify(credentials);
    // Most entries of a recording carry the same.
    if (this.#last?.id !== id) {
      const masker = this.#masker.copy();
      for (const text of credentials) masker.add('', text);
      this.#last = { id, masker };
    }
    return this.#last.masker;
  }
}

function credentialsOf({ url, requestHeaders, response }: HarEntry): string[] {
  const headers = [...requestHeaders, ...(response?.headers ?? [])];
  const values = headers.flatMap(([name, value]) => (isCredentialName(name) ? partsOf(value) : []));
  return [...new Set([...values, ...credentialsIn(url)])];
}

/** A header's value, what stands behind its scheme, and the values of its cookies and parameters. */
function partsOf(value: string): string[] {
  const [, behind = ''] = /^\S+\s+(\S.*)$/s.exec(value) ?? [];
  const named = [...value.matchAll(/=\s*"?([^";,\s]+)/g)].map(([, text]) => text ?? '');
  return [value, behind, ...named].filter((text) => text !== '');
}
