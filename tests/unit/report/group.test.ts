import { finding } from '../../../src/findings/finding';
import { adviserOf } from '../../../src/report/advice';
import { countByRunner, groupFailures, groupFindings, groupSkips } from '../../../src/report/group';
import { problemOf } from '../../../src/report/problem';
import { built } from './formats';
import { drifted, REPORTS, report, row } from './reports';

const gone = { expected: 'string', actual: 'absent', message: 'gone' };

describe('groupFindings', () => {
  test('tells breaking, down, degraded, additive in that order, each once for both runners', () => {
    expect(
      groupFindings(drifted).map(({ severity, kind, key, runners }) => [severity, kind, key, runners]),
    ).toEqual([
      ['breaking', 'property-missing', 'customers/get-customer', ['newman', 'typed']],
      ['breaking', 'status-changed', 'offers/purchase-offer', ['newman', 'typed']],
      ['degraded', 'latency-budget-exceeded', 'offers/list-offers', ['newman', 'typed']],
      ['additive', 'property-undeclared', 'customers/get-customer', ['newman', 'typed']],
    ]);
  });

  test('says which runner saw what where they differ', () => {
    const slow = groupFindings(drifted).find((group) => group.severity === 'degraded');
    expect(slow?.expected).toBe('at most 800 ms');
    expect(slow?.actual).toBe('1433 ms (newman), 1412 ms (typed)');
  });

  test('counts places, not runners, and adds the places of iterations', () => {
    const at = (pointer: string, count: number) => ({
      ...finding('property-missing', pointer, gone),
      place: '/items/*/id',
      count,
    });
    const [group, ...others] = groupFindings(
      report('drifted', [
        row('a', { runner: 'newman', findings: [at('/items/4/id', 2)] }),
        row('a', { findings: [at('/items/0/id', 2)] }),
        row('a', { findings: [at('/items/1/id', 1)] }),
      ]),
    );
    expect(others).toEqual([]);
    expect(group).toMatchObject({ pointer: '/items/*/id', count: 3, runners: ['newman', 'typed'] });
  });

  test('keeps apart other requests, statuses, kinds and pointers', () => {
    const one = finding('property-missing', '/id', gone);
    const groups = groupFindings(
      report('drifted', [
        row('a', { findings: [one, finding('property-missing', '/name', gone)] }),
        row('a', { findings: [finding('null-unexpected', '/id', gone)] }),
        row('a', { status: 201, findings: [one] }),
        row('b', { findings: [one] }),
      ]),
    );
    expect(groups).toHaveLength(5);
  });

  test('marks what no test of the selection saw', () => {
    const one = finding('property-missing', '/id', gone);
    const groups = groupFindings(
      report('drifted', [
        row('a', { prerequisite: true, findings: [one] }),
        row('b', { prerequisite: true, findings: [one] }),
        row('b', { runner: 'newman', findings: [one] }),
        row('c', { cleanup: true, findings: [one] }),
      ]),
    );
    expect(groups.map(({ aside }) => aside)).toEqual(['prerequisite', null, 'clean-up']);
  });
});

test('a failed row never goes without a cause', () => {
  const rows = [
    row('a', { outcome: 'failed', assertions: [{ name: 'works', passed: false, error: 'no' }] }),
    row('b', { outcome: 'failed', reason: 'its script threw' }),
    row('c', { outcome: 'failed' }),
    row('d', { outcome: 'failed', findings: [finding('property-missing', '/id', gone)] }),
  ];
  expect(groupFailures(report('drifted', rows)).map(({ key, name }) => [key, name])).toEqual([
    ['a', 'works'],
    ['b', 'its script threw'],
    ['c', 'failed; the report holds no cause'],
  ]);
});

test.each(Object.entries(REPORTS))('counts by runner and by reason add up to the summary: %s', (_, one) => {
  const sum = (pick: (counts: ReturnType<typeof countByRunner>[number]) => number): number =>
    countByRunner(one).reduce((total, counts) => total + pick(counts), 0);
  expect(sum((counts) => counts.requests)).toBe(one.summary.requests);
  expect(sum((counts) => counts.passed)).toBe(one.summary.passed);
  expect(sum((counts) => counts.failed)).toBe(one.summary.failed);
  expect(sum((counts) => counts.skipped)).toBe(one.summary.skipped);
  expect(groupSkips(one).reduce((total, group) => total + group.count, 0)).toBe(one.summary.skipped);
});

test('a script that fails because no answer came is no failure of its own, and the environment is still what is wrong', () => {
  const gone = finding('unreachable', '', { expected: 'an answer', actual: 'ECONNREFUSED', message: '' });
  const assertions = [{ name: 'greets', passed: false, error: '"undefined" is not valid JSON' }];
  const unanswered = row('a', { status: null, outcome: 'failed', findings: [gone], assertions });
  const whole = built([unanswered]);
  expect(groupFailures(whole)).toEqual([]);
  expect(whole.summary).not.toHaveProperty('failedAssertions');
  expect(problemOf(unanswered, adviserOf(whole))).toMatchObject({ isDrift: false, kind: 'unreachable' });
  expect(groupFailures(built([{ ...unanswered, status: 500 }]))).toHaveLength(1);
});
