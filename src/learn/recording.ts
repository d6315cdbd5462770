import type { Collection } from '../collection/model';
import { exchangeOf } from '../exchange/har';
import { matchRequest } from '../plan/recorded';
import { readHar } from '../source/har';
import { urlOf } from '../url';
import type { FitSample } from './fit';
import { sampleOf } from './samples';

/** Entries that nothing was learned from, by reason; `first` is one of them as people find it again. */
export interface Unlearned {
  readonly reason: string;
  readonly first: string;
  count: number;
}

/**
 * The samples of a recording, which is read anew each time that it is asked for. What cannot be learned from is counted.
 *
 * Errors: SourceError of `readHar`.
 */
export class Recording {
  readonly #unlearned = new Map<string, Unlearned>();

  constructor(
    readonly file: string,
    readonly collection: Collection,
    /** Whether a request is to be learned; what belongs to others is no matter of anybody. */
    readonly isSelected: (key: string) => boolean,
  ) {}

  /** What the last reading left out. */
  get unlearned(): readonly Unlearned[] {
    return [...this.#unlearned.values()];
  }

  async *samples(): AsyncGenerator<FitSample> {
    this.#unlearned.clear();
    const keys = new Set(this.collection.requests.map(({ key }) => key));
    for await (const entry of readHar(this.file)) {
      const { method, url, requestBody: body } = entry;
      const key = entry.key ?? matchRequest(this.collection, { method, url, body });
      const label = `${method} ${withoutQuery(url)}`;
      if (key === null || !keys.has(key)) {
        this.#leaveOut('no request of the collection', label);
        continue;
      }
      if (!this.isSelected(key)) continue;
      const { exchange, hasBody } = exchangeOf(entry, key);
      const sample =
        exchange.response !== null && !hasBody ? 'a body that was not recorded' : sampleOf(exchange);
      if (typeof sample === 'string') this.#leaveOut(sample, label);
      else yield sample;
    }
  }

  #leaveOut(reason: string, first: string): void {
    const known = this.#unlearned.get(reason) ?? { reason, first, count: 0 };
    known.count += 1;
    this.#unlearned.set(reason, known);
  }
}

/** Parameters and credentials of an address are nobody's to read. */
function withoutQuery(url: string): string {
  const address = urlOf(url);
  return address === null ? 'an address that is none' : address.origin + address.pathname;
}
