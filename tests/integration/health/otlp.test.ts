import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { metricsOf } from '../../../src/metrics/samples';
import { report as makeReport, row } from '../../unit/report/reports';
import { ROOT } from '../support/project';
import { closedOrigin, startServer } from '../support/server';

jest.setTimeout(30_000);

const metrics = metricsOf({
  ...makeReport('drifted', [row('customers/get-customer', { durationMs: 84.5 })]),
  origins: [
    { origin: 'https://api.example.test', certificate: { validTo: '2026-04-01T00:00:00Z', daysLeft: 12 } },
  ],
});

/** OpenTelemetry's exporter loads parts of itself in a way that Jest does not know: so it is given a process of its own. */
async function exported(origin: string): Promise<unknown> {
  const script = `
    const { exportMetrics, otlpLibraries } = require(${JSON.stringify(join(ROOT, 'dist/metrics/otlp'))});
    exportMetrics(otlpLibraries(), ${JSON.stringify(`${origin}/v1/metrics`)}, ${JSON.stringify(metrics)}, 500)
      .then((failure) => process.stdout.write(JSON.stringify({ failure })));`;
  const child = spawn(process.execPath, ['-e', script], { cwd: ROOT });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^\{"failure":/) });
  return (JSON.parse(output) as { failure: unknown }).failure;
}

test('a collector gets the values of a run, once', async () => {
  const collector = await startServer((request, response) => request.on('end', () => response.end('{}')));
  try {
    expect(await exported(collector.origin)).toBeNull();
    expect(collector.received.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /v1/metrics']);
    const body = JSON.parse((await collector.bodies[0])?.toString() ?? '') as {
      resourceMetrics: { scopeMetrics: { metrics: Sent[] }[] }[];
    };
    const sent = body.resourceMetrics.flatMap(({ scopeMetrics }) =>
      scopeMetrics.flatMap((scope) => scope.metrics),
    );
    expect(sent.flatMap(told)).toEqual(
      metrics.flatMap(({ name, samples }) => samples.map(({ labels, value }) => ({ name, labels, value }))),
    );
  } finally {
    await collector.close();
  }
});

test('a collector that refuses them, or is not there, is told in one line', async () => {
  const collector = await startServer((_request, response) => {
    response.statusCode = 400;
    response.end();
  });
  try {
    const failure = 'the OpenTelemetry collector did not take the metrics';
    expect(await exported(collector.origin)).toBe(`${failure} (400)`);
    expect(await exported(await closedOrigin())).toBe(`${failure} (ECONNREFUSED)`);
  } finally {
    await collector.close();
  }
});

interface Sent {
  readonly name: string;
  readonly gauge: {
    readonly dataPoints: {
      readonly asDouble?: number;
      readonly asInt?: number;
      readonly attributes: { readonly key: string; readonly value: { readonly stringValue: string } }[];
    }[];
  };
}

function told({ name, gauge }: Sent): { name: string; labels: Record<string, string>; value: number }[] {
  return gauge.dataPoints.map(({ asDouble, asInt, attributes }) => ({
    name,
    labels: Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue])),
    value: asDouble ?? asInt ?? Number.NaN,
  }));
}
