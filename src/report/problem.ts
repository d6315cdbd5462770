import { isOpen } from '../findings/finding';
import { shorten } from '../masking/shorten';
import { type Adviser, remedyOf } from './advice';
import { firstLine, visible } from './escape';
import { counted, failedAssertionsOf } from './group';
import type { ReportRequest } from './report';

/** Units: characters. No format needs more of one value, and a body that is quoted whole drowns what is wrong. */
const LONGEST_TEXT = 1000;
const MOST_PROBLEMS = 50;

/** Text of an API as other programs may show it: visible, and cut in its middle where it is long. */
export function plainText(text: string, longest = LONGEST_TEXT): string {
  return visible(shorten(text, longest));
}

/**
 * Why a row failed.
 *
 * Shape: `isDrift` tells a contract that is broken from an environment that could not be tested. `kind` is the kind of the
 *        worst finding, or `assertion-failed`; `message` is one line, `details` all of them.
 */
export interface Problem {
  readonly isDrift: boolean;
  readonly kind: string;
  readonly message: string;
  readonly details: readonly string[];
}

/** The kind of what fails without a finding. */
export const ASSERTION_FAILED = 'assertion-failed';

/** What is wrong with a row that failed, each finding with what to do about it; null for any other row. */
export function problemOf(row: ReportRequest, advise: Adviser): Problem | null {
  if (row.outcome !== 'failed') return null;
  const failed = failedAssertionsOf(row);
  const open = row.findings.filter(isOpen);
  const worst =
    open.find(({ severity }) => severity === 'breaking') ??
    open.find(({ severity }) => severity === 'down') ??
    (failed.length > 0 ? undefined : open[0]);
  const { key, status } = row;
  const remedies = new Map(
    open.map((one) => [findingText(one), remedyOf(advise({ ...one, key, status }))] as const),
  );
  const texts = [
    ...open.sort((a, b) => Number(b === worst) - Number(a === worst)).map(findingText),
    ...failed.map(
      ({ name, error }) =>
        `failed: ${plainText(name)}${error === undefined ? '' : `: ${plainText(firstLine(error))}`}`,
    ),
    ...(row.reason === undefined ? [] : [plainText(row.reason)]),
  ];
  const [first = 'failed; the report holds no cause', ...rest] = texts;
  return {
    isDrift: failed.length > 0 || worst?.severity !== 'down',
    kind: worst?.kind ?? ASSERTION_FAILED,
    message: rest.length === 0 ? first : `${first} (and ${rest.length} more)`,
    details: [
      ...[first, ...rest.slice(0, MOST_PROBLEMS)].flatMap((text) => {
        const remedy = remedies.get(text);
        return remedy == null ? [text] : [text, `  ${plainText(remedy)}`];
      }),
      ...(rest.length > MOST_PROBLEMS ? [`and ${counted(rest.length - MOST_PROBLEMS, 'more problem')}`] : []),
    ],
  };
}

/** A finding as one line. */
export function findingText(finding: ReportRequest['findings'][number]): string {
  const { severity, kind, pointer, count, expected, actual, message } = finding;
  const at = pointer === '' ? '' : ` at ${plainText(pointer)}`;
  const places = count > 1 ? ` (${counted(count, 'place')})` : '';
  const why = message === '' ? '' : `. ${plainText(message)}`;
  return `${severity} ${kind}${at}${places}: expected ${plainText(expected)}, received ${plainText(actual)}${why}`;
}
