import { finding } from '../../../src/findings/finding';
import { findingId } from '../../../src/findings/id';
import { FINDING_KINDS } from '../../../src/findings/kinds';
import { adviserOf, commandsFor, hintFor } from '../../../src/report/advice';
import type { Report, ReportRequest } from '../../../src/report/report';
import { built } from './formats';
import { row } from './reports';

const details = { expected: 'a', actual: 'b', message: 'm' };
const changed = { ...finding('type-changed', '/a/0/b', details), key: 'customers/get', status: 200 };

test('the short name of a finding is that of its identity, and of nothing else', () => {
  const place = { ...changed, place: '/a/*/b' };
  const id = findingId(place);
  expect(id).toMatch(/^[0-9a-f]{8}$/);
  // Another item of the same list, another text: the same finding.
  expect(findingId({ ...place, pointer: '/a/7/b', ...{ actual: 'other', count: 9 } })).toBe(id);
  for (const other of [
    { key: 'x' },
    { status: 201 },
    { status: null },
    { kind: 'null-unexpected' as const },
    { place: '/a' },
  ])
    expect(findingId({ ...place, ...other })).not.toBe(id);
});

test('what rests on one sample, or is new, is widened first; what rests on more is accepted first', () => {
  const schema = 'schemas/x.200.json#/type';
  const first = (more: object) => commandsFor({ ...changed, ...more }).map(({ text }) => text.split(' ')[2]);
  expect(first({ schema, samples: 1 })).toEqual(['run', 'accept']);
  expect(first({ schema, samples: 2 })).toEqual(['accept', 'run']);
  expect(first({ schema })).toEqual(['accept', 'run']);
  expect(first({ schema, samples: 9, severity: 'additive' })).toEqual(['run', 'accept']);
  expect(first({})).toEqual(['accept']);
  expect(first({ severity: 'down' })).toEqual([]);
});

const ofSchema = { ...details, schema: 'schemas/x.200.json#/type' };
const drift = { ...finding('type-changed', '/a', ofSchema), samples: 1 };
const response = {
  status: 200,
  statusText: 'OK',
  headers: [],
  body: { text: '{"a": 1}', sizeBytes: 8 },
};
const request = { method: 'GET', url: 'https://api.example.test', headers: [] };
const received = row('customers/get', {
  outcome: 'failed',
  findings: [drift],
  detail: { request, response },
});
const id = findingId({ ...drift, key: 'customers/get', status: 200 });

/** The command that widens by the first row's finding, in a report of these rows. */
function widening(rows: readonly ReportRequest[], run: Partial<Report['run']> = {}): string | undefined {
  const { key, status, findings } = rows[0] ?? row('none');
  return adviserOf(built(rows, run))({ ...(findings[0] ?? drift), key, status }).commands.find(
    ({ when }) => when === 'if it is meant',
  )?.text;
}

test('what was found in a recording is widened by that recording, and not by sending anything', () => {
  expect(widening([received], { runner: 'har', target: 'my traffic.har' })).toBe(
    "npx driftgate learn --from 'my traffic.har' --only customers/get",
  );
});

test('what the report holds is learned from it, and no environment is asked again', () => {
  const command = { flags: ['--target', 'http://127.0.0.1:4000'] };
  expect(widening([received], { command })).toBe(`npx driftgate learn --from report --only ${id}`);
  expect(widening([received], { command: { ...command, reports: 'out/a b' } })).toBe(
    `npx driftgate learn --from report --only ${id} --reports 'out/a b'`,
  );
  const other = { ...received, runner: 'newman' };
  expect(widening([received, other])).toBe(`npx driftgate learn --from report --only ${id}`);
});

const { detail: _, ...unkept } = received;
const cut = { ...response, body: { ...response.body, truncated: true as const } };
test.each([
  ['no body', [unkept]],
  ['a part of the body', [{ ...received, detail: { request, response: cut } }]],
  ['no body of one runner', [received, { ...unkept, runner: 'newman' }]],
  ['a prerequisite, which is not learned from', [{ ...received, prerequisite: true as const }]],
])('of which the report holds %s is asked for again, where it was found', (_name, rows) => {
  const command = { flags: ['--env', 'the staging', '--target', 'http://127.0.0.1:4000'], reports: 'out' };
  expect(widening(rows, { command })).toBe(
    "npx driftgate run --update --only customers/get --env 'the staging' --target http://127.0.0.1:4000 --reports out",
  );
});

test('the contract of another collection than the configured one is not learned, but run again', () => {
  expect(widening([received], { command: { collection: 'other.json' } })).toBe(
    'npx driftgate run other.json --update --only customers/get',
  );
});

test('an acceptance that has ended is renewed first, and finds the report wherever it is', () => {
  const expired = { until: '2026-02-01', reason: 'known' };
  const found = { ...drift, expired };
  const report = built([{ ...received, findings: [found] }], { command: { reports: 'out' } });
  expect(adviserOf(report)({ ...found, key: 'customers/get', status: 200 }).commands).toEqual([
    {
      when: 'if it is known',
      text: `npx driftgate accept ${id} --until DATE --reason TEXT --reports out`,
    },
    { when: 'if it is meant', text: `npx driftgate learn --from report --only ${id} --reports out` },
  ]);
});

test('a key is one word of a shell, whatever is in it', () => {
  const of = (key: string) =>
    commandsFor({ ...changed, key, schema: 's', samples: 1 })[0]?.text.split('--only ')[1];
  expect(of('customers/get~2')).toBe('customers/get~2');
  expect(of("x'; rm -r $HOME")).toBe(`'x'\\''; rm -r $HOME'`);
});

test('whatever has no place in a body says where to look', () => {
  const without = FINDING_KINDS.filter(({ kind }) => hintFor({ kind, actual: '500' }) === '').map(
    ({ kind }) => kind,
  );
  expect(without).toEqual([
    'property-missing',
    'type-changed',
    'null-unexpected',
    'enum-value-unknown',
    'format-violated',
    'constraint-violated',
    'property-undeclared',
  ]);
  const statuses = ['200', '302', '400', '401', '404', '429', '500'].map((actual) =>
    hintFor({ kind: 'status-changed', actual }),
  );
  expect(new Set(statuses).size).toBe(statuses.length);
});

test('what is slow is told the setting that it was measured by', () => {
  const slow = { kind: 'latency-budget-exceeded', actual: '900 ms' } as const;
  expect(hintFor({ ...slow, message: 'slower than its latency budget' })).toContain('"latencyBudgetMs"');
  const usual = hintFor({
    ...slow,
    message: 'slower than its own history: usually 80 ms (9 of the last 20 runs)',
  });
  expect(usual).toContain('"health.trend" in driftgate.config.json');
  expect(usual).not.toContain('latencyBudgetMs');
});

test('a limit of time is looked for on the command line as well', () => {
  expect(hintFor({ kind: 'timeout', actual: 'ETIMEDOUT' })).toMatch(/--timeout-request.*"timeoutMs"/);
});
