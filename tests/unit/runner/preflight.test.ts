import * as net from 'node:net';
import { checkOrigin, type PreflightOptions } from '../../../src/runner/preflight';

const waits: number[] = [];
const options: PreflightOptions = {
  insecure: false,
  extraCaCerts: null,
  proxies: true,
  timeoutMs: 50,
  retry: {
    retries: 1,
    backoffMs: 1000,
    longestWaitMs: 30_000,
    clock: {
      now: Date.now,
      delay: async (ms) => {
        waits.push(ms);
      },
      random: () => 0,
    },
  },
};
let server: net.Server | null = null;
const sockets: net.Socket[] = [];
beforeEach(() => waits.splice(0));
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  const closing = server;
  server = null;
  if (closing !== null) await new Promise((resolve) => closing.close(resolve));
});

/** A server that takes connections, and does this with them. */
async function listen(take: (socket: net.Socket) => void): Promise<number> {
  const started = net.createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    take(socket);
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return (started.address() as net.AddressInfo).port;
}

test('who takes connections without TLS can be used, and is asked for nothing', async () => {
  let received = '';
  const port = await listen((socket) => socket.on('data', (chunk) => (received += chunk.toString())));
  expect(await checkOrigin(`http://127.0.0.1:${port}`, options)).toEqual({
    origin: `http://127.0.0.1:${port}`,
    address: '127.0.0.1',
    connectMs: expect.any(Number),
    failure: null,
    attempts: 1,
  });
  expect(received).toBe('');
});

test.each<[string, (socket: net.Socket) => void, object]>([
  ['never answers is a timeout', () => {}, { kind: 'timeout', code: 'ETIMEDOUT' }],
  ['hangs up is unreachable', (socket) => socket.end(), { kind: 'unreachable', code: 'ECONNRESET' }],
])('who %s, each time', async (_name, take, failure) => {
  const port = await listen(take);
  const check = await checkOrigin(`https://127.0.0.1:${port}`, options);
  expect(check).toMatchObject({ failure, attempts: 2 });
  expect({ waits, connections: sockets.length }).toEqual({ waits: [1000], connections: 2 });
});

test('who speaks no TLS has no certificate that could be trusted, and is asked once', async () => {
  const port = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  const check = await checkOrigin(`https://127.0.0.1:${port}`, options);
  expect(check).toMatchObject({ failure: { kind: 'tls-invalid' }, attempts: 1 });
});

test('who is stopped looks no further', async () => {
  const stopping = new AbortController();
  const port = await listen(() => stopping.abort());
  const check = await checkOrigin(`https://127.0.0.1:${port}`, {
    ...options,
    timeoutMs: 60_000,
    signal: stopping.signal,
  });
  expect(check).toMatchObject({ failure: { kind: 'unreachable' }, attempts: 1 });
  expect({ waits, connections: sockets.length }).toEqual({ waits: [], connections: 1 });
});

test('what is reached through a proxy is left to it', async () => {
  process.env.HTTPS_PROXY = 'http://127.0.0.1:9';
  try {
    const origin = 'https://api.example.test';
    expect(await checkOrigin(origin, options)).toEqual({ origin, failure: null, attempts: 0 });
  } finally {
    delete process.env.HTTPS_PROXY;
  }
});
