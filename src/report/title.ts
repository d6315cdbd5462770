import { asideOf, groupBy } from './group';
import { plainText } from './problem';
import { isAside, type Report, type ReportRequest } from './report';

/** The counted rows of a folder by one runner, as formats of tests have suites. */
export interface Suite {
  /** The folders from the outermost in, then the runner. */
  readonly path: readonly [string, ...string[]];
  readonly tests: readonly { readonly title: string; readonly row: ReportRequest }[];
  /** What failed though it is no test: prerequisites and clean-ups. */
  readonly failedAsides: readonly ReportRequest[];
}

/** Units: characters of a folder, runner or key; the key of a request is a path and may be longer than its parts. */
const LONGEST_NAME = 200;

/**
 * The rows as suites of tests, in order of first appearance. Titles are the same tomorrow, and no two of one suite are alike:
 * other programs know a test by nothing else.
 */
export function suitesOf(report: Report): Suite[] {
  const suites = groupBy(report.requests, ({ folder, runner }) => JSON.stringify([folder, runner]));
  return suites.flatMap((rows): Suite[] => {
    const [first] = rows;
    const tests = rows.filter((row) => !isAside(row));
    const failedAsides = rows.filter((row) => isAside(row) && row.outcome === 'failed');
    if (first === undefined || tests.length + failedAsides.length === 0) return [];
    const [head = 'none', ...rest] = [...first.folder, first.runner].map((name) =>
      plainText(name, LONGEST_NAME),
    );
    const titles = unique(tests.map(titleOf));
    return [
      {
        path: [head, ...rest],
        tests: tests.map((row, at) => ({ row, title: titles[at] ?? row.key })),
        failedAsides,
      },
    ];
  });
}

/** A row's own name: its key, and its turn where a run has several. */
export function titleOf(row: ReportRequest): string {
  const { key, iteration, repeat } = row;
  const aside = asideOf(row);
  return [
    plainText(key, LONGEST_NAME),
    ...(iteration === undefined ? [] : [`[iteration ${iteration}]`]),
    ...(repeat === undefined ? [] : [`[repeat ${repeat}]`]),
    ...(aside === null ? [] : [`(${aside})`]),
  ].join(' ');
}

/** Names that became alike as they were made visible or cut get a number, as request keys do. */
function unique(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let at = 2; taken.has(free); at += 1) free = `${name}~${at}`;
    taken.add(free);
    return free;
  });
}
