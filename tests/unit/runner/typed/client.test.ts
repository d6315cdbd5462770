import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { HttpClient } from '../../../../src/runner/typed/client';
import { startServer } from '../../../integration/support/server';

// A server that answers the first request of a connection, and cuts the connection off when a second one comes on it.
async function cuttingServer() {
  const seen = new Set<unknown>();
  return startServer((request, response) => {
    if (seen.has(request.socket)) return request.socket.destroy();
    seen.add(request.socket);
    return response.end('{}');
  });
}

const OPTIONS = {
  maxSockets: 1,
  insecure: false,
  extraCaCerts: null,
  clientCertificate: null,
  proxies: false,
};

test('a read on a connection that was idle and is gone is sent once more, and a change is not', async () => {
  const server = await cuttingServer();
  const client = new HttpClient(OPTIONS);
  const send = (method: string) =>
    client.send({ method, url: `${server.origin}/x`, headers: [['Host', 'loopback']], body: '' }, 5_000);
  try {
    expect((await send('GET')).status).toBe(200);
    expect((await send('GET')).status).toBe(200);
    expect(server.received).toHaveLength(3);
    await expect(send('POST')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(server.received).toHaveLength(4);
  } finally {
    client.close();
    await server.close();
  }
});

/** A server in a thread of its own, which answers when it is told to, also while this one is busy. */
async function startApart() {
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads');
    const server = require('node:http').createServer((request, response) => {
      parentPort.once('message', () => response.end('{}'));
      parentPort.postMessage('received');
    });
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`,
    { eval: true },
  );
  const [port] = await once(worker, 'message');
  return { worker, url: `http://127.0.0.1:${port}/x` };
}

test('what the process is busy with itself is neither a timeout nor slowness of the API', async () => {
  const { worker, url } = await startApart();
  const client = new HttpClient(OPTIONS);
  const send = (timeoutMs: number) =>
    client.send({ method: 'GET', url, headers: [['Host', 'loopback']], body: '' }, timeoutMs);
  try {
    const answer = send(300);
    await once(worker, 'message');
    worker.postMessage('answer');
    // Nothing wakes it: this is a check that takes twice as long as the answer may.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
    const { status, tookMs } = await answer;
    expect(status).toBe(200);
    expect(tookMs).toBeLessThan(300);
    // The time of what never answers is over all the same.
    await expect(send(50)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  } finally {
    client.close();
    await worker.terminate();
  }
});
