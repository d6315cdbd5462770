import type { Report } from '../report/report';
import { type HistoryRun, runsBefore } from './run';

/**
 * When a request is slower than its own history. Units: milliseconds.
 *
 * Shape: of the last `runs` in which the request passed at its usual speed, at least `samples` are needed; the limit is
 *        their median and, above it, `deviations` times their median absolute deviation, but at least `floorMs`.
 */
export interface TrendSettings {
  readonly runs: number;
  readonly samples: number;
  readonly deviations: number;
  readonly floorMs: number;
}

/** The usual speed of one request. Units: milliseconds. */
export interface Trend {
  readonly medianMs: number;
  readonly limitMs: number;
  readonly samples: number;
}

/**
 * History → the usual speed of each request that has enough of it.
 *
 * Only runs by the same runner count: each has its own pace. A run in which the request was slow, failed or was not sent
 * is no sample, so that a slow week does not become the usual.
 */
export function trendsOf(
  head: Pick<Report, 'run' | 'collection'>,
  runs: readonly HistoryRun[],
  settings: TrendSettings,
): Map<string, Trend> {
  const before = runsBefore(runs, head).filter(({ runner }) => runner === head.run.runner);
  const samples = new Map<string, number[]>();
  for (const { requests, findings } of before.reverse()) {
    const slow = new Set(
      findings.filter(({ kind }) => kind === 'latency-budget-exceeded').map(({ key }) => key),
    );
    for (const [key, { outcome, durationMs }] of Object.entries(requests)) {
      if (outcome !== 'passed' || slow.has(key)) continue;
      const known = samples.get(key) ?? [];
      if (known.length < settings.runs) samples.set(key, [...known, durationMs]);
    }
  }
  const enough = [...samples].filter(([, { length }]) => length >= settings.samples);
  return new Map(enough.map(([key, durations]) => [key, trendOf(durations, settings)]));
}

function trendOf(durations: readonly number[], { deviations, floorMs }: TrendSettings): Trend {
  const medianMs = median(durations);
  const deviation = median(durations.map((duration) => Math.abs(duration - medianMs)));
  return {
    medianMs,
    limitMs: medianMs + Math.max(deviations * deviation, floorMs),
    samples: durations.length,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
