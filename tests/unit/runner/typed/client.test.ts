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
