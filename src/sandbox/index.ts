import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError } from '../errors';
import { DEFAULT_VARIABLES } from './http/credentials';
import { type Delivery, parseFault, withFaults } from './http/faults';
import { Router } from './http/router';

export { DEFAULT_VARIABLES as SANDBOX_VARIABLES } from './http/credentials';
export { FAULT_HELP } from './http/faults';

/** How a sandbox differs from the standard one. */
export interface SandboxOptions {
  /** Port on 127.0.0.1; without it, any free one. */
  port?: number;
  /** Values that replace the standard environment, credentials among them. */
  variables?: Readonly<Record<string, string>>;
  /** What is to go wrong, each as `FAULT_HELP` says. */
  faults?: readonly string[];
  /** Milliseconds since the epoch; the clock of every time, lifetime and age. */
  now?: () => number;
  /** Hears of each request when all of it is there, before it is answered. */
  onReceived?: (request: ReceivedRequest) => void;
}

/** A request as the sandbox received it. `status` is null until it is answered. */
export interface ReceivedRequest {
  method: string;
  /** Path with query, as sent. */
  path: string;
  /** As sent, so with credentials: never print them. */
  headers: Record<string, string | string[] | undefined>;
  body: string;
  status: number | null;
}

/** A running sandbox. */
export interface Sandbox {
  /** Such as `http://127.0.0.1:49152`. */
  readonly origin: string;
  /** Values of an environment that fits this sandbox. */
  readonly variables: Readonly<Record<string, string>>;
  /** The latest requests, oldest first. */
  readonly received: readonly ReceivedRequest[];
  /** Drops every connection, even one that waits for an answer, and resolves when the port is free again. */
  close(): Promise<void>;
}

const LARGEST_BODY_BYTES = 1024 * 1024;
/** A sandbox may run for days; older requests are forgotten. */
const MOST_RECEIVED = 10_000;
/** Longer than clients keep idle connections, so that a reused one is not dropped under a request. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Starts a stateful stand-in for the Starter Pack's API: its Core, Connect and POS families.
 *
 * Each start is a new tenant with a demo customer and a second one. The Host header is ignored.
 * Errors: UsageError for a fault that cannot be read, or a port that cannot be used.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const faults = (options.faults ?? []).map(parseFault);
  const now = options.now ?? Date.now;
  const variables = Object.freeze({ ...DEFAULT_VARIABLES, ...options.variables });
  const router = new Router(variables, now);
  const received: ReceivedRequest[] = [];
  const timers = new Set<NodeJS.Timeout>();

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url: target = '', headers } = request;
    const entry: ReceivedRequest = { method, path: target, headers: { ...headers }, body: '', status: null };
    received.push(entry);
    if (received.length > MOST_RECEIVED) {
      received.shift();
    }
    const body = await readBody(request);
    entry.body = body ?? '';
    options.onReceived?.(entry);
    const { reply, route, delivered } = router.answer({ method, target, headers, body });
    const delivery = withFaults(
      { ...reply, headers: { Date: new Date(now()).toUTCString(), ...reply.headers } },
      route,
      faults,
    );
    const send = (): void => {
      // A hanging answer is still on its way.
      if (delivery.end !== 'hang') {
        delivered();
      }
      deliver(delivery, request, response, entry);
    };
    // Even a timer of 0 ms would cost every answer a millisecond.
    if (delivery.delayMs === 0) {
      send();
      return;
    }
    // Closed while the request was read: a timer that starts now is one that nobody ends.
    if (!server.listening) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      send();
    }, delivery.delayMs);
    timers.add(timer);
  };

  const server = createServer((request, response) => {
    // The client went away while it was sending: there is nobody to answer.
    serve(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // What is no port at all is thrown, and not told by an event.
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  }).catch((cause: NodeJS.ErrnoException) => {
    const what = `cannot listen (${cause.code ?? cause.message})`;
    const todo = 'choose another port, or none for any free one';
    throw new UsageError(what, `sandbox port ${options.port ?? 0}`, todo, { cause });
  });

  const { port } = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  return {
    origin: `http://127.0.0.1:${port}`,
    variables,
    received,
    close() {
      closed ??= new Promise<void>((resolve) => {
        for (const timer of timers) {
          clearTimeout(timer);
        }
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closed;
    },
  };
}

function deliver(
  delivery: Delivery,
  request: IncomingMessage,
  response: ServerResponse,
  entry: ReceivedRequest,
): void {
  if (delivery.end === 'hang') {
    return;
  }
  if (delivery.end === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  // The date comes from the sandbox's own clock, and a fault may leave it out.
  response.sendDate = false;
  entry.status = delivery.status;
  response.statusCode = delivery.status;
  for (const [name, value] of Object.entries(delivery.headers)) {
    response.setHeader(name, value);
  }
  response.end(delivery.text);
}

/** The body as text, or `undefined` where it is too long to be kept. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST_BODY_BYTES) {
      chunks.push(chunk);
    }
  }
  return size > LARGEST_BODY_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}
