import type { CTRFReport, Test } from 'ctrf';
import { isOpen } from '../findings/finding';
import { type Adviser, adviserOf } from './advice';
import { plainText, problemOf } from './problem';
import type { Report, ReportRequest } from './report';
import { type Suite, suitesOf } from './title';
import { partialNote } from './verdict-words';

/** The specification that this writes. */
const SPEC_VERSION = '0.0.0';

/** The report in the Common Test Report Format (CTRF): a test a counted request. */
export function toCtrf(report: Report): string {
  const { run, collection, verdict, summary, warnings = [] } = report;
  const start = startOf(run.startedAt);
  const suites = suitesOf(report);
  const advise = adviserOf(report);
  const tests = suites.flatMap((suite) =>
    suite.tests.map(({ row, title }) => testOf(suite, title, row, advise)),
  );
  const note = partialNote(run);
  const ctrf: CTRFReport = {
    reportFormat: 'CTRF',
    specVersion: SPEC_VERSION,
    ...(run.id !== '' && { runId: plainText(run.id) }),
    generatedBy: 'driftgate',
    results: {
      tool: { name: 'driftgate' },
      summary: {
        tests: summary.requests,
        passed: summary.passed,
        failed: summary.failed,
        skipped: summary.skipped,
        pending: 0,
        other: 0,
        flaky: tests.filter(({ flaky }) => flaky === true).length,
        suites: suites.filter((suite) => suite.tests.length > 0).length,
        start,
        stop: start + Math.round(run.durationMs),
        extra: {
          verdict,
          breaking: summary.breaking,
          additive: summary.additive,
          degraded: summary.degraded,
          down: summary.down,
          ...(summary.failedAssertions !== undefined && { failedAssertions: summary.failedAssertions }),
          ...(summary.accepted !== undefined && { accepted: summary.accepted }),
          ...(run.interrupted === true && { interrupted: true }),
          ...(note !== null && { note }),
          ...(warnings.length > 0 && { warnings: warnings.map((warning) => plainText(warning)) }),
        },
      },
      tests,
      environment: {
        reportName: plainText(collection.name),
        appName: plainText(run.target),
        testEnvironment: plainText(run.environment),
        ...(run.shard !== undefined && run.shard !== '' && { shardId: plainText(run.shard) }),
        healthy: verdict === 'healthy',
      },
    },
  };
  return `${JSON.stringify(ctrf, null, 2)}\n`;
}

function testOf({ path }: Suite, name: string, row: ReportRequest, advise: Adviser): Test {
  const problem = problemOf(row, advise);
  const open = row.findings.filter(isOpen);
  return {
    name: name === '' ? row.method : name,
    status: row.outcome,
    duration: Math.round(row.durationMs),
    suite: [...path],
    ...(problem !== null && {
      rawStatus: problem.isDrift ? 'drifted' : 'could not be tested',
      message: problem.message,
      trace: problem.details.join('\n'),
    }),
    ...(row.outcome === 'skipped' && { message: plainText(row.reason ?? 'no reason given') }),
    ...retriesOf(row),
    extra: {
      url: plainText(`${row.method} ${row.url}`),
      httpStatus: row.status,
      ...(open.length > 0 && {
        findings: open.map(({ kind, severity, pointer, count }) => ({
          kind,
          severity,
          pointer: plainText(pointer),
          count,
        })),
      }),
    },
  };
}

/** What passed without being flaky was sent again only to answer a challenge or to follow a redirect. */
function retriesOf({ attempts, outcome, flaky }: ReportRequest): Pick<Test, 'retries' | 'flaky'> {
  if (attempts < 2 || (outcome === 'passed' && flaky !== true)) return {};
  return { retries: attempts - 1, flaky: flaky === true };
}

function startOf(startedAt: string): number {
  const time = Date.parse(startedAt);
  return Number.isFinite(time) ? time : 0;
}
