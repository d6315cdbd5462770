import Table from 'cli-table3';
import { columnsOf, cutMiddle, measure } from './columns';
import { visible } from './escape';
import { asidesOf, countByRunner, counted, flakyText, SEVERITY_ORDER, SIGNS } from './group';
import { type Colors, type Paint, paintOf } from './paint';
import { type Coverage, isAside, type Ratio, type Report } from './report';

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

/** What the collection's own scripts said, and which of them said nothing. */
function scriptParts({ summary, requests }: Report, colors: Colors): { text: string; paint: Paint }[] {
  const { failedAssertions = 0 } = summary;
  // By both runners and in every iteration it is one request.
  const rows = requests.filter((row) => row.silent === true && !isAside(row));
  const silent = new Set(rows.map(({ key }) => key)).size;
  return [
    ...(failedAssertions === 0
      ? []
      : [{ text: counted(failedAssertions, 'failed assertion'), paint: colors.red }]),
    ...(silent === 0
      ? []
      : [
          {
            text: `${counted(silent, 'request')} whose test scripts asserted nothing`,
            paint: (text: string) => text,
          },
        ]),
  ];
}

/** The closing table of a run, line by line. Units: `width` in columns. */
export function closingTable(report: Report, colors: Colors, width: number): string[] {
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
  const scripts = scriptParts(report, colors);
  if (scripts.length > 0) table.push(['scripts', cell(scripts, room)]);
  const flaky = flakyText(report);
  if (flaky !== null) table.push(['retries', cell([{ text: flaky, paint: colors.yellow }], room)]);
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
