import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A loopback server for one test. */
export interface TestServer {
  readonly origin: string;
  readonly received: http.IncomingMessage[];
  /** The bodies of `received`, complete once a request was answered by `end`. */
  readonly bodies: Promise<Buffer>[];
  readonly close: () => Promise<void>;
}

/** Starts a server on a free port; closing it also cuts off answers that hang. */
export async function startServer(
  answer: (request: http.IncomingMessage, response: http.ServerResponse) => void,
): Promise<TestServer> {
  const received: http.IncomingMessage[] = [];
  const bodies: Promise<Buffer>[] = [];
  const server = http.createServer((request, response) => {
    received.push(request);
    bodies.push(bodyOf(request));
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    bodies,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function bodyOf(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // One that breaks off has what came of it.
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise<void>((resolve) => request.once('close', resolve));
  return Buffer.concat(chunks);
}

/** The origin of a port that nothing listens on. */
export async function closedOrigin(): Promise<string> {
  const server = await startServer((_request, response) => response.end());
  await server.close();
  return server.origin;
}
