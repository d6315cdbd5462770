import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { otlpLibraries } from '../../../src/metrics/otlp';
import { toPrometheus, writePrometheus } from '../../../src/metrics/prometheus';
import { metricsOf } from '../../../src/metrics/samples';
import { report as makeReport, row } from '../report/reports';

const report = {
  ...makeReport('drifted', [
    row('customers/get-customer', { durationMs: 84.5 }),
    row('a "b"\\\n', { durationMs: 250, outcome: 'failed', status: 500 }),
    row('customers/skipped', { outcome: 'skipped', status: null, reason: 'why' }),
    row('customers/dead', { outcome: 'failed', status: null }),
  ]),
  origins: [
    { origin: 'https://api.example.test', certificate: { validTo: '2026-04-01T00:00:00Z', daysLeft: 12 } },
    { origin: 'http://plain.example.test' },
  ],
};
const COMMON = 'environment="staging",collection="API Starter Pack"';

/** Lines of the text format without comments, as they are. */
const linesOf = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

test('the metrics of a run, in the text format of Prometheus', async () => {
  const text = await toPrometheus(metricsOf(report));
  expect(linesOf(text)).toEqual([
    `driftgate_verdict{${COMMON},verdict="healthy"} 0`,
    `driftgate_verdict{${COMMON},verdict="degraded"} 0`,
    `driftgate_verdict{${COMMON},verdict="drifted"} 1`,
    `driftgate_verdict{${COMMON},verdict="down"} 0`,
    `driftgate_requests{${COMMON},outcome="passed"} 1`,
    `driftgate_requests{${COMMON},outcome="failed"} 2`,
    `driftgate_requests{${COMMON},outcome="skipped"} 1`,
    `driftgate_findings{${COMMON},severity="breaking"} 0`,
    `driftgate_findings{${COMMON},severity="additive"} 0`,
    `driftgate_findings{${COMMON},severity="degraded"} 0`,
    `driftgate_findings{${COMMON},severity="down"} 0`,
    `driftgate_request_duration_seconds{${COMMON},key="customers/get-customer"} 0.0845`,
    `driftgate_request_duration_seconds{${COMMON},key="a \\"b\\"\\\\\\n"} 0.25`,
    `driftgate_certificate_days{${COMMON},origin="https://api.example.test"} 12`,
    `driftgate_last_run_timestamp_seconds{${COMMON}} ${Date.parse(report.run.startedAt) / 1000}`,
  ]);
  expect(text.match(/^# TYPE \w+ gauge$/gm)).toHaveLength(6);
});

describe('the file', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'driftgate-metrics-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test('is replaced as a whole, and nothing else stays in its folder', async () => {
    const file = join(directory, 'deep', 'driftgate.prom');
    await writePrometheus(file, metricsOf(report));
    await writePrometheus(file, metricsOf({ ...report, verdict: 'down' }));
    expect(readFileSync(file, 'utf8')).toBe(await toPrometheus(metricsOf({ ...report, verdict: 'down' })));
    expect(readdirSync(join(directory, 'deep'))).toEqual(['driftgate.prom']);
  });

  test('that cannot be written is an error', async () => {
    const written = writePrometheus(directory, metricsOf(report));
    await expect(written).rejects.toThrow(`cannot write the metrics, ${directory}`);
    expect(readdirSync(directory)).toEqual([]);
  });
});

test('who has not installed the libraries of OpenTelemetry is told how', () => {
  const load = (name: string) => {
    throw new Error(`Cannot find module '${name}'`);
  };
  const what = /^the libraries of OpenTelemetry are not installed, --otlp, npm install /;
  expect(() => otlpLibraries(load)).toThrow(what);
});
