import type { AuthTemplate } from '../../collection/model';
import type { SdkObject } from './postman-libraries';
import type { PostmanItem } from './postman-request';
import type { Answer } from './send';

const UNAUTHORIZED = 401;

/** Hawk makes its nonce and its time by itself, and no server takes them twice. */
const CHALLENGED: ReadonlySet<string> = new Set(['digest', 'ntlm']);

/**
 * What signing one request found out, such as a server's challenge: as in Newman, the next one with the same auth of a
 * folder or the collection is signed with it, and so is the same request in the next iteration.
 */
export class AuthState {
  readonly #kept = new Map<AuthTemplate, readonly object[]>();

  /**
   * Sends a request that is signed with what is known of its auth. What the server takes no more, as an expired challenge, is
   * found out anew, once: a 401 that is our own memory's fault is no drift. `fill` makes the request, for each time.
   */
  async signed<T extends Pick<Answer, 'response'>>(
    template: AuthTemplate | null,
    fill: () => PostmanItem,
    send: (item: PostmanItem) => Promise<T>,
  ): Promise<T> {
    const item = fill();
    const isKnown = this.#recall(template, item);
    const answer = await send(item);
    if (template === null || !isKnown || answer.response.status !== UNAUTHORIZED) {
      this.#keep(template, item);
      return answer;
    }
    this.#kept.delete(template);
    const anew = fill();
    const second = await send(anew);
    this.#keep(template, anew);
    return second;
  }

  /** Gives an auth what is known of it; says whether there was anything. */
  #recall(template: AuthTemplate | null, { auth }: PostmanItem): boolean {
    if (template === null || auth?.type !== template.type) return false;
    const known = this.#kept.get(template) ?? [];
    for (const parameter of known) auth.parameters().upsert(parameter);
    return known.length > 0;
  }

  /** Remembers what an auth was given while it signed. */
  #keep(template: AuthTemplate | null, { auth }: PostmanItem): void {
    if (template === null || auth?.type !== template.type || !CHALLENGED.has(template.type)) return;
    const found = (auth.parameters().all() as SdkObject[]).filter(({ system }) => system === true);
    if (found.length === 0) return;
    this.#kept.set(
      template,
      found.map(({ key, value }) => ({ key, value, system: true })),
    );
  }
}
