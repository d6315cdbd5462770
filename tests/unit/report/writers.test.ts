import type { CTRFReport } from 'ctrf';
import type { Log } from 'sarif';
import { finding } from '../../../src/findings/finding';
import { groupFailures, groupFindings } from '../../../src/report/group';
import type { Report } from '../../../src/report/report';
import { toTerminal } from '../../../src/report/terminal';
import { WRITERS, writerOf } from '../../../src/report/writers';
import { built, type Counts, ctrfFaults, elements, parseXml, sarifFaults } from './formats';
import { REPORTS, row } from './reports';

const missing = finding('property-missing', '/id', { expected: 'string', actual: 'absent', message: 'gone' });
const extra = finding('property-undeclared', '/more', { expected: 'none', actual: 'string', message: '' });
const accepted = {
  ...finding('type-changed', '/known', { expected: 'string', actual: 'number', message: '' }),
  accepted: { reason: 'fixed with release 12', until: '2026-12-31' },
};
const gone = finding('unreachable', '', {
  expected: 'an answer',
  actual: 'ECONNREFUSED',
  message: 'refused',
});

const cases: Readonly<Record<string, Report>> = {
  ...REPORTS,
  'both runners and iterations': built(
    ['newman', 'typed'].flatMap((runner) =>
      [1, 2, 3].flatMap((iteration) => [
        row('users/create', { runner, iteration }),
        row('users/read', { runner, iteration, outcome: 'failed', findings: [missing] }),
        row('users/read', { runner, iteration, repeat: 2 }),
      ]),
    ),
  ),
  'a prerequisite that failed and a clean-up': built([
    row('users/create', { prerequisite: true, outcome: 'failed', findings: [missing] }),
    row('users/read', { outcome: 'skipped', reason: 'needs user_id' }),
    row('users/list', { findings: [extra] }),
    row('users/delete', { cleanup: true }),
  ]),
  'drift beside what could not be tested': built([
    row('a', { outcome: 'failed', findings: [missing, gone] }),
    row('b', { status: null, outcome: 'failed', findings: [gone] }),
    row('c', { outcome: 'failed', assertions: [{ name: 'is fast', passed: false }] }),
    row('d', { outcome: 'failed', findings: [extra] }),
    row('e', { attempts: 3 }),
  ]),
  'what is accepted, alone and beside what is not': built([
    row('a', { findings: [accepted] }),
    row('b', { outcome: 'failed', findings: [accepted, extra, gone] }),
    row('c', { findings: [extra] }),
  ]),
  'three thousand rows': built(
    Array.from({ length: 3000 }, (_, at) =>
      at % 3 === 0
        ? row(`folder-${at % 40}/request-${at}`, { outcome: 'failed', findings: [missing, extra] })
        : at % 3 === 1
          ? row(`folder-${at % 40}/request-${at}`)
          : row(`folder-${at % 40}/request-${at}`, { outcome: 'skipped', reason: 'needs user_id' }),
    ),
  ),
  'no row': built([]),
  'a run that was interrupted': built(
    [row('a'), row('b', { outcome: 'skipped', reason: 'the run was interrupted' })],
    { interrupted: true },
  ),
  'a run that was not tested whole': built(
    [row('a'), row('b', { outcome: 'skipped', reason: 'needs user_id' })],
    { untested: 'could not be tested: needs user_id, b, correct the capture' },
  ),
};

const write = (format: string, report: Report): string => writerOf(format)?.write(report) ?? '';

function junitCounts(text: string): Counts {
  const tests = elements(parseXml(text), 'testcase');
  const having = (...names: string[]) =>
    tests.filter(({ children }) => children.some(({ name }) => names.includes(name))).length;
  const [failed, skipped] = [having('failure', 'error'), having('skipped')];
  return { requests: tests.length, passed: tests.length - failed - skipped, failed, skipped };
}

function ctrfCounts(text: string): Counts {
  const { tests } = (JSON.parse(text) as CTRFReport).results;
  const of = (status: string) => tests.filter((test) => test.status === status).length;
  return { requests: tests.length, passed: of('passed'), failed: of('failed'), skipped: of('skipped') };
}

function numbers(pattern: RegExp, text: string): Counts {
  const [, requests, passed, failed, skipped] = [...text.matchAll(pattern)].at(-1) ?? [];
  return {
    requests: Number(requests),
    passed: Number(passed),
    failed: Number(failed),
    skipped: Number(skipped),
  };
}

/** What a text says of each severity and of failed assertions, which only those that have some name. */
function findingWords(text: string): string[] {
  const words = text.replace(/[^\w]+/g, ' ');
  const found = /(\d+ breaking) (\d+ down) (\d+ degraded) (\d+ additive)/.exec(words) ?? [];
  const [, assertions = '0'] =
    /additive (?:\d+ accepted )?(?:scripts )?(\d+) failed assertions?/.exec(words) ?? [];
  return [...found.slice(1), `${assertions} failed assertions`].sort(bySeverity);
}

const ORDER = ['breaking', 'additive', 'degraded', 'down', 'assertions'];
const bySeverity = (one: string, other: string) =>
  ORDER.findIndex((word) => one.endsWith(word)) - ORDER.findIndex((word) => other.endsWith(word));

describe.each(Object.entries(cases))('of %s', (_name, report) => {
  const {
    requests,
    passed,
    failed,
    skipped,
    bodies: _,
    accepted,
    failedAssertions,
    ...severities
  } = report.summary;
  const counts = { requests, passed, failed, skipped };

  test('every format tells the same numbers', () => {
    const terminal = toTerminal(report, { color: false, width: 120, reports: [] });
    expect({
      json: (JSON.parse(write('json', report)) as Report).summary,
      junit: junitCounts(write('junit', report)),
      ctrf: ctrfCounts(write('ctrf', report)),
      markdown: numbers(/^\| (\d+) \| (\d+) \| (\d+) \| (\d+) \|/gm, write('markdown', report)),
      terminal: numbers(/(\d+) requests? +(\d+) passed +(\d+) failed +(\d+) skipped/g, terminal),
    }).toEqual({ json: report.summary, junit: counts, ctrf: counts, markdown: counts, terminal: counts });
  });

  test('what JUnit and CTRF say of the whole is what their tests say', () => {
    const root = parseXml(write('junit', report));
    for (const element of [root, ...elements(root, 'testsuite')]) {
      const count = (name: string) => String(elements(element, name).length);
      expect(element.attributes).toMatchObject({
        tests: count('testcase'),
        failures: count('failure'),
        errors: count('error'),
        skipped: count('skipped'),
      });
    }
    const { tests, passed, failed, skipped } = (JSON.parse(write('ctrf', report)) as CTRFReport).results
      .summary;
    expect({ requests: tests, passed, failed, skipped }).toEqual(counts);
  });

  test('every format has the same findings, each once, whichever runners and iterations saw it', () => {
    const [run] = (JSON.parse(write('sarif', report)) as Log).runs;
    const results = run?.results ?? [];
    expect(results).toHaveLength(groupFindings(report).length + groupFailures(report).length);
    const isCounted = ({ properties }: (typeof results)[number]) =>
      properties?.aside === undefined || !/additive|degraded/.test(String(properties.severity));
    const counted = results.filter(isCounted);
    const isAssertion = ({ ruleId }: (typeof results)[number]) => ruleId === 'assertion-failed';
    const sarif = [
      ...Object.keys(severities).map(
        (severity) =>
          `${counted.filter(({ properties }) => properties?.severity === severity).length} ${severity}`,
      ),
      `${counted.filter(isAssertion).length} failed assertions`,
    ];
    const { extra: told = {} } = (JSON.parse(write('ctrf', report)) as CTRFReport).results.summary;
    const ctrf = [
      ...Object.keys(severities).map((severity) => `${told[severity]} ${severity}`),
      `${told.failedAssertions ?? 0} failed assertions`,
    ];
    const terminal = toTerminal(report, { color: false, width: 120, reports: [] });
    const [, noscript = ''] = /<noscript>(.*?)<\/noscript>/s.exec(write('html', report)) ?? [];
    expect({
      sarif,
      ctrf,
      markdown: findingWords(write('markdown', report)),
      html: findingWords(noscript),
      terminal: findingWords(terminal),
    }).toEqual({ sarif, ctrf: sarif, markdown: sarif, html: sarif, terminal: sarif });
    expect(sarif).toEqual([
      ...Object.entries(severities).map(([severity, count]) => `${count} ${severity}`),
      `${failedAssertions ?? 0} failed assertions`,
    ]);
    expect(told.accepted).toBe(accepted);
    expect(run?.properties).toMatchObject({ verdict: report.verdict, summary: report.summary });
  });

  test('lists of findings are as long as the summary says', () => {
    const sum = Object.values(severities).reduce((all, count) => all + count, failedAssertions ?? 0);
    const uncounted = groupFindings(report).filter(
      ({ aside, severity }) => aside !== null && /additive|degraded/.test(severity),
    ).length;
    const listed = toTerminal(report, { color: false, width: 120, reports: [] }).match(
      /^(✗ breaking|▼ down|! degraded|\+ additive|✗ failed) /gm,
    );
    // Past twenty of each, the terminal has only their number.
    if (sum <= 20) expect(listed?.length ?? 0).toBe(sum + uncounted);
    const rows = write('markdown', report).match(/^\| [✗▼!+] .* \|$/gm);
    if (sum <= 20) expect(rows?.length ?? 0).toBe(sum + uncounted);
  });

  test('annotations are one a finding, as many as GitHub shows', () => {
    const lines = write('github', report).split('\n').slice(0, -1);
    const found = groupFindings(report);
    const isError = (severity: string) => severity === 'breaking' || severity === 'down';
    const errors =
      found.filter(({ severity }) => isError(severity)).length +
      groupFailures(report).length +
      (report.verdict === 'incomplete' ? 1 : 0);
    const warnings = found.filter(({ severity }) => !isError(severity)).length;
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(Math.min(10, errors));
    expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(Math.min(10, warnings));
    expect(lines.filter((line) => !/^::(error|warning) [^\r\n]*?::./.test(line))).toEqual([]);
  });

  test('SARIF and CTRF hold to their schemas', () => {
    expect(sarifFaults(write('sarif', report))).toEqual([]);
    expect(ctrfFaults(write('ctrf', report))).toEqual([]);
  });

  test('titles of tests are unique', () => {
    const titles = elements(parseXml(write('junit', report)), 'testcase').map(({ attributes }) =>
      JSON.stringify([attributes.classname, attributes.name]),
    );
    expect(new Set(titles).size).toBe(titles.length);
  });
});

test.each(Object.keys(WRITERS).filter((format) => format !== 'json'))(
  '%s says that the report of an interrupted run is partial, and never that the API holds',
  (format) => {
    const report = cases['a run that was interrupted'];
    if (report === undefined) throw new Error('no such case');
    expect(report.verdict).toBe('incomplete');
    const text = write(format, report);
    expect(text).toMatch(/interrupted/);
    // Annotations have no word for the whole.
    if (format !== 'github') expect(text).toMatch(/incomplete/i);
  },
);

test.each(Object.keys(WRITERS).filter((format) => format !== 'json'))(
  '%s says why a run is no result, and never that the API holds',
  (format) => {
    const report = cases['a run that was not tested whole'];
    if (report === undefined) throw new Error('no such case');
    expect(report.verdict).toBe('incomplete');
    const text = write(format, report).replace(/<script>[\s\S]*<\/script>/g, '');
    expect(text).toContain('could not be tested: needs user_id');
    expect(text).not.toMatch(/interrupted(?! before)/);
    if (format !== 'github') expect(text).toMatch(/incomplete/i);
  },
);

test.each(Object.keys(WRITERS).filter((format) => format !== 'json'))(
  '%s says that it is partial where an interrupted run drifted, too',
  (format) => {
    const rows = [row('a', { outcome: 'failed', findings: [missing] })];
    expect(
      write(format, built(rows, { interrupted: true })).replace(/<script[\s\S]*<\/script>/g, ''),
    ).toMatch(/interrupted/);
  },
);

test('what says why a part was not tested is text in every format, and cut', () => {
  const evil = `<img src=https://evil.test/x.png>[log in](https://evil.test) @team ${'x'.repeat(80_000)}`;
  const report = built([row('a')], { untested: evil });
  const markdown = write('markdown', report);
  expect(markdown).toMatch(/^## \? incomplete\n\n\*\*This report is partial:\*\* `<img src=/);
  expect(markdown).toContain('| requests | passed |');
  const { message } = JSON.parse(write('sarif', report)).runs[0].invocations[0].toolExecutionNotifications[0];
  expect(message.text).toContain('[log in] (https');
  for (const format of ['sarif', 'ctrf', 'junit', 'github'])
    expect(write(format, report).length).toBeLessThan(12_000);
});

test('the schemas refuse what they should', () => {
  expect(sarifFaults('{"version":"2.1.0","runs":[{}]}')).not.toEqual([]);
  expect(ctrfFaults('{"reportFormat":"CTRF"}')).not.toEqual([]);
});

test('what is accepted is breaking in no format, and its terms are in the summary of a pull request', () => {
  const report = built([row('a', { findings: [accepted] })]);
  expect(report.verdict).toBe('healthy');
  for (const format of ['github', 'sarif', 'ctrf', 'junit']) {
    expect(write(format, report)).not.toMatch(
      /type-changed (?:at )?\/known|<failure|"breaking",|drift"|::error/,
    );
  }
  expect((JSON.parse(write('sarif', report)) as Log).runs[0]?.results).toEqual([]);
  expect(write('github', report)).toBe('');
  const markdown = write('markdown', report);
  expect(markdown).not.toContain('### Findings');
  expect(markdown).toContain('0 breaking, 0 down, 0 degraded, 0 additive, 1 accepted |');
  expect(markdown).toMatch(
    /### Accepted\n\n- `type-changed` of `a` at `\/known` until `2026-12-31`: `fixed with release 12`/,
  );
});

describe('what passed only after a retry', () => {
  const report = {
    ...built([
      row('a/flaky', { attempts: 3, flaky: true }),
      // A second attempt is also one that answered a challenge of the server: that is no retry.
      row('a/digest', { attempts: 2 }),
      row('a/plain'),
    ]),
    warnings: ['hooks.example.test did not take the message (`500`)'],
  };

  test('is marked in every format that knows tests, and nothing else is', () => {
    const junit = elements(parseXml(write('junit', report)), 'testcase').filter((test) =>
      elements(test, 'property').some(({ attributes }) => attributes.name === 'flaky'),
    );
    expect(junit.map(({ attributes }) => attributes.name)).toEqual(['a/flaky']);
    const { summary, tests } = (JSON.parse(write('ctrf', report)) as CTRFReport).results;
    expect(summary.flaky).toBe(1);
    expect(tests.map(({ flaky = false, retries = 0 }) => [flaky, retries])).toEqual([
      [true, 2],
      [false, 0],
      [false, 0],
    ]);
    const markdown = write('markdown', report);
    expect(markdown).toMatch(/### Passed only after a retry\n\n- `a\/flaky`, 3 attempts\n/);
    expect(markdown).not.toContain('digest');
    const terminal = toTerminal(report, { color: false, width: 80, reports: [] });
    expect(terminal).toMatch(/│ retries +│ 1 request passed only after a retry +│/);
    expect(write('html', report)).toContain('<p>1 request passed only after a retry</p>');
  });

  test('and what went wrong besides is told where people read it', () => {
    expect(write('markdown', report)).toContain(
      '### Warnings\n\n- ``hooks.example.test did not take the message (`500`)``\n',
    );
    const [run] = (JSON.parse(write('sarif', report)) as Log).runs;
    expect(run?.invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text)).toEqual([
      'hooks.example.test did not take the message (`500`)',
    ]);
    expect((JSON.parse(write('ctrf', report)) as CTRFReport).results.summary.extra?.warnings).toEqual(
      report.warnings,
    );
    expect([sarifFaults(write('sarif', report)), ctrfFaults(write('ctrf', report))]).toEqual([[], []]);
  });
});

test('an acceptance that nothing needs any more is named in the summary of a pull request', () => {
  const unused = {
    key: 'a|b',
    kind: 'type-changed' as const,
    pointer: '/id',
    until: '2026-12-31',
    reason: 'release 12',
  };
  const markdown = write('markdown', { ...built([row('a')]), unusedAcceptances: [unused] });
  expect(markdown).toContain(
    '### Accepted\n\n- accepted for nothing, remove it: `type-changed` of `a|b` at `/id` (`release 12`)',
  );
});
