import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice, Report } from 'driftgate';
import { startSandbox } from 'driftgate/sandbox';
import { CANARIES, leaksIn, makeProject, runCli, type TestProject } from '../support/project';
import { startServer, type TestServer } from '../support/server';
import { type Certificate, certificateUntil, startTlsFront, type TlsAnswer } from '../support/tls';
import { clockAt } from './support';

// Thirty checks, and one of them meets a server that takes five seconds.
jest.setTimeout(240_000);

const SEARCH = 'customers/search-customer-by-e-mail';
const TAGS = 'customer-tags/list-tags';
const FIRST = 'setup-and-authentication/check-core-credentials';
const CONNECT = 'setup-and-authentication/check-connect-credentials';
const POS = 'pos-lookup-and-discounting/look-up-customer-by-e-mail';

/** What is wrong on a night, and what stands in the way of its check. */
interface Trouble {
  readonly faults?: readonly string[];
  readonly isDown?: true;
  readonly isBusyOnce?: true;
  readonly hasOtherCredentials?: true;
  readonly hasNewCertificate?: true;
}

const FINE: Trouble = {};
const SLOW: Trouble = { faults: ['GET /users/search delay 5000'] };
const DRIFT: Trouble = { faults: ['GET /users/search set /user/id null'] };
const ELSEWHERE: Trouble = { faults: ['GET /users/:user_id/tags set /tags 7'] };
const DOWN: Trouble = { isDown: true };
const BUSY: Trouble = { isBusyOnce: true };
const LOCKED: Trouble = { hasOtherCredentials: true };
const RENEWED: Trouble = { hasNewCertificate: true };

const slow = `${SEARCH} latency-budget-exceeded`;
const drift = `${SEARCH} null-unexpected /user/id`;
const elsewhere = `${TAGS} type-changed /tags`;
const expiring = `${FIRST} certificate-expiring`;

/**
 * The table, by hand: the night of March 2045 and what happens in it; verdict and exit code; each finding with the day since
 * which it stands, and `~` where it is flapping; what the two notifiers are told, the second one after two nights in a row
 * and again after three.
 */
const NIGHTS: readonly (readonly [
  night: number,
  trouble: Trouble,
  verdict: Report['verdict'],
  code: number,
  findings: readonly string[],
  first: string,
  second: string,
])[] = [
  [1, FINE, 'healthy', 0, [], '', ''],
  [2, FINE, 'healthy', 0, [], '', ''],
  [3, FINE, 'healthy', 0, [], '', ''],
  [4, FINE, 'healthy', 0, [], '', ''],
  [5, FINE, 'healthy', 0, [], '', ''],
  [6, FINE, 'healthy', 0, [], '', ''],
  [7, FINE, 'healthy', 0, [], '', ''],
  [8, SLOW, 'degraded', 0, [`${slow} 8`], 'healthy>degraded', ''],
  [9, DRIFT, 'drifted', 1, [`${drift} 9`], 'degraded>drifted', ''],
  [10, DRIFT, 'drifted', 1, [`${drift} 9`], '', 'healthy>drifted'],
  [11, DRIFT, 'drifted', 1, [`${drift} 9`], '', ''],
  [12, DRIFT, 'drifted', 1, [`${drift} 9`], '', ''],
  [13, DRIFT, 'drifted', 1, [`${drift} 9`], '', 'still drifted'],
  [14, DOWN, 'down', 3, [`${FIRST} unreachable 14`], 'drifted>down', ''],
  [15, DRIFT, 'drifted', 1, [`${drift} 9`], 'down>drifted', ''],
  [16, FINE, 'healthy', 0, [], 'drifted>healthy', ''],
  [17, BUSY, 'healthy', 0, [], '', 'drifted>healthy'],
  [18, ELSEWHERE, 'drifted', 1, [`${elsewhere} 18`], 'healthy>drifted', ''],
  [19, ELSEWHERE, 'drifted', 1, [`${elsewhere} 18`], '', 'healthy>drifted'],
  [20, FINE, 'healthy', 0, [], 'drifted>healthy', ''],
  [21, ELSEWHERE, 'drifted', 1, [`${elsewhere} 21 ~`], 'healthy>drifted', ''],
  [22, FINE, 'healthy', 0, [], 'drifted>healthy', ''],
  [23, ELSEWHERE, 'drifted', 1, [`${elsewhere} 23 ~`], 'healthy>drifted', 'still drifted'],
  [24, FINE, 'healthy', 0, [], 'drifted>healthy', ''],
  [25, ELSEWHERE, 'drifted', 1, [`${elsewhere} 25 ~`], 'healthy>drifted', ''],
  [26, FINE, 'healthy', 0, [], 'drifted>healthy', ''],
  [27, FINE, 'degraded', 0, [`${expiring} 27`], 'healthy>degraded', ''],
  [28, FINE, 'degraded', 0, [`${expiring} 27`], '', 'drifted>degraded'],
  [
    29,
    LOCKED,
    'down',
    3,
    [`${FIRST} unreachable 29`, `${expiring} 27`, `${CONNECT} unreachable 29`, `${POS} unreachable 29`],
    'degraded>down',
    '',
  ],
  [30, RENEWED, 'healthy', 0, [], 'down>healthy', ''],
];

let project: TestProject;
let hook: TestServer;
/** The one environment that all nights check. */
let port: number | undefined;
/** On night 27 it has 20 days left. */
let old: Certificate;
let renewed: Certificate;

beforeAll(async () => {
  hook = await startServer((request, response) => {
    request.resume();
    request.on('end', () => response.end());
  });
  old = await certificateUntil(new Date('2045-04-16T02:00:00Z'));
  renewed = await certificateUntil(new Date('2046-04-16T02:00:00Z'));
  project = makeProject({
    config: (config) => {
      Object.assign(config.requests as object, { '*': { latencyBudgetMs: 60_000 } });
      // However busy the machine is, nothing but the slow night is slow.
      config.health = { trend: { floorMs: 4000, deviations: 1e-9 } };
      config.notify = [{ url: '{{first_hook}}' }, { url: '{{second_hook}}', after: 2, reminder: '3' }];
    },
  });
});
afterAll(async () => {
  await hook.close();
  project.remove();
});

async function check(night: number, trouble: Trouble) {
  const other = Object.fromEntries(Object.keys(CANARIES).map((name) => [name, `another-${name}`]));
  const variables = trouble.hasOtherCredentials ? other : CANARIES;
  const sandbox = await startSandbox({ variables, faults: trouble.faults ?? [] });
  let isBusy = trouble.isBusyOnce === true;
  const certificate = trouble.hasNewCertificate ? renewed : old;
  writeFileSync(join(project.directory, 'ca.pem'), certificate.cert);
  const isAnswered: TlsAnswer = ({ url }, response) => {
    if (!isBusy || url?.includes('/tags') !== true) return false;
    isBusy = false;
    response.writeHead(503, { 'Retry-After': '3' }).end();
    return true;
  };
  const front = await startTlsFront(certificate, sandbox.origin, isAnswered, port);
  port = Number(new URL(front.origin).port);
  if (trouble.isDown) await front.close();
  const clock = clockAt(`2045-03-${String(night).padStart(2, '0')}T02:00:00.000Z`);
  const before = hook.received.length;
  try {
    const result = await runCli(
      project.directory,
      [
        'health',
        '--target',
        front.origin,
        '--concurrency',
        '4',
        '--ssl-extra-ca-certs',
        join(project.directory, 'ca.pem'),
      ],
      {
        clock,
        env: { first_hook: `${hook.origin}/first/s3cr3t`, second_hook: `${hook.origin}/second/s3cr3t` },
      },
    );
    const bodies = await Promise.all(hook.bodies.slice(before));
    const notices = bodies.map((body) => JSON.parse(body.toString()) as Notice);
    const noticeAt = (path: string) =>
      notices[hook.received.slice(before).findIndex(({ url }) => url?.startsWith(path))];
    return { result, clock, first: noticeAt('/first'), second: noticeAt('/second') };
  } finally {
    if (!trouble.isDown) await front.close();
    await sandbox.close();
  }
}

/** A finding as the table has it. */
function findingsOf(report: Report | null, stdout: string): string[] {
  return (report?.requests ?? []).flatMap(({ key, findings }) =>
    findings.map(({ kind, pointer, firstSeen = '' }) => {
      const isFlapping = new RegExp(`  ${kind} ${key}.*flapping\\)`).test(stdout);
      const day = Number(firstSeen.slice(8, 10));
      return `${key} ${kind}${pointer === '' ? '' : ` ${pointer}`} ${day}${isFlapping ? ' ~' : ''}`;
    }),
  );
}

function told(notice: Notice | undefined): string {
  if (notice === undefined) return '';
  const { event, previous, verdict } = notice;
  return event === 'changed' ? `${previous}>${verdict}` : `still ${verdict}`;
}

test('thirty nights go as the table says', async () => {
  const gone: string[] = [];
  for (const [night, trouble, verdict, code, findings, first, second] of NIGHTS) {
    const { result, clock, ...notices } = await check(night, trouble);
    const { report, stdout, stderr } = result;
    expect({
      night,
      verdict: report?.verdict,
      code: result.code,
      findings: findingsOf(report, stdout),
      first: told(notices.first),
      second: told(notices.second),
      stderr,
    }).toEqual({ night, verdict, code, findings, first, second, stderr: '' });
    expect(report?.run.startedAt).toBe(`2045-03-${String(night).padStart(2, '0')}T02:00:00.000Z`);
    expect(leaksIn(result.everything, [...Object.values(CANARIES), 's3cr3t'])).toEqual([]);
    const flaky = (report?.requests ?? []).filter((row) => row.flaky === true).map(({ key }) => key);
    expect({ night, flaky }).toEqual({ night, flaky: trouble.isBusyOnce ? [TAGS] : [] });
    if (trouble.isBusyOnce) expect(clock.waits).toEqual([3000]);
    for (const { kind } of notices.first?.recovered ?? []) gone.push(`${night} ${kind}`);
  }
  // What has recovered is told with the change of verdict that it makes.
  expect(gone).toEqual([
    '9 latency-budget-exceeded',
    '15 unreachable',
    '16 null-unexpected',
    '20 type-changed',
    '22 type-changed',
    '24 type-changed',
    '26 type-changed',
    '30 certificate-expiring',
    '30 unreachable',
    '30 unreachable',
    '30 unreachable',
  ]);
  const history = readFileSync(join(project.directory, 'reports/history.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  expect(history).toHaveLength(NIGHTS.length);
  expect(leaksIn(history.join('\n'), [...Object.values(CANARIES), 's3cr3t'])).toEqual([]);
});
