/** How much a difference matters to a consumer that relied on the contract. */
export type Severity = 'breaking' | 'additive' | 'degraded' | 'down';

/**
 * The drift policy, one row a kind: the only place that says what a difference is called and how severe it is.
 *
 * `when` is the sentence that reports and documentation print.
 */
export const FINDING_KINDS = [
  { kind: 'status-changed', severity: 'breaking', when: 'another documented status than the expected one' },
  { kind: 'undocumented-status', severity: 'breaking', when: 'a status that has no schema' },
  { kind: 'media-type-changed', severity: 'breaking', when: 'another Content-Type than the documented one' },
  { kind: 'not-json', severity: 'breaking', when: 'a body that should be JSON and does not parse' },
  { kind: 'property-missing', severity: 'breaking', when: 'a required property is absent' },
  { kind: 'type-changed', severity: 'breaking', when: 'a value of another JSON type' },
  { kind: 'null-unexpected', severity: 'breaking', when: 'null where the contract never has null' },
  { kind: 'enum-value-unknown', severity: 'breaking', when: 'a value outside the documented set' },
  { kind: 'format-violated', severity: 'breaking', when: 'a value that is not of its documented format' },
  {
    kind: 'constraint-violated',
    severity: 'breaking',
    when: 'a value outside a documented bound or pattern',
  },
  { kind: 'header-missing', severity: 'breaking', when: 'a required response header is absent' },
  { kind: 'property-undeclared', severity: 'additive', when: 'a property that the schema does not know' },
  { kind: 'latency-budget-exceeded', severity: 'degraded', when: 'an answer slower than its latency budget' },
  { kind: 'certificate-expiring', severity: 'degraded', when: 'a certificate that runs out in a few days' },
  {
    kind: 'unreachable',
    severity: 'down',
    when: 'no answer: refused, reset, unresolved, or refused throughout',
  },
  { kind: 'timeout', severity: 'down', when: 'no complete answer within the request timeout' },
  { kind: 'tls-invalid', severity: 'down', when: 'a certificate that cannot be trusted' },
] as const satisfies readonly { kind: string; severity: Severity; when: string }[];

/** The published, never-changing name of a difference. */
export type FindingKind = (typeof FINDING_KINDS)[number]['kind'];

const severities = new Map<FindingKind, Severity>(FINDING_KINDS.map((row) => [row.kind, row.severity]));

/** The severity of a kind, from the table. */
export function severityOf(kind: FindingKind): Severity {
  return severities.get(kind) ?? 'breaking';
}

/** How the message of a `latency-budget-exceeded` begins where no budget was set: nothing but it tells the two apart. */
export const SLOWER_THAN_BEFORE = 'slower than its own history';
