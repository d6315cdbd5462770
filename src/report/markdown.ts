import { adviserOf } from './advice';
import { firstLine } from './escape';
import {
  asidesOf,
  counted,
  type FailureGroup,
  type FindingGroup,
  groupAccepted,
  groupFailures,
  groupFindings,
  groupFlaky,
  groupSkips,
  SIGNS,
} from './group';
import type { Advice } from './page-data';
import { plainText } from './problem';
import type { Report } from './report';
import { causeOf, countWords, LEADS, LONGEST_REASON, partialNote } from './verdict-words';

/** What fits into a comment of a pull request (65,536 characters), whatever a character takes. Units: bytes. */
export const COMMENT_BYTES = 64_000;
/** Of the limit, for the line that says what was left out. */
const NOTE_BYTES = 200;
const LONGEST_CELL = 120;
const MOST_KEYS = 5;

/**
 * The report as Markdown for a pull request or a job summary: the verdict, a table of what is wrong, then its details.
 *
 * Whatever comes from elsewhere is in code spans, where nothing is a link, a mention or HTML.
 *
 * Units: `limit` in bytes of UTF-8; what does not fit is left out from the end, and the last line says so.
 * @default limit 64,000, which a comment can hold
 */
export function toMarkdown(report: Report, limit = COMMENT_BYTES): string {
  const findings = groupFindings(report);
  const failures = groupFailures(report);
  const advise = adviserOf(report);
  const blocks = [
    head(report),
    ...table(findings, failures),
    ...acceptedList(report),
    ...skips(report),
    ...besides(report),
    ...(findings.length + failures.length > 0 ? ['\n### Details\n'] : []),
    ...(findings.some((group) => advise(group).commands.length > 0) ? [commandsNote(report)] : []),
    ...findings.map((group) => findingDetails(group, advise(group), report.run.startedAt)),
    ...failures.map(failureDetails),
  ];
  let left = limit - NOTE_BYTES;
  const fitting = blocks.findIndex((block) => {
    left -= Buffer.byteLength(block) + 1;
    return left < 0;
  });
  if (fitting < 0) return `${blocks.join('\n')}\n`;
  const note = '\n*The rest does not fit here: report.json and index.html have all of it.*\n';
  return `${blocks.slice(0, fitting).join('\n')}\n${note}`;
}

/** The commands name the folder that the report was written to. */
function commandsNote({ run }: Report): string {
  const folder = code(`${run.command?.reports ?? 'reports'}/`.replace(/\/+$/, '/'));
  return `The commands below read \`report.json\` of this run: put it into ${folder} first, or run the check yourself.\n`;
}

function head(report: Report): string {
  const { run, collection, verdict, summary } = report;
  const { interrupted, untested } = run;
  const why = interrupted === true || untested === undefined ? '' : ` ${code(untested, LONGEST_REASON)}`;
  const note = why === '' ? partialNote(run) : 'This report is partial:';
  const asides = asidesOf(report);
  const cause = causeOf(report);
  return [
    `## ${SIGNS[verdict]} ${verdict}${cause === null ? '' : `: ${cause}`}`,
    '',
    ...(note === null ? [] : [`**${note}**${why}`, '']),
    // That not everything was tested is said by then.
    ...(verdict === 'incomplete' && note !== null ? [] : [LEADS[verdict], '']),
    `${code(collection.name)} against ${code(run.environment)} (${code(run.target)}) by ${code(run.runner)}, ${code(run.startedAt)}`,
    '',
    '| requests | passed | failed | skipped | findings |',
    '| --- | --- | --- | --- | --- |',
    `| ${summary.requests} | ${summary.passed} | ${summary.failed} | ${summary.skipped} | ${countWords(summary).join(', ')} |`,
    ...(asides.length > 0 ? ['', `Besides, not counted: ${asides.join(', ')}.`] : []),
    ...(collection.reconstruction === true
      ? ['', 'The collection is a reconstruction, not the published one.']
      : []),
  ].join('\n');
}

function table(findings: readonly FindingGroup[], failures: readonly FailureGroup[]): string[] {
  if (findings.length + failures.length === 0) return [];
  return [
    '\n### Findings\n\n| what | request | where | expected | received |\n| --- | --- | --- | --- | --- |',
    ...findings.map((group) =>
      row([
        `${SIGNS[group.severity]} ${group.severity} ${group.kind}`,
        cell(group.key),
        `${group.pointer === '' ? 'whole response' : cell(group.pointer)}${group.count > 1 ? ` (${counted(group.count, 'place')})` : ''}`,
        cell(group.expected),
        cell(group.actual),
      ]),
    ),
    ...failures.map(({ key, name, error = '' }) =>
      row([`${SIGNS.failed} failed assertion`, cell(key), '', cell(name), cell(error)]),
    ),
  ];
}

function acceptedList(report: Report): string[] {
  const groups = groupAccepted(report);
  const { unusedAcceptances: unused = [] } = report;
  if (groups.length + unused.length === 0) return [];
  const what = (kind: string, key: string, pointer: string): string =>
    `${code(kind)} of ${code(key)}${pointer === '' ? '' : ` at ${code(pointer)}`}`;
  return [
    '\n### Accepted\n',
    ...groups.map(({ kind, key, pointer, accepted }) => {
      const terms = `${code(accepted?.until ?? '')}: ${code(accepted?.reason ?? '')}`;
      return `- ${what(kind, key, pointer)} until ${terms}`;
    }),
    ...unused.map(
      ({ kind, key, pointer, reason }) =>
        `- accepted for nothing, remove it: ${what(kind, key, pointer)} (${code(reason)})`,
    ),
  ];
}

function skips(report: Report): string[] {
  const groups = groupSkips(report);
  if (groups.length === 0) return [];
  return [
    '\n### Skipped\n',
    ...groups.map(({ reason, count, besides, keys }) => {
      const shown = keys
        .slice(0, MOST_KEYS)
        .map((key) => code(key))
        .join(', ');
      const more = keys.length > MOST_KEYS ? ` and ${keys.length - MOST_KEYS} more` : '';
      const extra = besides > 0 ? ` (and ${besides} not counted)` : '';
      return `- ${count}${extra}: ${code(reason)}: ${shown}${more}`;
    }),
  ];
}

/** What changes no verdict, and is worth knowing. */
function besides(report: Report): string[] {
  const flaky = groupFlaky(report);
  const { warnings = [] } = report;
  return [
    ...(flaky.length > 0 ? ['\n### Passed only after a retry\n'] : []),
    ...flaky.map(({ key, attempts }) => `- ${code(key)}, ${counted(attempts, 'attempt')}`),
    ...(warnings.length > 0 ? ['\n### Warnings\n'] : []),
    ...warnings.map((warning) => `- ${code(warning, 1000)}`),
  ];
}

function findingDetails(
  group: FindingGroup,
  { hint, commands }: Required<Advice>,
  startedAt: string,
): string {
  const { severity, kind, key, method, url, status, schema, expected, actual, message } = group;
  return [
    `- ${SIGNS[severity]} **${severity} ${kind}** ${code(key)}, seen by ${group.runners.map((runner) => code(runner)).join(', ')}${group.aside === null ? '' : ` (${group.aside})`}${since(group, startedAt)}`,
    `  - request: ${code(`${method} ${url}`, 1000)}${status === null ? '' : `, answered ${status}`}`,
    ...(group.pointer === '' ? [] : [`  - where: ${code(group.pointer, 1000)}`]),
    `  - expected ${code(expected, 1000)}, received ${code(actual, 1000)}`,
    ...(message === '' ? [] : [`  - ${code(message, 1000)}`]),
    ...(schema === undefined ? [] : [`  - schema: ${code(schema, 1000)}`]),
    ...(hint === '' ? [] : [`  - ${hint}`]),
    ...commands.map(({ when, text }) => `  - ${when}: ${code(text, 1000)}`),
  ].join('\n');
}

/** Since when a finding stands, where a history says so. */
function since({ firstSeen, flapping }: FindingGroup, startedAt: string): string {
  if (firstSeen === undefined) return '';
  const when = firstSeen === startedAt ? ', new in this run' : `, since ${code(firstSeen)}`;
  return flapping === true ? `${when}, flapping` : when;
}

function failureDetails({ key, name, error, runners, aside }: FailureGroup): string {
  return [
    `- ${SIGNS.failed} **failed** ${code(key)}, seen by ${runners.map((runner) => code(runner)).join(', ')}${aside === null ? '' : ` (${aside})`}`,
    `  - ${code(name, 1000)}`,
    ...(error === undefined ? [] : [`  - ${code(firstLine(error), 1000)}`]),
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Text as a code span that holds it whatever is in it. Units: `longest` in characters. */
function code(text: string, longest = LONGEST_CELL): string {
  const shown = plainText(text, longest);
  if (shown.trim() === '') return '(empty)';
  const longestRun = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/**
 * The same in a cell of a table, which ends at a `|`, code or not, unless a backslash is before it: one behind a backslash
 * of its own is spelled out.
 */
function cell(text: string): string {
  return code(text).replace(/(\\?)\|/g, (_, slash: string) => (slash === '' ? '\\|' : `${slash}\\x7c`));
}
