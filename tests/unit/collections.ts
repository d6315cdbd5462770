import { loadCollection } from '../../src/collection/load';
import type { Collection, CollectionRequest } from '../../src/collection/model';
import type { Config } from '../../src/config/config';
import type { Exchange, ReceivedResponse } from '../../src/exchange/exchange';
import type { PlannedRequest } from '../../src/plan/plan';

/** Small collections, plans and exchanges to make tests of. */

type Json = Record<string, unknown>;

/** A request item; `more` goes into its `request`. */
export const item = (name: string, url: unknown = 'https://api.example.test/x', more: Json = {}): Json => ({
  name,
  request: { method: 'GET', url, ...more },
});

export const folder = (name: string, ...items: readonly Json[]): Json => ({ name, item: items });

/** A test script on an item or folder. */
export const script = (listen: 'prerequest' | 'test', ...exec: readonly string[]): Json => ({
  listen,
  script: { exec },
});

/** The document of a collection. */
export const documentOf = (items: readonly unknown[], more: Json = {}): Json => ({
  info: { name: 'Shop' },
  item: items,
  ...more,
});

export const load = (items: readonly unknown[], more: Json = {}): Collection =>
  loadCollection(documentOf(items, more), 'shop.json', 'shop');

/** The one request of a collection of one item. */
export function requestOf(only: Json, more: Json = {}): CollectionRequest {
  const [request, ...others] = load([only], more).requests;
  if (request === undefined || others.length > 0) throw new Error('give exactly one request');
  return request;
}

export const configOf = (more: Partial<Config> = {}): Config => ({
  directory: '/project',
  file: '/project/driftgate.config.json',
  collection: '/project/shop.json',
  schemas: '/project/schemas/shop',
  variables: {},
  safeVariables: {},
  public: [],
  hosts: [],
  captures: {},
  requests: {},
  accepted: [],
  strict: false,
  undocumented: 'fail',
  health: { allow: [], certificateDays: 21, retries: 2, trend: false },
  notify: [],
  ...more,
});

export const plannedOf = (
  request: CollectionRequest,
  more: Partial<PlannedRequest> = {},
): PlannedRequest => ({
  request,
  needs: [],
  yields: [],
  scriptReads: [],
  access: null,
  captures: {},
  after: [],
  safe: true,
  settings: {},
  prerequisite: false,
  cleanup: false,
  lacking: null,
  ...more,
});

export const responseOf = (body: string, more: Partial<ReceivedResponse> = {}): ReceivedResponse => ({
  status: 200,
  statusText: 'OK',
  headers: [],
  body,
  sizeBytes: body.length,
  ...more,
});

export const exchangeOf = (more: Partial<Exchange> = {}): Exchange => ({
  key: 'r',
  runner: 'typed',
  sent: { method: 'GET', url: 'https://api.example.test/x', headers: [], body: '' },
  response: responseOf('{}'),
  failure: null,
  startedAt: 0,
  durationMs: 1,
  attempts: 1,
  assertions: [],
  scriptErrors: [],
  ...more,
});
