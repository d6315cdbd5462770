import type { CookieJar } from 'tough-cookie';
import { type Header, headerValue, type ReceivedResponse, type SentRequest } from '../../exchange/exchange';
import { isCredentialName } from '../../masking/masker';
import type { HostGuard } from '../host-guard';
import type { HttpClient } from './client';

/** Newman follows this many before it gives up. */
const MAX_REDIRECTS = 10;
const NAME_AND_VERSION = 'driftgate/0.1';

/** What following a request needs. */
export interface Sender {
  readonly client: HttpClient;
  readonly guard: HostGuard;
  readonly cookies: { jar: CookieJar | null };
}

/** The last response of a chain of redirects, with the request that got it. */
export interface Answer {
  readonly sent: SentRequest;
  readonly response: ReceivedResponse;
  readonly refusedRedirect?: string;
}

/**
 * Sends a request with cookies and follows redirects as Newman does, but only to allowed hosts.
 *
 * Units: `timeoutMs` is for each hop. Errors: those of `HttpClient.send`.
 */
export async function sendFollowing(
  sender: Sender,
  request: SentRequest,
  timeoutMs: number,
  follow: boolean,
): Promise<Answer> {
  let current = await complete(sender, request);
  for (let hops = 0; ; hops += 1) {
    const response = await sender.client.send(current, timeoutMs);
    await keepCookies(sender, current.url, response.headers);
    const location = headerValue(response.headers, 'location');
    const isRedirect = response.status >= 300 && response.status < 400 && location !== undefined;
    if (!isRedirect || !follow || hops >= MAX_REDIRECTS) return { sent: current, response };
    const from = new URL(current.url);
    if (!sender.guard.mayFollow(from, location))
      return { sent: current, response, refusedRedirect: location };
    current = await complete(sender, redirected(current, new URL(location, from), response.status));
  }
}

/** Adds what every request carries. Names that identify the client are ours; the rest is as Newman sends it. */
async function complete(sender: Sender, request: SentRequest): Promise<SentRequest> {
  const { headers, body, method } = request;
  const url = new URL(request.url);
  const defaults: Header[] = [
    ['User-Agent', NAME_AND_VERSION],
    ['Accept', '*/*'],
    ['Accept-Encoding', 'gzip, deflate, br'],
    ['Host', url.host],
  ];
  const cookies = await sender.cookies.jar?.getCookieString(request.url);
  if (cookies !== undefined && cookies !== '') defaults.push(['Cookie', cookies]);
  if (body !== '' || !['GET', 'HEAD', 'OPTIONS', 'DELETE'].includes(method)) {
    defaults.push(['Content-Length', String(Buffer.byteLength(body))]);
  }
  const missing = defaults.filter(([name]) => headerValue(headers, name) === undefined);
  return { ...request, headers: [...headers, ...missing] };
}

/** 301 and 302 after POST, and 303 always, become GET; credentials never travel to another host. */
function redirected(from: SentRequest, to: URL, status: number): SentRequest {
  const becomesGet = status === 303 ? from.method !== 'HEAD' : status < 303 && from.method === 'POST';
  const dropped = new Set(['host', 'cookie', 'content-length']);
  if (becomesGet) dropped.add('content-type');
  const leaves = to.host !== new URL(from.url).host;
  return {
    method: becomesGet ? 'GET' : from.method,
    url: to.href,
    headers: from.headers.filter(
      ([name]) => !dropped.has(name.toLowerCase()) && !(leaves && isCredentialName(name)),
    ),
    body: becomesGet ? '' : from.body,
  };
}

async function keepCookies(sender: Sender, url: string, headers: readonly Header[]): Promise<void> {
  const cookies = headers.filter(([name]) => name.toLowerCase() === 'set-cookie');
  if (cookies.length === 0) return;
  if (sender.cookies.jar === null) {
    // Loaded with the first cookie: most APIs never send one.
    const { CookieJar } = require('tough-cookie') as typeof import('tough-cookie');
    sender.cookies.jar = new CookieJar();
  }
  for (const [, cookie] of cookies) await sender.cookies.jar.setCookie(cookie, url, { ignoreError: true });
}
