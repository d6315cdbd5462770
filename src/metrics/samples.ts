import { requestsOf } from '../history/run';
import type { Report, Verdict } from '../report/report';

/** One value of a metric, with what tells it from the others. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A gauge: its name, what it says, and its values. Units: seconds and days, as the name says. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly samples: readonly Sample[];
}

const VERDICTS: readonly Verdict[] = ['healthy', 'degraded', 'drifted', 'down'];
/** What every sample carries. */
const COMMON = ['environment', 'collection'] as const;

/** Report → what a monitoring system is told of it. Every value is of the latest run, so all are gauges. */
export function metricsOf(report: Report): Metric[] {
  const { summary, run, collection, verdict, origins = [] } = report;
  const common = { environment: run.environment, collection: collection.name };
  const metric = (
    name: string,
    help: string,
    label: string | null,
    values: readonly (readonly [string, number])[],
  ): Metric => ({
    name: `driftgate_${name}`,
    help,
    labels: [...COMMON, ...(label === null ? [] : [label])],
    samples: values.map(([of, value]) => ({
      labels: { ...common, ...(label !== null && { [label]: of }) },
      value,
    })),
  });
  const { passed, failed, skipped, breaking, additive, degraded, down } = summary;
  return [
    metric(
      'verdict',
      'Whether the latest run had this verdict (1) or not (0).',
      'verdict',
      VERDICTS.map((one) => [one, one === verdict ? 1 : 0]),
    ),
    metric(
      'requests',
      'Requests of the latest run by outcome.',
      'outcome',
      Object.entries({ passed, failed, skipped }),
    ),
    metric(
      'findings',
      'Findings of the latest run by severity.',
      'severity',
      Object.entries({ breaking, additive, degraded, down }),
    ),
    metric(
      'request_duration_seconds',
      'How long a request of the latest run took, from sending it to the last byte of the answer.',
      'key',
      Object.entries(requestsOf(report)).flatMap(([key, { status, durationMs }]) =>
        status === null ? [] : [[key, durationMs / 1000] as const],
      ),
    ),
    metric(
      'certificate_days',
      'Days until the certificate of an origin runs out.',
      'origin',
      origins.flatMap(({ origin, certificate }) =>
        certificate === undefined ? [] : [[origin, certificate.daysLeft] as const],
      ),
    ),
    metric('last_run_timestamp_seconds', 'When the latest run began, in seconds since 1970.', null, [
      ['', Date.parse(run.startedAt) / 1000],
    ]),
  ];
}
