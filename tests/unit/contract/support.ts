import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadCollection } from '../../../src/collection/load';
import type { Config } from '../../../src/config/config';
import { checkExchange } from '../../../src/contract/check';
import { SchemaStore } from '../../../src/contract/store';
import type { Exchange, Header } from '../../../src/exchange/exchange';
import type { Finding } from '../../../src/findings/finding';
import { describeRequests, type PlannedRequest } from '../../../src/plan/plan';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A store of these files, a text being one as it is; removed when the tests of the file are done. */
export function storeOf(files: Readonly<Record<string, unknown>>): SchemaStore {
  const folder = mkdtempSync(join(tmpdir(), 'driftgate-schemas-'));
  folders.push(folder);
  for (const [name, schema] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof schema === 'string' ? schema : JSON.stringify(schema));
  }
  return SchemaStore.load(folder, 'schemas');
}

interface Saved {
  readonly code?: number;
  readonly body?: unknown;
  readonly type?: string;
}

/** The request `get` with these saved examples. */
export function plannedWith(examples: readonly Saved[], settings: object = {}): PlannedRequest {
  const collection = loadCollection(
    {
      info: { name: 'C' },
      item: [
        {
          name: 'get',
          request: { method: 'GET', url: 'http://127.0.0.1/x' },
          response: examples.map(({ code = 200, body = {}, type = 'application/json' }) => ({
            name: String(code),
            code,
            header: type === '' ? [] : [{ key: 'Content-Type', value: type }],
            body: body === '' ? '' : JSON.stringify(body),
          })),
        },
      ],
    },
    'c.json',
    'c',
  );
  const config = { captures: {}, requests: { get: settings }, variables: {} } as unknown as Config;
  const [planned] = describeRequests(collection, config);
  if (planned === undefined) throw new Error('no request');
  return planned;
}

/** An exchange with this answer. */
export function exchangeWith(
  body: unknown,
  {
    status = 200,
    headers = [['Content-Type', 'application/json']],
    durationMs = 1,
  }: {
    status?: number;
    headers?: Header[];
    durationMs?: number;
  } = {},
): Exchange {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    key: 'get',
    runner: 'typed',
    sent: { method: 'GET', url: 'http://127.0.0.1/x', headers: [], body: '' },
    response: { status, statusText: '', headers, body: text, sizeBytes: text.length },
    failure: null,
    startedAt: 0,
    durationMs,
    attempts: 1,
    assertions: [],
    scriptErrors: [],
  };
}

/** Each finding as `kind pointer`, with its count where it stands for several places. */
export function brief(findings: readonly Finding[]): string[] {
  return findings.map(({ kind, pointer, count }) => `${kind} ${pointer}${count > 1 ? ` x${count}` : ''}`);
}

/** Checks a body against one schema of status 200. */
export function check(
  schema: unknown,
  body: unknown,
  files: Readonly<Record<string, unknown>> = {},
): Finding[] {
  const store = storeOf({ 'get.200.json': schema, ...files });
  return checkExchange(plannedWith([{ body: {} }]), exchangeWith(body), store);
}
