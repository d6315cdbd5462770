import Table from 'cli-table3';
import { createColors } from 'picocolors';
import { commandsFor, hintFor, recordingOf } from './advice';
import { columnsOf, cutMiddle, fitsIn, measure } from './columns';
import { forLog, visible } from './escape';
import {
  asidesOf,
  countByRunner,
  counted,
  type FailureGroup,
  type FindingGroup,
  groupAccepted,
  groupFailures,
  groupFindings,
  groupSkips,
  SEVERITY_ORDER,
  SIGNS,
} from './group';
import { type Colors, type Paint, paintOf } from './paint';
import { type Coverage, isAside, type Ratio, type Report } from './report';

const DEFAULT_WIDTH = 80;
/** Below this nothing can be read, so a narrower (or unknown) terminal gets the default. */
const LEAST_WIDTH = 40;
const MOST_FINDINGS = 20;
const MOST_REASONS = 10;

function headline(colors: Colors, width: number, title: string, paint: Paint, key: string): string {
  const room = width - title.length - 2;
  // Where the title leaves no room for a key, a part of both is better than all of one.
  if (room < 12) return cutMiddle(`${title}  ${key}`, width);
  return `${paint(title)}  ${colors.bold(cutMiddle(key, room))}`;
}

function seenBy({ runners, aside }: FindingGroup | FailureGroup): string {
  return `${runners.join(', ')}${aside === null ? '' : ` (${aside})`}`;
}

function findingLines(group: FindingGroup, colors: Colors, width: number, recording?: string): string[] {
  const title = `${SIGNS[group.severity]} ${group.severity} ${group.kind}`;
  const isPlace = group.schema !== undefined || (group.pointer !== '' && group.kind !== 'header-missing');
  return [
    headline(colors, width, title, paintOf(colors, group.severity), group.key),
    ...(isPlace ? [placeLine(group, width)] : []),
    differenceLine(group, colors, width),
    ...expiredLines(group, width),
    ...(isPlace ? [] : notes(group).map((note) => cutMiddle(`  ${note}`, width))),
    ...commandLine(group, width, recording).map(colors.dim),
  ];
}

function expiredLines({ expired }: FindingGroup, width: number): string[] {
  if (expired === undefined) return [];
  return [cutMiddle(`  its acceptance expired on ${expired.until}: ${expired.reason}`, width)];
}

/** Where to look first; before it what the network says, and where a redirect leads to instead. */
function notes(group: FindingGroup): string[] {
  const hint = hintFor(group);
  const [, redirect] = /; (it redirects to .*)$/s.exec(group.message) ?? [];
  if (redirect !== undefined) return [redirect];
  if (hint === '') return [group.message];
  return group.severity === 'down' ? [group.message, hint] : [hint];
}

function placeLine({ pointer, count, schema, schemaLine }: FindingGroup, width: number): string {
  const places = count > 1 ? ` · ${counted(count, 'place')}` : '';
  const where = pointer === '' ? 'whole body' : pointer;
  if (schema === undefined) return `  ${cutMiddle(where + places, width - 2)}`;
  const file = `${schema.split('#', 1).join()}${schemaLine === undefined ? '' : `:${schemaLine}`}`;
  const short = `…/${file.split('/').at(-1)}`;
  const line = [`  ${where}${places} · ${file}`, `  ${where}${places} · ${short}`].find((text) =>
    fitsIn(text, width),
  );
  if (line !== undefined) return forLog(line);
  const end = ` · ${cutMiddle(short, Math.floor(width / 2))}`;
  return `  ${cutMiddle(where + places, width - 2 - columnsOf(measure(end)))}${end}`;
}

function differenceLine(group: FindingGroup, colors: Colors, width: number): string {
  const places =
    group.schema === undefined && group.pointer === '' && group.count > 1
      ? ` · ${counted(group.count, 'place')}`
      : '';
  const by = cutMiddle(`${places} · ${seenBy(group)}`, Math.floor(width / 3));
  const evidence = group.samples === undefined ? '' : ` (${counted(group.samples, 'sample')})`;
  const room = width - `  expected ${evidence}, received `.length - columnsOf(measure(by));
  const half = Math.floor(room / 2);
  const expected = cutMiddle(
    group.expected,
    Math.max(half, room - columnsOf(measure(cutMiddle(group.actual, half)))),
  );
  const actual = cutMiddle(group.actual, room - columnsOf(measure(expected)));
  return `  expected ${expected}${evidence}, received ${actual}${colors.dim(by)}`;
}

/** The likelier command that fits, with what it is for; a command that is cut helps nobody. */
function commandLine(group: FindingGroup, width: number, recording?: string): string[] {
  const commands = commandsFor(group, recording);
  const lines = commands.flatMap(({ when, text }) => [`  ${when}: ${text}`, `  ${text}`]);
  const fitting = lines.find((line) => fitsIn(line, width));
  return fitting === undefined ? lines.slice(-1).map((line) => cutMiddle(line, width)) : [forLog(fitting)];
}

function findingsBlock(report: Report, colors: Colors, width: number): string[] {
  const groups = groupFindings(report);
  const lines = groups
    .slice(0, MOST_FINDINGS)
    .flatMap((group) => findingLines(group, colors, width, recordingOf(report)));
  const more = groups.length - MOST_FINDINGS;
  return more > 0 ? [...lines, `and ${counted(more, 'more finding')} in report.json`] : lines;
}

/** What is accepted, and which acceptances nothing needs any more. */
function acceptedBlock(report: Report, colors: Colors, width: number): string[] {
  const groups = groupAccepted(report);
  const lines = groups.slice(0, MOST_FINDINGS).flatMap(({ kind, key, pointer, accepted }) => {
    const where = pointer === '' ? '' : `${pointer} · `;
    const terms = `  ${where}until ${accepted?.until}: ${accepted?.reason}`;
    return [headline(colors, width, `~ accepted ${kind}`, colors.dim, key), cutMiddle(terms, width)];
  });
  const more = groups.length - MOST_FINDINGS;
  const unused = (report.unusedAcceptances ?? []).map(({ kind, key, pointer, reason }) =>
    cutMiddle(`~ accepted for nothing, remove it: ${kind} ${key} ${pointer} (${reason})`, width),
  );
  return [...lines, ...(more > 0 ? [`and ${more} more accepted in report.json`] : []), ...unused];
}

function failuresBlock(report: Report, colors: Colors, width: number): string[] {
  const groups = groupFailures(report);
  const lines = groups
    .slice(0, MOST_FINDINGS)
    .flatMap((group) => [
      headline(colors, width, `${SIGNS.failed} failed`, colors.red, group.key),
      `  ${cutMiddle(group.name, width - 2)}`,
      ...(group.error === undefined ? [] : [`  ${cutMiddle(group.error, width - 2)}`]),
      colors.dim(`  ${cutMiddle(seenBy(group), width - 2)}`),
    ]);
  const more = groups.length - MOST_FINDINGS;
  return more > 0 ? [...lines, `and ${counted(more, 'more failure')} in report.json`] : lines;
}

function skipsBlock(report: Report, width: number): string[] {
  const groups = groupSkips(report);
  const lines = groups.slice(0, MOST_REASONS).map((group) => {
    const extra = group.besides > 0 ? ` (and ${group.besides} not counted)` : '';
    return cutMiddle(`${SIGNS.skipped} skipped ${group.count}${extra}: ${group.reason}`, width);
  });
  const more = groups.length - MOST_REASONS;
  return more > 0 ? [...lines, `and ${counted(more, 'more reason')} in report.json`] : lines;
}

/** A table cell of parts with two spaces between; painted only if nothing had to be cut. */
function cell(parts: readonly { text: string; paint: Paint }[], columns: number): string {
  const plain = parts.map((part) => part.text).join('  ');
  const fitted = cutMiddle(plain, columns);
  return fitted === plain ? parts.map((part) => part.paint(part.text)).join('  ') : fitted;
}

function coverageParts({ requests, statuses, properties }: Coverage): { text: string; paint: Paint }[] {
  const part = ({ ratio }: Ratio, what: string) => ({
    text: ratio === null ? `no ${what}` : `${Math.floor(ratio * 100)} % of ${what}`,
    paint: (text: string) => text,
  });
  return [part(requests, 'requests'), part(statuses, 'statuses'), part(properties, 'properties')];
}

function unrecordedIn({ requests }: Report): number {
  return requests.filter((row) => row.unrecorded === true && !isAside(row)).length;
}

function closingTable(report: Report, colors: Colors, width: number): string[] {
  const { verdict, summary, run } = report;
  const asIs: Paint = (text) => text;
  const runners = countByRunner(report);
  const rows = runners.length > 1 ? [...runners, { runner: 'both', ...summary }] : runners;
  const shown = rows.length > 0 ? rows : [{ runner: run.runner, ...summary }];
  const labelWidth = Math.min(
    12,
    Math.max(
      unrecordedIn(report) > 0 ? 9 : 8,
      ...shown.map((row) => columnsOf(measure(cutMiddle(row.runner, 12)))),
    ),
  );
  // Three borders and a space on either side of both cells.
  const room = width - labelWidth - 7;
  const digits = String(summary.requests).length;
  const number = (count: number): string => String(count).padStart(digits);
  const counts = (row: (typeof shown)[number]): string =>
    cell(
      [
        { text: `${number(row.requests)} ${row.requests === 1 ? 'request ' : 'requests'}`, paint: asIs },
        { text: `${number(row.passed)} passed`, paint: row.passed > 0 ? colors.green : asIs },
        { text: `${number(row.failed)} failed`, paint: row.failed > 0 ? colors.red : asIs },
        { text: `${number(row.skipped)} skipped`, paint: row.skipped > 0 ? colors.yellow : asIs },
      ],
      room,
    );
  const where = [run.environment, run.target].filter((text) => text !== '').map(visible);
  const table = new Table({ style: { head: [], border: [], compact: true } });
  table.push([
    'verdict',
    cell(
      [
        {
          text: `${SIGNS[verdict]} ${verdict}`,
          paint: (text) => colors.bold(paintOf(colors, verdict)(text)),
        },
        ...where.map((text) => ({ text, paint: asIs })),
      ],
      room,
    ),
  ]);
  for (const row of shown) table.push([cutMiddle(row.runner, labelWidth), counts(row)]);
  table.push([
    'findings',
    cell(
      [
        ...SEVERITY_ORDER.map((severity) => ({
          text: `${summary[severity]} ${severity}`,
          paint: summary[severity] > 0 ? paintOf(colors, severity) : asIs,
        })),
        ...(summary.accepted === undefined ? [] : [{ text: `${summary.accepted} accepted`, paint: asIs }]),
      ],
      room,
    ),
  ]);
  const silent = report.requests.filter((row) => row.silent === true && !isAside(row)).length;
  if (silent > 0)
    table.push([
      'scripts',
      cutMiddle(`${counted(silent, 'request')} whose test scripts asserted nothing`, room),
    ]);
  const { bodies } = summary;
  if (bodies !== undefined && bodies.mediaType > 0) {
    const none = bodies.none > 0 ? `, ${bodies.none} not at all` : '';
    table.push([
      'bodies',
      cutMiddle(`${bodies.schema} by schema, ${bodies.mediaType} by media type only${none}`, room),
    ]);
  }
  if (report.coverage !== undefined) table.push(['coverage', cell(coverageParts(report.coverage), room)]);
  const unrecorded = unrecordedIn(report);
  if (unrecorded > 0)
    table.push([
      'recording',
      cutMiddle(`${counted(unrecorded, 'answer')} without a body, held to status and headers alone`, room),
    ]);
  const asides = asidesOf(report);
  if (asides.length > 0) table.push(['besides', cutMiddle(`${asides.join(', ')}, not counted`, room)]);
  return table.toString().split('\n');
}

/**
 * The closing summary of a run: findings, other failures, skipped requests by reason, a small table, the reports.
 *
 * Shape:  `link` makes a link of the path of a report. A healthy run is the table and the reports alone; there is no line break at the end.
 * Units:  `width` in columns; no line is wider.
 * @default width 80
 */
export function toTerminal(
  report: Report,
  options: {
    readonly color: boolean;
    readonly width?: number;
    readonly reports: readonly string[];
    readonly link?: (path: string, shown: string) => string;
  },
): string {
  const colors = createColors(options.color);
  const link = options.link ?? ((_path, shown) => shown);
  const asked = options.width ?? DEFAULT_WIDTH;
  const width = asked >= LEAST_WIDTH ? Math.floor(asked) : DEFAULT_WIDTH;
  const blocks = [
    findingsBlock(report, colors, width),
    acceptedBlock(report, colors, width),
    failuresBlock(report, colors, width),
    skipsBlock(report, width),
    [
      ...closingTable(report, colors, width),
      ...options.reports.map((path) => link(path, cutMiddle(path, width))),
    ],
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}
