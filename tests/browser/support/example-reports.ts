import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, finding } from '../../../src/findings/finding';
import type { FindingNotes, HistoryRun } from '../../../src/report/page-data';
import type { Report, ReportDetail, ReportRequest, Verdict } from '../../../src/report/report';
import { report, row } from '../../unit/report/reports';
import { COVERAGE, EXPIRING, NO_COVERAGE, ORIGIN, TAKEN } from './example-notes';

/**
 * Reports of a suite of the size of the built-in one, one a verdict, made by hand: what the pictures in docs/ show, and what
 * the browser tests open. Nothing in them depends on the day or the machine.
 */

interface Folder {
  readonly name: string;
  readonly item: readonly {
    readonly name: string;
    readonly request: { method: string; url: { raw: string } };
  }[];
}

const pin = JSON.parse(
  readFileSync(join(process.cwd(), 'collections/starter-pack.postman_collection.json'), 'utf8'),
) as { item: Folder[] };

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** A duration that looks like one and is the same each time. */
function durationOf(key: string, night = 0): number {
  let sum = night * 7_919;
  for (const character of key) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 100_003;
  return 60 + (sum % 180) + Math.round(40 * Math.sin(night / 2));
}

function suite(runner: string): ReportRequest[] {
  return pin.item.flatMap((folder) =>
    folder.item.map(({ name, request }) => {
      const key = `${slug(folder.name)}/${slug(name)}`;
      return row(key, {
        name,
        folder: [folder.name],
        method: request.method,
        url: request.url.raw,
        runner,
        durationMs: durationOf(key) + (runner === 'newman' ? 17 : 0),
      });
    }),
  );
}

type Change = (row: ReportRequest) => Partial<ReportRequest>;

function changed(rows: readonly ReportRequest[], changes: Readonly<Record<string, Change>>): ReportRequest[] {
  return rows.map((one) => ({ ...one, ...changes[one.key]?.(one) }));
}

function detailOf(body: unknown, status = 200): ReportDetail {
  const text = JSON.stringify(body);
  const sent = JSON.stringify({ retailer_id: '{{retailer_id}}', email: 'ada@example.test', expand: true });
  return {
    request: {
      method: 'POST',
      url: 'https://api.staging.example.test/priv/v1/apps/{{api_key}}/users/search?email=ada%40example.test',
      headers: [
        { name: 'Content-Type', value: 'application/json' },
        { name: 'Authorization', value: '[hidden]' },
        { name: 'User-Agent', value: 'driftgate' },
      ],
      body: { text: sent, sizeBytes: sent.length },
    },
    response: {
      status,
      statusText: status === 200 ? 'OK' : 'Not Found',
      headers: [
        { name: 'content-type', value: 'application/json; charset=utf-8' },
        { name: 'x-request-id', value: '7c1f0b5e' },
      ],
      body: { text, sizeBytes: text.length },
    },
  };
}

const SCHEMA = 'schemas/starter-pack/customers/search-customer-by-e-mail.200.json';
const CUSTOMER = {
  status: 'ok',
  user: {
    id: null,
    external_id: 'loyal-1815',
    email: 'ada@example.test',
    first_name: 'Ada',
    addresses: [
      { city: 'London', country: 'GB' },
      { city: 'Marylebone', country: 'GB' },
    ],
    loyalty_tier: 'gold',
    available_points: 1200,
  },
};

type Noted = Finding & FindingNotes;

const nullId: Noted = {
  ...finding('null-unexpected', '/user/id', {
    expected: 'string',
    actual: 'null',
    message: 'null where string is documented',
    schema: `${SCHEMA}#/properties/user/properties/id/type`,
  }),
  schemaLine: 42,
  keyword: 'type',
  samples: 3,
  firstSeen: '2026-02-26T02:00:00.000Z',
};
const noPostcode: Noted = {
  ...finding('property-missing', '/user/addresses/0/postal_code', {
    expected: 'string',
    actual: 'absent',
    message: 'a required property is absent',
    schema: `${SCHEMA}#/$defs/address/required`,
  }),
  place: '/user/addresses/*/postal_code',
  count: 2,
  schemaLine: 77,
  keyword: 'required',
  samples: 1,
  firstSeen: '2026-03-01T02:00:00.000Z',
};
const newTier: Noted = {
  ...finding('property-undeclared', '/user/loyalty_tier', {
    expected: 'no such property',
    actual: 'string',
    message: 'the schema does not know this property',
    schema: `${SCHEMA}#/properties/user`,
  }),
  firstSeen: '2026-02-20T02:00:00.000Z',
};
const gone = finding('status-changed', '', {
  expected: '200',
  actual: '404',
  message: 'another documented status than the expected one',
});
const slow = (duration: number): Finding =>
  finding('latency-budget-exceeded', '', {
    expected: 'at most 800 ms',
    actual: `${duration} ms`,
    message: 'the answer was slower than its budget',
  });

const SEARCH = 'customers/search-customer-by-e-mail';
const RUN = { target: 'https://api.staging.example.test', environment: 'staging' };
const [, second = SEARCH, third = SEARCH] = suite('typed').map(({ key }) => key);
const offer = suite('typed').find(({ key }) => key.startsWith('offers'))?.key ?? third;

/** Everything holds, by both runners. */
export const healthy: Report = {
  ...report('healthy', [...suite('newman'), ...suite('typed')], { run: { ...RUN, runner: 'both' } }),
  coverage: COVERAGE,
};

/** A request is slower than its budget, a certificate runs out, one passed only after a retry, and somebody could not be told. */
export const degraded: Report = {
  ...report(
    'degraded',
    changed(suite('typed'), {
      [offer]: () => ({ durationMs: 1412, findings: [slow(1412)] }),
      [second]: () => ({ findings: [EXPIRING] }),
      [third]: () => ({ attempts: 2, flaky: true }),
    }),
    { run: RUN },
  ),
  coverage: COVERAGE,
  origins: [{ ...ORIGIN, certificate: TAKEN.certificate, credentials: TAKEN.credentials }],
  warnings: ['the notifier hooks.example.test did not take the message (503)'],
};

/** Two breaking differences, one that nobody notices, a failed test, and what was skipped for it; by both runners. */
export const drifted: Report = {
  ...report(
    'drifted',
    ['newman', 'typed'].flatMap((runner) =>
      changed(suite(runner), {
        [SEARCH]: () => ({
          outcome: 'failed',
          findings: [nullId, noPostcode, newTier],
          detail: detailOf(CUSTOMER),
        }),
        [offer]: () => ({
          status: 404,
          outcome: 'failed',
          findings: [gone],
          detail: detailOf({ status: 'error', errors: [{ code: 'not_found' }] }, 404),
        }),
        [third]: () => ({
          outcome: 'failed',
          assertions: [
            { name: 'status is 200', passed: true },
            {
              name: 'finds the customer',
              passed: false,
              error: 'expected [] to have a length of 1 but got 0',
            },
          ],
          detail: detailOf({ status: 'ok', results: [] }),
        }),
        [second]: () => ({
          status: null,
          durationMs: 0,
          attempts: 0,
          outcome: 'skipped',
          reason: `needs offer_id, which ${offer} did not yield`,
        }),
      }),
    ),
    { run: { ...RUN, runner: 'both' }, collection: { reconstruction: true } },
  ),
  coverage: COVERAGE,
};

const refused = finding('unreachable', '', {
  expected: 'an answer',
  actual: 'ECONNREFUSED',
  message: 'connect ECONNREFUSED 192.0.2.17:443',
});

/** Nothing answers. */
export const down: Report = {
  ...report(
    'down',
    suite('typed').map((one, at) => ({
      ...one,
      status: null,
      durationMs: 0,
      ...(at === 0
        ? { attempts: 3, outcome: 'failed' as const, findings: [refused] }
        : {
            attempts: 0,
            outcome: 'skipped' as const,
            reason: 'https://api.staging.example.test is down (ECONNREFUSED)',
          }),
    })),
    { run: RUN },
  ),
  coverage: NO_COVERAGE,
  origins: [{ origin: ORIGIN.origin, failure: 'ECONNREFUSED' }],
};

/** Somebody stopped it when two thirds were done, and nothing was wrong by then. */
export const interrupted: Report = {
  ...report(
    'incomplete',
    suite('typed').map((one, at) =>
      at < 48
        ? one
        : {
            ...one,
            status: null,
            durationMs: 0,
            attempts: 0,
            outcome: 'skipped' as const,
            reason: 'the run was interrupted',
          },
    ),
    { run: { ...RUN, interrupted: true } },
  ),
};

/** One report a verdict. */
export const EXAMPLES: Readonly<Record<Verdict, Report>> = {
  healthy,
  degraded,
  drifted,
  down,
  incomplete: interrupted,
};

/** Thirty nights before a report, of which the last few were already as it is. */
export function historyOf({ verdict }: Report): HistoryRun[] {
  const keys = suite('typed').map(({ key }) => key);
  return Array.from({ length: 30 }, (_, night): HistoryRun => {
    const startedAt = new Date(Date.UTC(2026, 0, 30 + night, 2)).toISOString();
    const past: Verdict = night === 14 ? 'degraded' : 'healthy';
    return {
      startedAt,
      verdict: verdict === 'drifted' && night >= 27 ? 'drifted' : past,
      requests: Object.fromEntries(keys.map((key) => [key, durationOf(key, night)])),
    };
  });
}
