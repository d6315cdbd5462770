import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as PromClient from 'prom-client';
import { UsageError } from '../errors';
import { makeFolder } from '../folder';
import type { Metric } from './samples';

/** Metrics in the text format of Prometheus. */
export async function toPrometheus(metrics: readonly Metric[]): Promise<string> {
  const { Gauge, Registry } = require('prom-client') as typeof PromClient;
  const registry = new Registry();
  for (const { name, help, labels, samples } of metrics) {
    const gauge = new Gauge({ name, help, labelNames: [...labels], registers: [registry] });
    for (const sample of samples) gauge.set({ ...sample.labels }, sample.value);
  }
  return registry.metrics();
}

/**
 * Writes a file for the textfile collector of the node exporter, which may read it at any moment: so it is replaced whole.
 *
 * Errors: UsageError where it cannot be written.
 */
export async function writePrometheus(file: string, metrics: readonly Metric[]): Promise<void> {
  const text = await toPrometheus(metrics);
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    makeFolder(dirname(file));
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new UsageError('cannot write the metrics', file, 'give a file that can be written', { cause });
  }
}
