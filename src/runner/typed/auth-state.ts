import type { AuthTemplate } from '../../collection/model';
import type { SdkObject } from './postman-libraries';
import type { PostmanItem } from './postman-request';

/**
 * What signing one request found out, such as a server's challenge: as in Newman, the next one with the same auth of a
 * folder or the collection is signed with it, and so is the same request in the next iteration.
 */
export class AuthState {
  readonly #kept = new Map<AuthTemplate, readonly object[]>();

  /** Gives an auth what is known of it. */
  recall(template: AuthTemplate | null, { auth }: PostmanItem): void {
    if (template === null || auth?.type !== template.type) return;
    for (const parameter of this.#kept.get(template) ?? []) auth.parameters().upsert(parameter);
  }

  /** Remembers what an auth was given while it signed. */
  keep(template: AuthTemplate | null, { auth }: PostmanItem): void {
    if (template === null || auth?.type !== template.type) return;
    const found = (auth.parameters().all() as SdkObject[]).filter(({ system }) => system === true);
    if (found.length === 0) return;
    this.#kept.set(
      template,
      found.map(({ key, value }) => ({ key, value, system: true })),
    );
  }
}
