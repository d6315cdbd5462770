import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCollection } from '../../../src/collection/load';
import type { Config } from '../../../src/config/config';
import { ReturnedProperties } from '../../../src/contract/coverage';
import { rowOf } from '../../../src/engine/rows';
import type { Exchange, ExchangeFailure, Header } from '../../../src/exchange/exchange';
import { Masker } from '../../../src/masking/masker';
import { describeRequests } from '../../../src/plan/plan';
import { buildReport } from '../../../src/report/build';
import { toTerminal } from '../../../src/report/terminal';
import { storeOf } from './support';

// What a person reads of each drift, at 80 columns, through the path that a run takes. Held against one question: woken
// at night by this, would I know what to do? `npm run golden:update` writes them anew.
const GOLDEN = join(__dirname, 'golden');
const KEY = 'customers/get-customer';
const SECRET = 'sk-live-4eC39HqLyjWDarjtT1zdp7dc';

const USER = {
  type: 'object',
  'x-samples': 12,
  required: ['id', 'name', 'status'],
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    email: { type: 'string', format: 'email' },
    status: { type: 'string', enum: ['active', 'blocked'] },
    points: { type: 'integer', minimum: 0 },
    ref: { const: '9007199254740992' },
    limit: { type: 'integer', maximum: 1000 },
    access_token: { type: 'string' },
    tags: { type: 'array', maxItems: 3, items: { type: 'string' } },
    orders: {
      type: 'array',
      items: { type: 'object', required: ['total'], properties: { total: { type: 'number' } } },
    },
    names: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['first'],
        properties: { first: { type: 'string' } },
      },
    },
    card: {
      oneOf: [
        {
          type: 'object',
          required: ['kind', 'iban'],
          properties: { kind: { const: 'bank' }, iban: { type: 'string' } },
        },
        {
          type: 'object',
          required: ['kind', 'expires'],
          properties: { kind: { const: 'credit' }, expires: { type: 'string', format: 'date' } },
        },
      ],
    },
  },
};
const variants = {
  anyOf: [
    {
      title: 'success',
      'x-samples': 4,
      type: 'object',
      required: ['status', 'user'],
      properties: { status: { type: 'string', enum: ['ok'] }, user: { $ref: '../shared/user.json' } },
    },
    {
      title: 'error',
      'x-samples': 1,
      type: 'object',
      required: ['status', 'code'],
      properties: { status: { type: 'string', enum: ['error'] }, code: { type: 'string' } },
    },
  ],
};
const FILES = {
  [`${KEY}.200.json`]: JSON.stringify({ ...USER, 'x-samples': 1 }, null, 2),
  [`${KEY}.404.json`]: JSON.stringify({ type: 'object' }, null, 2),
  [`${KEY}.207.json`]: JSON.stringify(variants, null, 2),
  [`${KEY}.201.json`]: JSON.stringify(USER, null, 2),
  'shared/user.json': JSON.stringify(USER, null, 2),
};
const ALL = { id: 1, name: 'Ada', status: 'active' };

interface Drift {
  /** What the example documents, and the answer where it is the same there. */
  readonly status?: number;
  readonly example?: unknown;
  readonly media?: string;
  readonly answered?: number;
  readonly body?: unknown;
  readonly received?: string;
  readonly failure?: ExchangeFailure;
  readonly redirect?: string;
  readonly durationMs?: number;
  readonly settings?: object;
}

/** One drift a line; a text is a body as it is sent. */
const DRIFTS: Readonly<Record<string, Drift>> = {
  'status-changed': { answered: 404 },
  'status-server-error': { answered: 500, body: 'upstream' },
  'host-not-working': { answered: 503, body: 'upstream' },
  'status-refused': { answered: 401 },
  'status-redirect': { answered: 302, redirect: 'https://login.example.test/' },
  'media-type-page': { body: '<!doctype html><title>Sign in</title>', received: 'text/html' },
  'media-type-other': { body: ALL, received: 'application/problem+json' },
  'not-json-cut-off': { body: '{"id": 1, "name": "Ad' },
  'not-json-empty': { body: '' },
  'property-missing': { body: { id: 1, status: 'active' } },
  'property-missing-many-samples': { status: 201, body: { id: 1, status: 'active' } },
  'property-missing-in-items': { status: 201, body: { ...ALL, orders: [{}, { total: 2 }, {}, {}] } },
  'property-missing-in-map': { status: 201, body: { ...ALL, names: { de: {}, en: { first: 'x' }, fr: {} } } },
  'type-changed': { status: 201, body: { ...ALL, id: '1' } },
  'type-changed-object': { body: { ...ALL, name: { first: 'Ada', last: 'Lovelace', access_token: SECRET } } },
  'type-changed-shared': { status: 207, body: { status: 'ok', user: { ...ALL, name: 7 } } },
  'null-unexpected': { status: 201, body: { ...ALL, name: null } },
  'enum-value-unknown': { status: 201, body: { ...ALL, status: 'frozen' } },
  'format-violated': { status: 201, body: { ...ALL, email: 'ada at example.test' } },
  'constraint-bound': { status: 201, body: { ...ALL, points: -5 } },
  'constraint-length': { status: 201, body: { ...ALL, tags: ['a', 'b', 'c', 'd'] } },
  'constraint-big-integer': {
    status: 201,
    body: '{"id":1,"name":"Ada","status":"active","limit":9007199254740993}',
  },
  'constraint-repeated-name': { status: 201, body: '{"id":1,"name":"Ada","name":"Bob","status":"active"}' },
  'variant-error': { status: 207, body: { status: 'error', code: 'validation' } },
  'variant-nearest': { status: 201, body: { ...ALL, card: { kind: 'credit', expires: '12/27' } } },
  'variant-none': { status: 201, body: { ...ALL, card: { kind: 'crypto' } } },
  'property-undeclared': { status: 201, body: { ...ALL, shoe_size: 43 } },
  'credential-hidden': { status: 201, body: { ...ALL, access_token: 5512 } },
  'secret-masked': { status: 201, body: { ...ALL, status: SECRET } },
  'hostile-text': { status: 201, body: { ...ALL, status: '\u001b[2J\u202eevil' } },
  'header-missing': { status: 201, body: ALL, settings: { headers: ['Message-Id'] } },
  'text-empty': { status: 206, example: 'pong', media: 'text/plain', body: '' },
  'xml-broken': { status: 206, example: '<a/>', media: 'application/xml', body: '<a>\n  <b>\n</a>' },
  'latency-budget-exceeded': { body: ALL, durationMs: 1412.4, settings: { latencyBudgetMs: 800 } },
  'unreachable-refused': {
    failure: { kind: 'unreachable', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:443' },
  },
  'unreachable-no-host': {
    failure: { kind: 'unreachable', code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND api.example.test' },
  },
  timeout: {
    failure: { kind: 'timeout', code: 'ETIMEDOUT', message: 'no complete answer within 15000 ms' },
  },
  'tls-invalid': {
    failure: { kind: 'tls-invalid', code: 'CERT_HAS_EXPIRED', message: 'certificate has expired' },
  },
};

function told(drift: Drift): string {
  const { status = 200, media = 'application/json', settings = {} } = drift;
  const example = drift.example ?? (status === 207 ? { status: 'ok', user: ALL } : ALL);
  const collection = loadCollection(
    {
      info: { name: 'Acme' },
      item: [
        {
          name: 'Customers',
          item: [
            {
              name: 'Get customer',
              request: { method: 'GET', url: 'https://api.example.test/customers/1' },
              response: [
                {
                  name: 'saved',
                  code: status,
                  header: [{ key: 'Content-Type', value: media }],
                  body: typeof example === 'string' ? example : JSON.stringify(example),
                },
              ],
            },
          ],
        },
      ],
    },
    'acme.json',
    'acme',
  );
  const config = { captures: {}, requests: { [KEY]: settings }, variables: {} } as unknown as Config;
  const [planned] = describeRequests(collection, config);
  if (planned === undefined) throw new Error('no request');
  const masker = new Masker();
  masker.add('api_secret', SECRET);
  const maker = {
    store: storeOf(FILES),
    masker,
    strict: false,
    order: new Map(),
    runner: 'typed',
    room: { left: 0 },
    accepted: [],
    today: '2026-01-01',
    returned: new ReturnedProperties(),
  };
  const { row, order, body } = rowOf({ planned, exchange: exchangeOf(drift) }, maker);
  const report = buildReport(
    {
      run: { id: 'r', startedAt: '', durationMs: 0, environment: '', runner: 'typed', target: '' },
      collection: { name: 'Acme', sha256: '' },
    },
    [{ row, order, ...(body !== undefined && { body }) }],
  );
  const [findings = ''] = toTerminal(report, { color: false, width: 80, reports: [] }).split('\n\n');
  return `${findings}\n`;
}

function exchangeOf({ failure, status = 200, answered = status, media, ...drift }: Drift): Exchange {
  const body = drift.body ?? {};
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = drift.received ?? media ?? 'application/json';
  const headers: Header[] = [['Content-Type', type]];
  return {
    key: KEY,
    runner: 'typed',
    sent: { method: 'GET', url: 'https://api.example.test/customers/1', headers: [], body: '' },
    response:
      failure === undefined
        ? { status: answered, statusText: '', headers, body: text, sizeBytes: text.length }
        : null,
    failure: failure ?? null,
    ...(drift.redirect !== undefined && { refusedRedirect: drift.redirect }),
    startedAt: 0,
    durationMs: drift.durationMs ?? 1,
    attempts: 1,
    assertions: [],
    scriptErrors: [],
  };
}

const isUpdate = process.env.GOLDEN_UPDATE === '1';
if (isUpdate) {
  rmSync(GOLDEN, { recursive: true, force: true });
  mkdirSync(GOLDEN);
}

test.each(Object.entries(DRIFTS))('%s', (name, drift) => {
  const text = told(drift);
  const file = join(GOLDEN, `${name}.txt`);
  if (isUpdate) writeFileSync(file, text);
  expect(existsSync(file) ? readFileSync(file, 'utf8') : `no golden file ${name}.txt`).toBe(text);
  const lines = text.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(4);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  // It says where, what was expected and received, and a next step: a command, or where to look.
  expect(text).toMatch(/^ {2}expected .+, received .+$/m);
  expect(lines.length).toBeGreaterThanOrEqual(3);
  expect(text).not.toContain(SECRET.slice(0, 12));
});

test('every golden file has its drift', () => {
  const stray = readdirSync(GOLDEN).filter((file) => DRIFTS[file.replace(/\.txt$/, '')] === undefined);
  expect(stray).toEqual([]);
});
