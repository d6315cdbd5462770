import type * as Exporter from '@opentelemetry/exporter-metrics-otlp-http';
import type * as Sdk from '@opentelemetry/sdk-metrics';
import { UsageError } from '../errors';
import type { Metric } from './samples';

/** What OpenTelemetry's exporter says that went right. Source: `@opentelemetry/core`, ExportResultCode. */
const SUCCESS = 0;

interface Libraries {
  readonly sdk: typeof Sdk;
  readonly exporter: typeof Exporter;
}

/** Their weight is for those who want it. Errors: UsageError where they are not installed. */
export function otlpLibraries(load: (name: string) => unknown = require): Libraries {
  try {
    return {
      sdk: load('@opentelemetry/sdk-metrics') as typeof Sdk,
      exporter: load('@opentelemetry/exporter-metrics-otlp-http') as typeof Exporter,
    };
  } catch (cause) {
    throw new UsageError(
      'the libraries of OpenTelemetry are not installed',
      '--otlp',
      'npm install @opentelemetry/sdk-metrics@2 @opentelemetry/exporter-metrics-otlp-http@0.223',
      { cause },
    );
  }
}

/**
 * Sends metrics to an OpenTelemetry collector (OTLP over HTTP), once; gives null, or in one line why that failed.
 *
 * `url` is the whole address, such as `http://127.0.0.1:4318/v1/metrics`. Units: `timeoutMs` in milliseconds.
 */
export async function exportMetrics(
  { sdk, exporter }: Libraries,
  url: string,
  metrics: readonly Metric[],
  timeoutMs = 10_000,
): Promise<string | null> {
  class OneReader extends sdk.MetricReader {
    protected override async onForceFlush(): Promise<void> {}
    protected override async onShutdown(): Promise<void> {}
  }
  const reader = new OneReader();
  const provider = new sdk.MeterProvider({ readers: [reader] });
  const meter = provider.getMeter('driftgate');
  for (const { name, help, samples } of metrics) {
    const gauge = meter.createGauge(name, { description: help });
    for (const { labels, value } of samples) gauge.record(value, { ...labels });
  }
  const client = new exporter.OTLPMetricExporter({ url, timeoutMillis: timeoutMs });
  try {
    const { resourceMetrics } = await reader.collect();
    const { code, error } = await new Promise<{ code: number; error?: Error }>((resolve) =>
      client.export(resourceMetrics, resolve),
    );
    if (code === SUCCESS) return null;
    const said = (error as { code?: unknown } | undefined)?.code;
    return `the OpenTelemetry collector did not take the metrics (${said ?? error?.name ?? 'unknown reason'})`;
  } finally {
    await client.shutdown();
    await provider.shutdown();
  }
}
