import { create, type XMLElement } from 'xmlbuilder';
import { isOpen } from '../findings/finding';
import { type Adviser, adviserOf } from './advice';
import { plainText, problemOf } from './problem';
import type { Report, ReportRequest } from './report';
import { type Suite, suitesOf, titleOf } from './title';
import { partialNote } from './verdict-words';

/**
 * The report as JUnit XML: a test case a counted request, a suite a folder and runner.
 *
 * A broken contract is a `<failure>`, an environment that could not be tested an `<error>`, and what was skipped says why.
 * Prerequisites and clean-ups are no tests; those that failed are named in the `<system-err>` of their suite.
 */
export function toJunit(report: Report): string {
  const { run, collection, verdict, summary } = report;
  const suites = suitesOf(report);
  const advise = adviserOf(report);
  const root = create('testsuites', { encoding: 'UTF-8' });
  const problems = suites.flatMap(({ tests }) => tests.flatMap(({ row }) => problemOf(row, advise) ?? []));
  attributes(root, {
    name: `${plainText(collection.name)}${partialWord(run)}`,
    tests: summary.requests,
    failures: problems.filter(({ isDrift }) => isDrift).length,
    errors: problems.filter(({ isDrift }) => !isDrift).length,
    skipped: summary.skipped,
    time: seconds(run.durationMs),
    timestamp: plainText(run.startedAt),
  });
  for (const suite of suites) addSuite(root, suite, report, advise);
  // Readers of JUnit know no word on the whole: where there is no suite, it would be an empty pass.
  if (suites.length === 0) root.com(`verdict ${verdict}: no request was tested`);
  return `${root.end({ pretty: true })}\n`;
}

function partialWord(run: Report['run']): string {
  if (partialNote(run) === null) return '';
  return run.interrupted === true ? ' (interrupted: partial)' : ' (not all tested: partial)';
}

function addSuite(
  root: XMLElement,
  suite: Suite,
  { run, collection, verdict }: Report,
  advise: Adviser,
): void {
  const rows = suite.tests.map(({ row }) => row);
  const problems = rows.flatMap((row) => problemOf(row, advise) ?? []);
  const name = suite.path.join(' / ');
  const element = root.ele('testsuite');
  attributes(element, {
    name,
    tests: rows.length,
    failures: problems.filter(({ isDrift }) => isDrift).length,
    errors: problems.filter(({ isDrift }) => !isDrift).length,
    skipped: rows.filter(({ outcome }) => outcome === 'skipped').length,
    time: seconds(rows.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    timestamp: plainText(run.startedAt),
  });
  addProperties(element, {
    verdict,
    environment: plainText(run.environment),
    target: plainText(run.target),
    collection: plainText(collection.sha256),
    ...(run.interrupted === true && { interrupted: 'true' }),
  });
  for (const { row, title } of suite.tests) addTest(element, { classname: name, name: title }, row, advise);
  const note = partialNote(run);
  const notes = [
    ...(note === null ? [] : [note]),
    ...suite.failedAsides.map(
      (row) => `not counted, but failed: ${titleOf(row)}: ${problemOf(row, advise)?.message}`,
    ),
  ];
  if (notes.length > 0) element.ele('system-err', notes.join('\n'));
}

function addTest(
  suite: XMLElement,
  title: { readonly classname: string; readonly name: string },
  row: ReportRequest,
  advise: Adviser,
): void {
  const test = suite.ele('testcase');
  const open = row.findings.filter(isOpen);
  attributes(test, { ...title, time: seconds(row.durationMs) });
  addProperties(test, {
    url: plainText(`${row.method} ${row.url}`),
    status: String(row.status ?? 'none'),
    ...(row.attempts > 1 && { attempts: String(row.attempts) }),
    ...(row.flaky === true && { flaky: 'true' }),
    ...(open.length > 0 && {
      severity: [...new Set(open.map(({ severity }) => severity))].join(' '),
      drift: [...new Set(open.map(({ kind }) => kind))].join(' '),
    }),
  });
  const problem = problemOf(row, advise);
  if (problem !== null) {
    const element = test.ele(problem.isDrift ? 'failure' : 'error', problem.details.join('\n'));
    attributes(element, { type: problem.kind, message: problem.message });
  }
  if (row.outcome === 'skipped')
    test.ele('skipped').att('message', plainText(row.reason ?? 'no reason given'));
}

function addProperties(parent: XMLElement, properties: Readonly<Record<string, string>>): void {
  const element = parent.ele('properties');
  for (const [name, value] of Object.entries(properties))
    attributes(element.ele('property'), { name, value });
}

function attributes(element: XMLElement, values: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(values)) element.att(name, String(value));
}

function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3);
}
