import { refuseUntested } from '../../../src/engine/untested';
import type { ResultRow } from '../../../src/report/build';
import type { Outcome } from '../../../src/report/report';
import type { SkipReason } from '../../../src/runner/runner';

function row(key: string, outcome: Outcome, cause?: SkipReason['cause']): ResultRow {
  return {
    row: {
      key,
      name: key,
      folder: [],
      method: 'GET',
      url: '/',
      runner: 'newman',
      status: outcome === 'skipped' ? null : 200,
      durationMs: 1,
      attempts: 1,
      outcome,
      ...(outcome === 'skipped' && { reason: `because of ${cause}` }),
      assertions: [],
      findings: [],
    },
    order: 0,
    ...(cause !== undefined && { skip: { cause, text: `because of ${cause}` } }),
  };
}

test.each<[SkipReason['cause']]>([['prerequisite'], ['script']])(
  'a request that is skipped because of a %s is no pass beside others that passed',
  (cause) => {
    const rows = [row('a', 'passed'), row('b', 'skipped', cause)];
    expect(() => refuseUntested(rows)).toThrow(`could not be tested: because of ${cause}`);
    // What failed is the result already, and the row says the rest.
    expect(() => refuseUntested([...rows, row('c', 'failed')])).not.toThrow();
  },
);

test('what the selection left out is a gap only where nothing else ran', () => {
  const left = row('b', 'skipped', 'selection');
  expect(() => refuseUntested([row('a', 'passed'), left])).not.toThrow();
  expect(() => refuseUntested([left])).toThrow('because of selection');
});

test('what a read-only run has no stand-in for is named, all of it, with what to write', () => {
  const lacking = (key: string, ...variables: string[]): ResultRow => {
    const left = row(key, 'skipped', 'selection');
    return { ...left, skip: { cause: 'selection', text: '', variables } };
  };
  const rows = [lacking('a', 'order_id', 'user_id'), lacking('b', 'user_id')];
  const told = {
    where: 'a',
    todo: 'say in driftgate.config.json what is there to be looked at: "safeVariables": {"order_id": "VALUE", "user_id": "VALUE"}',
  };
  expect(() => refuseUntested(rows)).toThrow(expect.objectContaining(told));
  expect(() => refuseUntested([row('c', 'passed'), ...rows])).not.toThrow();
  // What another read would have yielded is missing for the same reason.
  const gap = row('d', 'skipped', 'prerequisite');
  const byIt = {
    ...gap,
    skip: { cause: 'prerequisite', text: '', variables: ['order_id', 'user_id'] },
  } as const;
  expect(() => refuseUntested([row('c', 'passed'), byIt, ...rows])).toThrow(expect.objectContaining(told));
  // What is missing for another reason has that reason.
  expect(() => refuseUntested([row('c', 'passed'), gap, ...rows])).toThrow(
    expect.objectContaining({ where: 'd', todo: expect.stringContaining('correct the capture') }),
  );
  const undocumented = { cause: 'selection', text: '', todo: 'save an example' } as const;
  expect(() => refuseUntested([{ ...row('e', 'skipped', 'selection'), skip: undocumented }])).toThrow(
    expect.objectContaining({ where: 'e', todo: 'save an example' }),
  );
});

test('a configured capture that found nothing is no pass, even where the variable has a value', () => {
  const passed = { ...row('login', 'passed'), uncaptured: ['token'] };
  expect(() => refuseUntested([passed, row('use', 'passed')])).toThrow(
    'the capture of {{token}} found nothing',
  );
  // The failure is the result already.
  expect(() => refuseUntested([passed, row('use', 'failed')])).not.toThrow();
});
