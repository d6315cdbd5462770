import { type Finding, isOpen } from '../findings/finding';
import { commandsFor, type Origin } from '../report/advice';
import { visible } from '../report/escape';
import { counted } from '../report/group';
import type { ReportRequest } from '../report/report';

/** What `toMatchContract` looks at: a row of a run, which its report keeps with its `detail`, or a response of a flow. */
export interface Checked {
  readonly key: string;
  readonly status?: number | null;
  readonly findings: readonly Finding[];
  readonly outcome?: 'passed' | 'failed' | 'skipped';
  readonly reason?: string;
  readonly assertions?: readonly {
    readonly name: string;
    readonly passed: boolean;
    readonly error?: string;
  }[];
}

/**
 * Holds what was received to its contract: breaking and down findings fail, and so does what was never sent.
 *
 * The message names each finding with its pointer, what was expected and what was received.
 */
export function toMatchContract(received: Checked): { pass: boolean; message: () => string } {
  const pass =
    received.outcome === undefined
      ? received.findings
          .filter(isOpen)
          .every(({ severity }) => severity === 'additive' || severity === 'degraded')
      : received.outcome === 'passed';
  return { pass, message: () => describeResult(received) };
}

/** The lines of a failed check, from the first finding to the last failed assertion. */
export function describeResult(checked: Checked): string {
  const { key, status = null, findings, outcome, reason, assertions = [] } = checked;
  if (outcome === 'skipped') return visible(`${key} was skipped: ${reason ?? 'no reason given'}`);
  const open = findings.filter(isOpen);
  const origin = open.length > 0 ? originOf(checked) : {};
  const lines = open.flatMap((found) => {
    const { severity, kind, pointer, expected, actual, message, schema, schemaLine, samples, count } = found;
    const line = schemaLine === undefined ? '' : `, line ${schemaLine}`;
    const rests = samples === undefined ? '' : `, rests on ${counted(samples, 'sample')}`;
    return [
      `${severity} ${kind}${pointer === '' ? '' : ` at ${pointer}`}${count > 1 ? ` (${count} places)` : ''}: ${message}`,
      `    expected ${expected}`,
      `    received ${actual}`,
      ...(schema === undefined ? [] : [`    schema   ${schema}${line}${rests}`]),
      ...commandsFor({ ...found, key, status }, origin).map(({ when, text }) => `    ${when}: ${text}`),
    ];
  });
  const failed = assertions
    .filter(({ passed }) => !passed)
    .map(({ name, error = '' }) => `assertion ${name}: ${error}`);
  return [`${key} does not match its contract`, ...lines, ...failed].map(visible).join('\n');
}

/** Loaded with the first difference: every test file loads this module anew. */
function originOf(checked: Checked): Origin {
  const { isLearnable } = require('../report/samples') as typeof import('../report/samples');
  const { VARIABLES } = require('./settings') as typeof import('./settings');
  const reports = process.env[VARIABLES.reports];
  return {
    ...(isRow(checked) && isLearnable(checked) && { from: 'report' as const }),
    ...(reports && { reports }),
  };
}

function isRow(checked: Checked): checked is Checked & ReportRequest {
  return 'detail' in checked;
}
