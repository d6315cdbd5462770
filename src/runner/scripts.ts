/** So long a script of the collection may take, by both runners. Units: milliseconds. */
export const SCRIPT_TIMEOUT_MS = 5_000;

/** What a script threw, as both runners tell it. Anything may be thrown, also nothing. */
export function messageOf(thrown: unknown): string {
  const { message } = (thrown ?? {}) as { message?: unknown };
  return typeof message === 'string' && message !== '' ? message : `threw ${String(thrown)}`;
}
