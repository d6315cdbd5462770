import * as http from 'node:http';
import * as https from 'node:https';
import { rootCertificates } from 'node:tls';
import type { Header } from '../../exchange/exchange';
import { timedOut } from '../../exchange/failure';
import type { HangingOrigins } from '../../exchange/hanging';
import { isCredentialName } from '../../masking/masker';
import type { HostGuard } from '../host-guard';
import { proxyFor, throughProxy, tunnelAgent } from '../proxy';
import type { NewmanJob } from './protocol';

/** A request as it goes over the wire; a body past the limit is cut off there. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: () => Header[];
  readonly body: Buffer[];
}

/** What is kept of a body that was sent. Units: bytes. */
const MAX_KEPT_BODY = 1_048_576;

/** What the guard saw during one request. */
export interface GuardLog {
  /** The request that was sent last: after redirects and challenges, with what the HTTP client added. */
  wire: WireRequest | null;
  refusedRedirect: string | null;
  /** Of the last response: with the names, order and repeats that Newman's own list of headers loses. */
  rawHeaders: readonly string[];
  readonly refusedHosts: string[];
  /** The limit of the current request, which Newman itself has only for a whole run. Units: milliseconds. */
  timeoutMs: number;
  timedOut: boolean;
  /** Whether the parent wants nothing more to be sent, and whether the current request was refused for that. */
  isStopping: boolean;
  refusedToStop: boolean;
  /** What need not be waited for any more: the parent skips it by the same rule. */
  readonly hanging: HangingOrigins;
  /** The redirect that was answered last, as long as it may still be followed. */
  redirect: { readonly from: string; readonly to: string } | null;
}

type AgentRequest = Omit<http.ClientRequest, 'onSocket'> & { onSocket(socket: null, error: Error): void };
interface ConnectOptions {
  readonly host?: string | null | undefined;
  readonly hostname?: string | null;
  readonly port?: number | string | null | undefined;
}

/**
 * Agents through which Newman cannot reach a host that is not allowed, from a request, a redirect or a script.
 *
 * A redirect elsewhere loses its `Location` before Newman sees it: so it is not followed, and the redirect itself is
 * the answer that the contract check judges. The raw headers keep what the server said.
 */
export function guardedAgents(
  guard: HostGuard,
  log: GuardLog,
  {
    extraCaCerts,
    clientCertificate,
    proxies,
  }: Pick<NewmanJob, 'extraCaCerts' | 'clientCertificate' | 'proxies'>,
): { http: http.Agent; https: https.Agent } {
  const refuse = (options: ConnectOptions, protocol: string, request: AgentRequest): Error | null => {
    const url = originOf(options, protocol);
    if (log.isStopping) {
      log.refusedToStop = true;
      return Object.assign(new Error('the run was stopped'), { code: 'ESTOPPED' });
    }
    if (!guard.allows(url)) {
      log.refusedHosts.push(url.host);
      return Object.assign(new Error(`${url.host} is not an allowed host`), { code: 'EHOSTREFUSED' });
    }
    if (log.hanging.isHanging(url.origin)) {
      return Object.assign(new Error(`${url.origin} has answered nothing in time`), { code: 'ETIMEDOUT' });
    }
    const hop = log.redirect;
    log.redirect = null;
    if (hop?.to === new URL(request.path, url).href && hop.from !== url.host) dropCredentials(request);
    log.wire = recorded(request, url);
    const deadline = setTimeout(() => {
      log.timedOut = true;
      request.destroy(timedOut(log.timeoutMs));
    }, log.timeoutMs);
    request.once('close', () => clearTimeout(deadline));
    request.prependListener('response', (response: http.IncomingMessage) => {
      const { location } = response.headers;
      log.rawHeaders = response.rawHeaders;
      const isRedirect = (response.statusCode ?? 0) >= 300 && (response.statusCode ?? 0) < 400;
      if (isRedirect && location !== undefined && !guard.mayFollow(new URL(request.path, url), location)) {
        log.refusedRedirect = location;
        delete response.headers.location;
      } else if (isRedirect && location !== undefined) {
        log.redirect = { from: url.host, to: new URL(location, new URL(request.path, url)).href };
      }
    });
    return null;
  };

  const plain = new http.Agent({ keepAlive: true });
  const trusted = {
    ...(extraCaCerts !== null && { ca: [...rootCertificates, extraCaCerts] }),
    ...clientCertificate,
  };
  const secure = new https.Agent({ keepAlive: true, ...trusted });
  for (const [agent, protocol] of [
    [plain, 'http:'],
    [secure, 'https:'],
  ] as const)
    guardAgent(agent, protocol, refuse, proxies ? proxied : () => null, trusted);
  return { http: plain, https: secure };
}

/** Listens to what is written: Newman's own events tell of a request before its HTTP client has finished it. */
function recorded(request: AgentRequest, url: URL): WireRequest {
  const body: Buffer[] = [];
  let size = 0;
  const keep = (chunk: unknown, encoding: unknown) => {
    if (size >= MAX_KEPT_BODY || (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk))) return;
    const named = typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8';
    const bytes =
      typeof chunk === 'string'
        ? Buffer.from(chunk, named)
        : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    body.push(bytes.subarray(0, MAX_KEPT_BODY - size));
    size += bytes.length;
  };
  const writer = request as unknown as Record<'write' | 'end', (...args: unknown[]) => unknown>;
  for (const name of ['write', 'end'] as const) {
    const inner = writer[name].bind(request);
    writer[name] = (...args) => {
      keep(args[0], args[1]);
      return inner(...args);
    };
  }
  const { path } = request;
  return {
    method: request.method,
    url: `${url.origin}${path}`,
    headers: () =>
      request
        .getRawHeaderNames()
        .flatMap((name) =>
          [request.getHeader(name) ?? []].flat().map((value): Header => [name, String(value)]),
        ),
    body,
  };
}

function originOf(options: ConnectOptions, protocol: string): URL {
  const host = options.host ?? options.hostname ?? 'localhost';
  return new URL(`${protocol}//${host.includes(':') ? `[${host}]` : host}:${options.port ?? ''}`);
}

/** Newman itself drops `Authorization` alone where a redirect leaves the host. */
function dropCredentials(request: AgentRequest): void {
  for (const name of request.getHeaderNames()) if (isCredentialName(name)) request.removeHeader(name);
}

/** How a request takes the way of the environment's proxy, or null where it goes straight. */
type Detour = (url: URL) => { readonly proxy: URL; readonly tunnel: OpenAgent | null } | null;

function proxied(url: URL): ReturnType<Detour> {
  const proxy = proxyFor(url);
  if (proxy === null) return null;
  const isSecure = url.protocol === 'https:';
  // One connection a request is Newman's way through a tunnel.
  return { proxy, tunnel: isSecure ? (tunnelAgent(proxy) as unknown as OpenAgent) : null };
}

interface OpenAgent {
  addRequest(request: AgentRequest, options: ConnectOptions, ...rest: unknown[]): void;
}

/** `addRequest` is where every client request meets its agent, whichever library made it. */
function guardAgent(
  agent: http.Agent,
  protocol: string,
  refuse: (options: ConnectOptions, protocol: string, request: AgentRequest) => Error | null,
  detour: Detour,
  trusted: https.AgentOptions,
): void {
  const open = agent as unknown as OpenAgent;
  const addRequest = open.addRequest.bind(agent);
  const takeWay = (
    { proxy, tunnel }: NonNullable<ReturnType<Detour>>,
    request: AgentRequest,
    options: ConnectOptions,
    rest: unknown[],
  ): void => {
    if (tunnel !== null) {
      // A tunnel takes what TLS needs from the request, not from its agent.
      tunnel.addRequest(request, { ...options, ...trusted }, ...rest);
      return;
    }
    const { host, port, path, authorization } = throughProxy(
      proxy,
      `${originOf(options, protocol).origin}${request.path}`,
    );
    request.path = path;
    if (authorization !== null) request.setHeader('Proxy-Authorization', authorization);
    addRequest(request, { ...options, host, hostname: host, port }, ...rest);
  };
  open.addRequest = (request, options, ...rest) => {
    const error = refuse(options, protocol, request);
    const way = error === null ? detour(originOf(options, protocol)) : null;
    if (way !== null) takeWay(way, request, options, rest);
    else if (error === null) addRequest(request, options, ...rest);
    // As Node's own agent reports that a connection could not be made; `destroy` would wait for a socket for ever.
    else request.onSocket(null, error);
  };
}
