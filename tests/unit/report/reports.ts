import { type Finding, finding } from '../../../src/findings/finding';
import type { Outcome, Report, ReportRequest, Verdict } from '../../../src/report/report';

/** Hand-made reports, one a verdict, with their summary counted from their rows. */

export function row(key: string, more: Partial<ReportRequest> = {}): ReportRequest {
  const parts = key.split('/');
  return {
    key,
    name: parts.at(-1) ?? key,
    folder: parts.slice(0, -1),
    method: 'GET',
    url: `https://api.example.test/v1/${key}`,
    runner: 'typed',
    status: 200,
    durationMs: 84.4,
    attempts: more.outcome === 'skipped' ? 0 : 1,
    outcome: 'passed',
    assertions: [],
    findings: [],
    ...more,
  };
}

export function report(
  verdict: Verdict,
  requests: readonly ReportRequest[],
  more: { run?: Partial<Report['run']>; collection?: Partial<Report['collection']> } = {},
): Report {
  const counted = requests.filter((one) => one.prerequisite !== true);
  const of = (outcome: Outcome): number => counted.filter((one) => one.outcome === outcome).length;
  // Each once, whichever runners saw it.
  const found = (severity: Finding['severity']): number =>
    new Set(
      counted.flatMap(({ key, status, findings }) =>
        findings
          .filter((one) => one.severity === severity)
          .map(({ kind, pointer, place = pointer }) => JSON.stringify([key, status, kind, place])),
      ),
    ).size;
  const failed = new Set(
    counted.flatMap(({ key, assertions }) =>
      assertions.filter(({ passed }) => !passed).map(({ name }) => JSON.stringify([key, name])),
    ),
  ).size;
  return {
    version: 1,
    run: {
      id: '20260301-020000-7f3a',
      startedAt: '2026-03-01T02:00:00.000Z',
      durationMs: 12_430,
      environment: 'staging',
      runner: 'typed',
      target: 'https://api.example.test',
      ...more.run,
    },
    collection: {
      name: 'API Starter Pack',
      publishedId: '2s93RTQrJ8',
      versionTag: 'latest',
      publishDate: '2026-02-11',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      ...more.collection,
    },
    verdict,
    summary: {
      requests: counted.length,
      passed: of('passed'),
      failed: of('failed'),
      skipped: of('skipped'),
      breaking: found('breaking'),
      additive: found('additive'),
      degraded: found('degraded'),
      down: found('down'),
      ...(failed > 0 && { failedAssertions: failed }),
    },
    requests,
  };
}

const undeclared = finding('property-undeclared', '/user/loyalty_tier', {
  expected: 'no such property',
  actual: 'string',
  message: 'The schema does not know this property.',
  schema: 'schemas/starter-pack/customers/get-customer.200.json#/properties/user',
});
const missing = {
  ...finding('property-missing', '/user/addresses/0/postal_code', {
    expected: 'string',
    actual: 'absent',
    message:
      'A required property is absent. The constraint rests on one sample; `driftgate learn` widens it.',
    schema: 'schemas/starter-pack/customers/get-customer.200.json#/$defs/address/required',
  }),
  place: '/user/addresses/*/postal_code',
  count: 3,
};
const changed = finding('status-changed', '', {
  expected: '200',
  actual: '404',
  message: 'Another documented status than the expected one.',
});
const slow = finding('latency-budget-exceeded', '', {
  expected: 'at most 800 ms',
  actual: '1412 ms',
  message: 'The answer was slower than its budget.',
});
const unreachable = finding('unreachable', '', {
  expected: 'an answer',
  actual: 'ECONNREFUSED',
  message: 'The connection was refused; this is the environment’s trouble, not drift.',
});

const passing = [
  row('authentication/request-token', { method: 'POST' }),
  row('customers/create-customer', { method: 'POST', status: 201, durationMs: 132 }),
  row('customers/get-customer'),
  row('customers/update-customer', { method: 'PUT' }),
  row('offers/list-offers', { durationMs: 1204 }),
  row('offers/purchase-offer', { method: 'POST' }),
];

export const healthy = report('healthy', passing);

export const additive = report('healthy', [
  ...passing.slice(0, 2),
  row('customers/get-customer', { findings: [undeclared] }),
]);

export const degraded = report('degraded', [
  ...passing.slice(0, 4),
  row('offers/list-offers', { durationMs: 1412, findings: [slow] }),
]);

function seenBy(runner: string): ReportRequest[] {
  const shift = runner === 'newman' ? 21 : 0;
  return [
    row('authentication/request-token', { runner, method: 'POST', prerequisite: true }),
    row('customers/create-customer', { runner, method: 'POST', status: 201, durationMs: 130 + shift }),
    row('customers/get-customer', { runner, outcome: 'failed', findings: [undeclared, missing] }),
    row('customers/search-customers', {
      runner,
      outcome: 'failed',
      url: 'https://api.example.test/v1/customers/search?email=ada%40example.test&expand=addresses,tags&limit=50',
      assertions: [
        { name: 'status is 200', passed: true },
        {
          name: 'finds the customer by email',
          passed: false,
          error: 'expected [] to have a length of 1 but got 0',
        },
      ],
    }),
    row('offers/list-offers', {
      runner,
      durationMs: 1412 + shift,
      findings: [{ ...slow, actual: `${1412 + shift} ms` }],
    }),
    row('offers/purchase-offer', {
      runner,
      method: 'POST',
      status: 404,
      outcome: 'failed',
      findings: [changed],
    }),
    row('offers/refund-offer', {
      runner,
      method: 'POST',
      status: null,
      durationMs: 0,
      attempts: 0,
      outcome: 'skipped',
      reason: 'needs purchase_id, which offers/purchase-offer did not yield',
    }),
    row('offers/archive/void-offer', {
      runner,
      method: 'DELETE',
      status: null,
      durationMs: 0,
      attempts: 0,
      outcome: 'skipped',
      reason: 'needs purchase_id, which offers/purchase-offer did not yield',
    }),
  ];
}

export const drifted = report('drifted', [...seenBy('newman'), ...seenBy('typed')], {
  run: { runner: 'both' },
  collection: { reconstruction: true },
});

const hostDown = 'api.example.test is down';
export const down = report('down', [
  row('authentication/request-token', {
    method: 'POST',
    status: null,
    attempts: 3,
    outcome: 'failed',
    findings: [unreachable],
  }),
  ...passing.slice(1).map((one) =>
    row(one.key, {
      status: null,
      durationMs: 0,
      attempts: 0,
      outcome: 'skipped',
      reason: hostDown,
    }),
  ),
]);

/** What an API, or whoever publishes a collection, may put into any text to act on who reads it. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '\u001b[31mred\u001b[0m\u001b]8;;http://evil.test\u0007link',
  '\u009b2J',
  'abc\u202edcba\u2066\u200b\ufeff',
  'nul\u0000 bell\u0007 back\u0008 line\r\nline\u2028line\u0085',
  'lone \ud800 and \udfff',
  '</style></title></code>`<!--',
  '宽'.repeat(120),
  'x'.repeat(5000),
  '😀'.repeat(3000),
];

export function hostileReport(evil: string): Report {
  const bad = { expected: evil, actual: evil, message: evil, schema: evil };
  return report(
    'drifted',
    ['newman', evil].flatMap((runner) => [
      row(evil, {
        name: evil,
        folder: [evil],
        method: evil,
        url: evil,
        runner,
        outcome: 'failed',
        assertions: [{ name: evil, passed: false, error: evil }],
        findings: [
          finding('type-changed', evil, bad),
          finding('unreachable', '', bad),
          finding('property-undeclared', `/${evil}`, bad),
        ],
      }),
      row(`${evil}2`, { outcome: 'skipped', reason: evil, runner, prerequisite: true }),
      row(`${evil}3`, { outcome: 'skipped', reason: evil, runner }),
    ]),
    {
      run: { id: evil, startedAt: evil, environment: evil, runner: evil, target: evil, shard: evil },
      collection: { name: evil, publishedId: evil, versionTag: evil, publishDate: evil, sha256: evil },
    },
  );
}

export const REPORTS = { healthy, additive, degraded, drifted, down };
