import { finding } from '../../../src/findings/finding';
import type { HistoryRun } from '../../../src/history/run';
import { historyRunOf } from '../../../src/history/run';
import type { Report, ReportRequest, Verdict } from '../../../src/report/report';
import { report as makeReport, row } from '../report/reports';

/** Nights of one request, for histories: what it answered, and whether `/id` was null in it. */
export interface Night {
  readonly day: number;
  readonly verdict?: Verdict;
  readonly drifts?: boolean;
  readonly status?: number | null;
  readonly durationMs?: number;
  readonly isSkipped?: boolean;
  readonly environment?: string;
  readonly target?: string;
  readonly runner?: string;
}

export const KEY = 'customers/get-customer';
export const DRIFT = { key: KEY, status: 200, kind: 'null-unexpected', pointer: '/id' } as const;

/** The report of a night at 02:00 on that day of March 2026. */
export function reportOf(night: Night): Report {
  const { day, verdict = 'healthy', drifts = false, status = 200, durationMs = 80 } = night;
  const found = finding('null-unexpected', '/id', { expected: 'string', actual: 'null', message: 'null' });
  const rows: ReportRequest[] = [
    row(KEY, {
      status,
      durationMs,
      outcome: night.isSkipped ? 'skipped' : drifts ? 'failed' : 'passed',
      findings: drifts ? [found] : [],
    }),
  ];
  return makeReport(verdict, rows, {
    run: {
      id: `run-${day}-${night.environment ?? ''}${night.target ?? ''}`,
      startedAt: dateOf(day),
      ...(night.environment !== undefined && { environment: night.environment }),
      ...(night.target !== undefined && { target: night.target }),
      ...(night.runner !== undefined && { runner: night.runner }),
    },
  });
}

export function dateOf(day: number): string {
  return `2026-03-${String(day).padStart(2, '0')}T02:00:00.000Z`;
}

/** The line of a night. */
export function runOf(night: Night, more: Partial<HistoryRun> = {}): HistoryRun {
  return { ...historyRunOf(reportOf(night), { command: 'health', isPartial: false }), ...more };
}
