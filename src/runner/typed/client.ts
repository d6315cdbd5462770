import * as http from 'node:http';
import * as https from 'node:https';
import { decodeBody } from '../../exchange/decode';
import { type Header, headerValue, type ReceivedResponse, type SentRequest } from '../../exchange/exchange';
import { timedOut } from '../../exchange/failure';
import { rootOf } from '../../exchange/origin';
import type { ClientCertificate } from '../client-certificate';
import { hasProxy, proxyFor, throughProxy, tunnelAgent } from '../proxy';
import { bodyBytes } from './delivery';
import { limit, waitingMs } from './waiting';

/** How a client connects. `maxSockets` bounds the connections to one origin. */
export interface ClientOptions {
  readonly maxSockets: number;
  readonly insecure: boolean;
  readonly extraCaCerts: string | null;
  readonly clientCertificate: ClientCertificate | null;
  /** Whether the proxies of the environment are used. */
  readonly proxies: boolean;
}

/** `authorization` is what a proxy asks for. */
interface Route extends Pick<http.RequestOptions, 'host' | 'port' | 'path' | 'agent'> {
  readonly authorization?: string | null;
  readonly tls?: https.AgentOptions;
}

/**
 * A keep-alive HTTP client: one connection is used for many requests, and nothing is loaded that Node has not got.
 *
 * It sends what it is given and follows nothing; redirects and cookies belong to the runner.
 */
export class HttpClient {
  readonly #http: http.Agent;
  readonly #https: https.Agent;
  readonly #tunnels = new Map<string, https.Agent>();
  readonly #secure: https.AgentOptions;
  readonly #proxies: boolean;
  #closed = false;

  constructor({ maxSockets, insecure, extraCaCerts, clientCertificate, proxies }: ClientOptions) {
    const agent = { keepAlive: true, maxSockets };
    this.#http = new http.Agent(agent);
    this.#secure = {
      ...agent,
      rejectUnauthorized: !insecure,
      ...(extraCaCerts !== null && { ca: [...trustedByNode(), extraCaCerts] }),
      ...clientCertificate,
    };
    this.#https = new https.Agent(this.#secure);
    this.#proxies = proxies && hasProxy();
  }

  /**
   * Sends one request and reads the whole answer.
   *
   * Errors: Node's own error of the connection; one with the code `ETIMEDOUT` when `timeoutMs` have passed.
   */
  async send(request: SentRequest, timeoutMs: number): Promise<ReceivedResponse> {
    try {
      return await this.#once(request, timeoutMs);
    } catch (error) {
      // What was cut off on purpose looks the same, and must not begin anew.
      if (!(error instanceof StaleSocketError) || this.#closed) throw error;
      return this.#once(request, timeoutMs);
    }
  }

  #once(request: SentRequest, timeoutMs: number): Promise<ReceivedResponse> {
    const url = rootOf(request.url) ?? new URL(request.url);
    const secure = url.protocol === 'https:';
    const keepsOpen = headerValue(request.headers, 'connection') !== undefined;
    const { host, port, path, agent, authorization, tls } = this.#route(url, request.url);
    const headers: readonly Header[] =
      authorization == null ? request.headers : [...request.headers, ['Proxy-Authorization', authorization]];
    return new Promise((resolve, reject) => {
      const outgoing = (secure ? https : http).request({
        host,
        port,
        path,
        agent,
        method: request.method,
        setHost: false,
        ...tls,
        ...(keepsOpen && { headers: headers.flat() }),
      });
      if (!keepsOpen) writeWithoutConnection(outgoing, headers);
      const fail = (error: Error) => {
        stopLimit();
        reject(isStale(outgoing, error) ? new StaleSocketError(error.message, { cause: error }) : error);
      };
      const chunks: Buffer[] = [];
      let sentAt = waitingMs();
      let lastAt = sentAt;
      const stopLimit = limit(timeoutMs, () => {
        // Rejected first: a body that is cut off would otherwise call itself a reset.
        fail(timedOut(timeoutMs));
        outgoing.destroy();
      });
      whenConnected(outgoing, secure, () => {
        sentAt = waitingMs();
      });
      outgoing.on('error', fail);
      outgoing.on('response', (incoming) => {
        lastAt = waitingMs();
        incoming.on('data', (chunk: Buffer) => {
          lastAt = waitingMs();
          chunks.push(chunk);
        });
        incoming.on('error', fail);
        incoming.on('end', () => {
          stopLimit();
          const [only] = chunks;
          const raw = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
          received(incoming, raw, Math.max(0, lastAt - sentAt)).then(resolve, reject);
        });
      });
      outgoing.end(bodyBytes(request));
    });
  }

  /** Where a request connects, and by which agent: straight, or the way of the environment's proxy. */
  #route(url: URL, text: string): Route {
    const proxy = this.#proxies ? proxyFor(url) : null;
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (url.protocol !== 'https:') {
      return proxy === null
        ? { host, port: url.port, path: pathOf(text), agent: this.#http }
        : Object.assign(throughProxy(proxy, text), { agent: this.#http });
    }
    if (proxy === null) return { host, port: url.port, path: pathOf(text), agent: this.#https };
    const agent = this.#tunnels.get(proxy.href) ?? tunnelAgent(proxy, this.#secure);
    this.#tunnels.set(proxy.href, agent);
    // A tunnel takes what TLS needs from the request, not from its agent.
    return { host, port: url.port, path: pathOf(text), agent, tls: this.#secure };
  }

  /** Closes the idle connections; a request that is under way is cut off. */
  close(): void {
    this.#closed = true;
    this.#http.destroy();
    this.#https.destroy();
    for (const tunnel of this.#tunnels.values()) tunnel.destroy();
  }
}

/** Node adds the header `Connection` by itself, unless it was there and was taken away. */
function writeWithoutConnection(outgoing: http.ClientRequest, headers: readonly Header[]): void {
  for (const [name] of headers) {
    const values = headers.filter(([other]) => other === name).map(([, value]) => value);
    outgoing.setHeader(name, values.length === 1 ? (values[0] ?? '') : values);
  }
  outgoing.removeHeader('connection');
}

/** Host and port of an absolute URL, as they are written: `URL` drops a port that is the default. */
export function hostOf(url: string): string {
  const authority = /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? '';
  return authority.slice(authority.lastIndexOf('@') + 1);
}

/** Path and query of an absolute URL, as they are written: `URL` would resolve `..` and encode in its own way. */
function pathOf(url: string): string {
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/#.*$/s, '');
  return path.startsWith('/') ? path : `/${path}`;
}

/** The server closed an idle connection just when the request was written to it: nothing was received, by nobody. */
class StaleSocketError extends Error {
  readonly code = 'ECONNRESET';
}

/** Only what changes nothing is sent again: of anything else nobody knows whether it arrived. */
function isStale(
  { reusedSocket, method, res }: http.ClientRequest & { res?: unknown },
  error: Error,
): boolean {
  const isRead = method === 'GET' || method === 'HEAD';
  return isRead && reusedSocket && (res ?? null) === null && Reflect.get(error, 'code') === 'ECONNRESET';
}

/** Node's own list of authorities: `ca` replaces it, so that an extra certificate needs both. */
export function trustedByNode(): readonly string[] {
  return (require('node:tls') as typeof import('node:tls')).rootCertificates;
}

/** Calls when a request has its connection, which is when it is written. */
function whenConnected(outgoing: http.ClientRequest, secure: boolean, then: () => void): void {
  outgoing.on('socket', (socket) => {
    if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', then);
    else then();
  });
}

async function received(
  incoming: http.IncomingMessage,
  raw: Buffer,
  tookMs: number,
): Promise<ReceivedResponse> {
  const headers: Header[] = [];
  for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
    headers.push([incoming.rawHeaders[at] ?? '', incoming.rawHeaders[at + 1] ?? '']);
  }
  const { text, bytes, sizeBytes } = await decodeBody(raw, headers);
  return {
    status: incoming.statusCode ?? 0,
    statusText: incoming.statusMessage ?? '',
    headers,
    body: text,
    bytes,
    sizeBytes,
    tookMs,
  };
}
