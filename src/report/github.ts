import { type Adviser, adviserOf, remedyOf } from './advice';
import { firstLine } from './escape';
import { counted, type FailureGroup, type FindingGroup, groupFailures, groupFindings } from './group';
import { schemaPlaceOf } from './place';
import { findingText, plainText } from './problem';
import type { Report } from './report';
import { partialNote } from './verdict-words';

/** GitHub shows so many errors, and so many warnings, of one step, and drops the rest without a word. */
const MOST_OF_A_LEVEL = 10;

interface Annotation {
  readonly title: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

/**
 * The report as annotations of GitHub Actions, which are lines of its log: an error a breaking or down finding and a failed
 * assertion, a warning what is slow or new, one line each whichever runners and iterations saw it. What does not fit is in
 * the last one.
 *
 * Shape: each line ends with a line break; empty where there is nothing to say.
 */
export function toAnnotations(report: Report): string {
  const findings = groupFindings(report);
  const advise = adviserOf(report);
  const isError = ({ severity }: FindingGroup) => severity === 'breaking' || severity === 'down';
  const partial = partialNote(report.run);
  const errors = [
    ...(partial === null
      ? []
      : [{ title: report.run.interrupted === true ? 'interrupted' : 'not tested', message: partial }]),
    ...findings.filter(isError).map((group) => ofFinding(group, advise)),
    ...groupFailures(report).map(ofFailure),
  ];
  const warnings = findings.filter((group) => !isError(group)).map((group) => ofFinding(group, advise));
  return [...linesOf('error', errors), ...linesOf('warning', warnings)].map((line) => `${line}\n`).join('');
}

function ofFinding(group: FindingGroup, advise: Adviser): Annotation {
  const place = schemaPlaceOf(group);
  const remedy = remedyOf(advise(group));
  return {
    title: `${group.severity} ${group.kind}: ${plainText(group.key, 200)}`,
    message: [findingText(group), ...(remedy === null ? [] : [plainText(remedy)])].join('\n'),
    ...(place !== null && place),
  };
}

function ofFailure({ key, name, error }: FailureGroup): Annotation {
  return {
    title: `failed: ${plainText(key, 200)}`,
    message: [name, ...(error === undefined ? [] : [firstLine(error)])]
      .map((text) => plainText(text))
      .join('\n'),
  };
}

function linesOf(level: 'error' | 'warning', annotations: readonly Annotation[]): string[] {
  if (annotations.length <= MOST_OF_A_LEVEL) return annotations.map((one) => lineOf(level, one));
  const shown = annotations.slice(0, MOST_OF_A_LEVEL - 1);
  const rest = counted(annotations.length - shown.length, `more ${level}`);
  return [...shown, { title: rest, message: 'The summary and report.json have them all.' }].map((one) =>
    lineOf(level, one),
  );
}

function lineOf(level: string, { title, message, file, line }: Annotation): string {
  const properties = Object.entries({ file, line: file === undefined ? undefined : line, title })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`]))
    .join(',');
  return `::${level} ${properties}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
