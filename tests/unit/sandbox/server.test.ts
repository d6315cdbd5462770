import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { connect } from 'node:net';
import { UsageError } from '../../../src/errors';
import { startSandbox } from '../../../src/sandbox';
import { Client, Sandboxes } from './client';

const sandboxes = new Sandboxes();
afterAll(() => sandboxes.closeAll());

const REQUEST_START = 'http.server.request.start';

/** Resolves when the next request has reached a server of this process, before anything of it is answered. */
function nextRequest(): Promise<void> {
  return new Promise((resolve) => {
    const heard = () => {
      unsubscribe(REQUEST_START, heard);
      resolve();
    };
    subscribe(REQUEST_START, heard);
  });
}

test.each(['hang', 'delay 60000'])('close ends at once although an answer waits (%s)', async (action) => {
  const sandbox = await startSandbox({ faults: [`GET /campaigns ${action}`] });
  const longTimers = jest.spyOn(globalThis, 'setTimeout');
  const arrived = nextRequest();
  const waiting = new Client(sandbox).core('GET', '/campaigns');
  const dropped = expect(waiting).rejects.toThrow('fetch failed');
  await arrived;
  await sandbox.close();
  await dropped;
  expect(sandbox.received).toMatchObject([{ method: 'GET', status: null }]);
  // What is begun behind its back would keep the process for a minute.
  expect(longTimers.mock.calls.filter(([, ms]) => ms === 60_000)).toEqual([]);
  longTimers.mockRestore();
  // Closing twice is harmless.
  await sandbox.close();
});

test('close ends an answer that waits already', async () => {
  const sandbox = await startSandbox({ faults: ['GET /campaigns delay 60000'] });
  const real = globalThis.setTimeout;
  const waits = new Promise<NodeJS.Timeout>((resolve) => {
    jest.spyOn(globalThis, 'setTimeout').mockImplementation((act, ms) => {
      const timer = real(act, ms);
      if (ms === 60_000) resolve(timer);
      return timer;
    });
  });
  const dropped = expect(new Client(sandbox).core('GET', '/campaigns')).rejects.toThrow('fetch failed');
  const timer = await waits;
  jest.restoreAllMocks();
  const ended = jest.spyOn(globalThis, 'clearTimeout');
  await sandbox.close();
  await dropped;
  expect(ended).toHaveBeenCalledWith(timer);
  jest.restoreAllMocks();
});

test('close drops idle connections, and the port is free again', async () => {
  const sandbox = await startSandbox();
  const port = Number(new URL(sandbox.origin).port);
  const idle = connect(port, '127.0.0.1');
  await new Promise((resolve) => idle.once('connect', resolve));
  const gone = new Promise((resolve) => idle.once('close', resolve));
  await sandbox.close();
  await gone;
  const again = await startSandbox({ port });
  expect(again.origin).toBe(sandbox.origin);
  await again.close();
});

test('a port in use is a usage error', async () => {
  const { sandbox } = await sandboxes.start();
  const second = startSandbox({ port: Number(new URL(sandbox.origin).port) });
  await expect(second).rejects.toThrow(UsageError);
  await expect(second).rejects.toThrow(/EADDRINUSE.*choose another port/);
});

test('it says what it received, and each start is a new tenant', async () => {
  const one = await sandboxes.start();
  const two = await sandboxes.start();
  const body = { user: { external_id: 'only-here' } };
  await one.core('POST', '/users', { body, headers: { 'Message-ID': 'm-1' } });
  const key = one.sandbox.variables.api_key;
  expect(one.sandbox.received).toEqual([
    {
      method: 'POST',
      path: `/priv/v1/apps/${key}/users`,
      headers: expect.objectContaining({ 'message-id': 'm-1' }),
      body: JSON.stringify(body),
      status: 200,
    },
  ]);
  expect((await two.core('GET', '/external/users/only-here')).status).toBe(404);
});

test('its variables are those of an environment that fits it', async () => {
  const { sandbox } = await sandboxes.start({ variables: { culture: 'fr-FR', extra: 'x' } });
  expect(Object.keys(sandbox.variables)).toEqual([
    'core_host',
    'api_key',
    'api_secret',
    'connect_host',
    'connect_key',
    'connect_secret',
    'retailer_id',
    'pos_host',
    'pos_key',
    'pos_secret',
    'client_id',
    'store_id',
    'culture',
    'offer_id',
    'point_source_id',
    'event_lookup',
    'demo_user_id',
    'demo_email',
    'demo_external_id',
    'second_user_id',
    'extra',
  ]);
  expect(sandbox.variables.culture).toBe('fr-FR');
});
