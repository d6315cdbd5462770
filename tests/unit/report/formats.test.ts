import type { Log } from 'sarif';
import { finding } from '../../../src/findings/finding';
import { exitCodeOf } from '../../../src/report/build';
import { toAnnotations } from '../../../src/report/github';
import { toJunit } from '../../../src/report/junit';
import { toMarkdown } from '../../../src/report/markdown';
import { toSarif } from '../../../src/report/sarif';
import { built, elements, parseXml } from './formats';
import { drifted, healthy, row } from './reports';

const missing = (pointer: string, schema?: string) => ({
  ...finding('property-missing', pointer, { expected: 'string', actual: 'absent', message: '' }),
  ...(schema !== undefined && { schema }),
});
const gone = finding('unreachable', '', { expected: 'an answer', actual: 'ECONNREFUSED', message: '' });
const broken = (count: number) =>
  built(
    Array.from({ length: count }, (_, at) =>
      row(`r-${at}`, { outcome: 'failed', findings: [missing('/id')] }),
    ),
  );
const resultsOf = (text: string) => (JSON.parse(text) as Log).runs[0]?.results ?? [];

test.each([
  ['drift', { findings: [missing('/id')] }, 'failure', 'property-missing'],
  [
    'drift beside an environment that is down',
    { findings: [gone, missing('/id')] },
    'failure',
    'property-missing',
  ],
  ['an environment that is down', { findings: [gone] }, 'error', 'unreachable'],
  ['a failed assertion', { assertions: [{ name: 'is fast', passed: false }] }, 'failure', 'assertion-failed'],
  ['a failure without a cause', {}, 'failure', 'assertion-failed'],
])('in JUnit %s is one element that says its kind', (_name, more, name, type) => {
  const [test] = elements(parseXml(toJunit(built([row('a', { outcome: 'failed', ...more })]))), 'testcase');
  const causes = test?.children.filter((child) => child.name !== 'properties');
  expect(causes).toMatchObject([{ name, attributes: { type } }]);
});

test('JUnit names a prerequisite that failed, though it is no test', () => {
  const text = toJunit(
    built([row('a', { prerequisite: true, outcome: 'failed', findings: [missing('/id')] }), row('b')]),
  );
  const [note] = elements(parseXml(text), 'system-err');
  expect(note?.text).toMatch(
    /^not counted, but failed: a \(prerequisite\): breaking property-missing at \/id/,
  );
  expect(text).not.toContain('system-out');
});

test('SARIF has at most 5,000 results, the worst first, and says that there are more', () => {
  const [run] = (JSON.parse(toSarif(broken(5001))) as Log).runs;
  expect(run?.results).toHaveLength(5000);
  expect(run?.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toBe(
    '1 more result in report.json',
  );
});

test('a fingerprint is the same for another item, text or run, and another for another place', () => {
  const prints = [
    { ...missing('/items/0/id'), place: '/items/*/id' },
    { ...missing('/items/7/id'), place: '/items/*/id', message: 'other', expected: 'number' },
    missing('/items'),
  ].map(
    (found) =>
      resultsOf(toSarif(built([row('a', { outcome: 'failed', findings: [found] })])))[0]?.partialFingerprints,
  );
  expect(prints[0]).toEqual(prints[1]);
  expect(prints[0]).not.toEqual(prints[2]);
  expect(prints[0]?.['driftgate/v1']).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  ['schemas/shop/a b%.json#/type', 'schemas/shop/a%20b%25.json'],
  ['/etc/passwd#/x', 'collections/shop.lock.json'],
  ['../other.json', 'collections/shop.lock.json'],
  ['schemas/../../other.json', 'collections/shop.lock.json'],
  ['https://evil.test/x', 'collections/shop.lock.json'],
  [undefined, 'collections/shop.lock.json'],
])('a finding of the schema %s is shown at %s', (schema, uri) => {
  const report = built([row('a', { outcome: 'failed', findings: [missing('/id', schema)] })]);
  const locked = { ...report, collection: { ...report.collection, lockFile: 'collections/shop.lock.json' } };
  const [result] = resultsOf(toSarif(locked));
  expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(uri);
});

test('the line of a schema is the line of the finding', () => {
  const found = { ...missing('/id', 'schemas/a.json#/required'), schemaLine: 12 };
  const report = built([row('a', { outcome: 'failed', findings: [found] })]);
  expect(resultsOf(toSarif(report))[0]?.locations?.[0]?.physicalLocation?.region).toEqual({ startLine: 12 });
  expect(toAnnotations(report)).toMatch(/^::error file=schemas\/a\.json,line=12,title=/);
});

test('annotations escape what separates them, and the last says how many more there are', () => {
  const found = { ...missing('/a,b:c%d', 'schemas/a,b.json'), expected: '50%' };
  expect(toAnnotations(built([row('k:1,2%', { outcome: 'failed', findings: [found] })]))).toBe(
    '::error file=schemas/a%2Cb.json,line=1,title=breaking property-missing%3A k%3A1%2C2%25::breaking property-missing at /a,b:c%25d: expected 50%25, received absent%0Aif it is known: npx driftgate accept 9e7dc90e --until DATE --reason TEXT\n',
  );
  const lines = toAnnotations(broken(12)).trimEnd().split('\n');
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toContain('title=3 more errors::');
  expect(toAnnotations(healthy)).toBe('');
});

test('Markdown says first what the run is, and what does not fit is left out with a note', () => {
  expect(toMarkdown(drifted)).toMatch(/^## ≠ drifted: 2 breaking findings and 1 failed assertion\n/);
  const text = toMarkdown(broken(3000));
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(64_000);
  expect(text).toMatch(/\*The rest does not fit here: report\.json and index\.html have all of it\.\*\n$/);
  expect(Buffer.byteLength(toMarkdown(broken(3000), 1_000_000))).toBeGreaterThan(64_000);
});

test.each([
  [[], 'incomplete', 2],
  [[missing('/id')], 'drifted', 1],
  [[gone], 'down', 3],
])('an interrupted run that saw %j is %s', (findings, verdict, code) => {
  const outcome = findings.length > 0 ? 'failed' : 'passed';
  const report = built([row('a', { outcome, findings })], { interrupted: true });
  expect({ verdict: report.verdict, code: exitCodeOf(report.verdict) }).toEqual({ verdict, code });
});

test('Markdown says since when a finding stands, and what to do about it', () => {
  const at = (firstSeen: string) => {
    const found = { ...missing('/id', 'schemas/a.json#/required'), firstSeen };
    return toMarkdown(built([row('a', { outcome: 'failed', findings: [found] })]));
  };
  expect(at(healthy.run.startedAt)).toContain('`a`, seen by `typed`, new in this run\n');
  expect(at('2026-02-26T02:00:00.000Z')).toContain(', since `2026-02-26T02:00:00.000Z`\n');
  expect(at('2026-02-26T02:00:00.000Z')).toMatch(
    /\n {2}- if it is known: `npx driftgate accept [0-9a-f]{8} --until DATE --reason TEXT`\n {2}- if it is meant: `npx driftgate run --update --only a`\n$/,
  );
});
