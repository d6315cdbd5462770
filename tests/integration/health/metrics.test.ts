import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leaksIn, makeProject, runCli } from '../support/project';
import { clockAt } from './support';

jest.setTimeout(30_000);

test('the embedded sandbox is checked by its name, and the metrics of the check are there for Prometheus', async () => {
  const project = makeProject();
  try {
    const clock = clockAt('2045-03-01T02:00:00Z');
    const result = await runCli(project.directory, ['health', '--metrics', 'out/driftgate.prom'], { clock });
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: '' });
    expect(result.report?.origins).toEqual([
      {
        origin: 'embedded sandbox',
        address: '127.0.0.1',
        connectMs: expect.any(Number),
        credentials: [
          {
            variables: ['api_key', 'api_secret'],
            key: 'setup-and-authentication/check-core-credentials',
            status: 200,
          },
          {
            variables: ['connect_key', 'connect_secret'],
            key: 'setup-and-authentication/check-connect-credentials',
            status: 200,
          },
          {
            variables: ['pos_key', 'pos_secret'],
            key: 'pos-lookup-and-discounting/look-up-customer-by-e-mail',
            status: 200,
          },
        ],
      },
    ]);
    expect(result.stdout).toContain('✓ embedded sandbox  127.0.0.1 in ');
    expect(result.stdout).toContain('history: healthy since this run\n');
    const text = readFileSync(join(project.directory, 'out/driftgate.prom'), 'utf8');
    const common = 'environment="sandbox",collection="API Starter Pack"';
    const lines = text.split('\n');
    expect(lines).toContain(`driftgate_verdict{${common},verdict="healthy"} 1`);
    expect(lines).toContain(`driftgate_requests{${common},outcome="passed"} 26`);
    expect(lines).toContain(`driftgate_last_run_timestamp_seconds{${common}} ${clock.now() / 1000}`);
    expect(text.match(/^driftgate_request_duration_seconds\{/gm)).toHaveLength(26);
    expect(leaksIn(text + result.everything)).toEqual([]);
  } finally {
    project.remove();
  }
});

test('metrics that cannot be written are an error, after the run was remembered', async () => {
  const project = makeProject();
  try {
    const result = await runCli(project.directory, ['health', '--metrics', '.'], {
      clock: clockAt('2045-03-01T02:00:00Z'),
    });
    expect({ code: result.code, stderr: result.stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^driftgate: cannot write the metrics, /),
    });
    expect(result.report?.verdict).toBe('healthy');
    expect(readFileSync(join(project.directory, 'reports/history.jsonl'), 'utf8')).toContain('"healthy"');
  } finally {
    project.remove();
  }
});
