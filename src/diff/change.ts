/** How much a change matters to a consumer of the API. */
export type Weight = 'breaking' | 'additive' | 'cosmetic';

/**
 * Every kind of change between two collections: the only place that says what it is called and how much it matters.
 * A change seen from the other side is its `mirror`.
 */
export const CHANGE_RULES = {
  'request-added': { weight: 'additive', mirror: 'request-removed' },
  'request-removed': { weight: 'breaking', mirror: 'request-added' },
  'request-renamed': { weight: 'cosmetic', mirror: 'request-renamed' },
  'request-moved': { weight: 'cosmetic', mirror: 'request-moved' },
  'order-changed': { weight: 'cosmetic', mirror: 'order-changed' },
  'method-changed': { weight: 'breaking', mirror: 'method-changed' },
  'host-changed': { weight: 'breaking', mirror: 'host-changed' },
  'path-changed': { weight: 'breaking', mirror: 'path-changed' },
  'query-added': { weight: 'additive', mirror: 'query-removed' },
  'query-removed': { weight: 'breaking', mirror: 'query-added' },
  'query-changed': { weight: 'cosmetic', mirror: 'query-changed' },
  'header-added': { weight: 'additive', mirror: 'header-removed' },
  'header-removed': { weight: 'breaking', mirror: 'header-added' },
  'header-changed': { weight: 'cosmetic', mirror: 'header-changed' },
  'auth-changed': { weight: 'breaking', mirror: 'auth-changed' },
  'body-mode-changed': { weight: 'breaking', mirror: 'body-mode-changed' },
  'body-field-added': { weight: 'additive', mirror: 'body-field-removed' },
  'body-field-removed': { weight: 'breaking', mirror: 'body-field-added' },
  'body-type-changed': { weight: 'breaking', mirror: 'body-type-changed' },
  'body-value-changed': { weight: 'cosmetic', mirror: 'body-value-changed' },
  'status-added': { weight: 'additive', mirror: 'status-removed' },
  'status-removed': { weight: 'breaking', mirror: 'status-added' },
  'response-field-added': { weight: 'additive', mirror: 'response-field-removed' },
  'response-field-removed': { weight: 'breaking', mirror: 'response-field-added' },
  'response-type-changed': { weight: 'breaking', mirror: 'response-type-changed' },
  'example-changed': { weight: 'cosmetic', mirror: 'example-changed' },
  'script-added': { weight: 'cosmetic', mirror: 'script-removed' },
  'script-removed': { weight: 'cosmetic', mirror: 'script-added' },
  'script-changed': { weight: 'cosmetic', mirror: 'script-changed' },
  'description-changed': { weight: 'cosmetic', mirror: 'description-changed' },
  'variable-added': { weight: 'cosmetic', mirror: 'variable-removed' },
  'variable-removed': { weight: 'cosmetic', mirror: 'variable-added' },
  'variable-changed': { weight: 'cosmetic', mirror: 'variable-changed' },
} as const satisfies Readonly<Record<string, { weight: Weight; mirror: string }>>;

/** The published, never-changing name of a kind of change. */
export type ChangeRule = keyof typeof CHANGE_RULES;

/**
 * One change.
 *
 * Shape: `key` is the request's key after the change, or before it where it is gone; empty for the collection itself.
 *        `what` names the part, such as a parameter or a pointer into a body. `patch` is there for a script.
 */
export interface Change {
  readonly rule: ChangeRule;
  readonly weight: Weight;
  readonly key: string;
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly patch?: string;
}

/** A change by its rule. */
export function change(
  rule: ChangeRule,
  key: string,
  what: string,
  before: string | null,
  after: string | null,
): Change {
  return { rule, weight: CHANGE_RULES[rule].weight, key, what, before, after };
}
