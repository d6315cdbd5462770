import type { CookieJar } from 'tough-cookie';
import { type Header, headerValue, type ReceivedResponse, type SentRequest } from '../../exchange/exchange';
import { isCredentialName } from '../../masking/masker';
import type { HostGuard } from '../host-guard';
import type { HttpClient } from './client';
import { bodyBytes, type Delivery } from './delivery';

/** How this client names itself, in place of Newman's own name. */
export const NAME_AND_VERSION = 'driftgate/0.1';

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
  delivery: Delivery,
): Promise<Answer> {
  let current = await complete(sender, request, delivery);
  for (let hops = 0; ; hops += 1) {
    const response = await sender.client.send(current, timeoutMs);
    if (delivery.cookies) await keepCookies(sender, current.url, response.headers);
    const location = headerValue(response.headers, 'location');
    const isRedirect = response.status >= 300 && response.status < 400 && location !== undefined;
    if (!isRedirect || !delivery.follow || hops >= delivery.maxRedirects) return { sent: current, response };
    const from = new URL(current.url);
    if (!sender.guard.mayFollow(from, location))
      return { sent: current, response, refusedRedirect: location };
    const next = redirected(current, new URL(location, from), response.status, delivery);
    current = await complete(sender, next, delivery);
  }
}

/** Adds what every request carries. Names that identify the client are ours; the rest is as Newman sends it. */
async function complete(sender: Sender, request: SentRequest, delivery: Delivery): Promise<SentRequest> {
  const { headers, body, method } = request;
  const url = new URL(request.url);
  const defaults: Header[] = [
    ['User-Agent', NAME_AND_VERSION],
    ['Accept', '*/*'],
    ['Cache-Control', 'no-cache'],
    ['Host', url.host],
    ['Accept-Encoding', 'gzip, deflate, br'],
    ['Connection', 'keep-alive'],
  ];
  const missing = defaults.filter(
    ([name]) => headerValue(headers, name) === undefined && !delivery.omitted.has(name.toLowerCase()),
  );
  const all = withCookies([...headers, ...missing], await cookiesFor(sender, request.url, delivery));
  const isBody = request.bytes !== undefined || body !== '';
  if (
    (isBody || !['GET', 'HEAD', 'OPTIONS', 'DELETE'].includes(method)) &&
    headerValue(all, 'content-length') === undefined &&
    !delivery.omitted.has('content-length')
  ) {
    all.push(['Content-Length', String(Buffer.byteLength(bodyBytes(request)))]);
  }
  return { ...request, headers: all };
}

async function cookiesFor(sender: Sender, url: string, { cookies }: Delivery): Promise<string> {
  return cookies ? ((await sender.cookies.jar?.getCookieString(url)) ?? '') : '';
}

/** Cookies of the run stand behind those that the collection writes, in the same header. */
function withCookies(headers: Header[], cookies: string): Header[] {
  if (cookies === '') return headers;
  const written = headers.find(([name]) => name.toLowerCase() === 'cookie');
  if (written === undefined) return [...headers, ['Cookie', cookies]];
  return headers.map(
    (header): Header => (header === written ? [header[0], `${header[1]}; ${cookies}`] : header),
  );
}

/** Everything but HEAD becomes GET unless 307 or 308 says otherwise; credentials never travel to another host. */
function redirected(from: SentRequest, to: URL, status: number, delivery: Delivery): SentRequest {
  const keeps = delivery.keepsMethod || status === 307 || status === 308;
  const { bytes, ...request } = from;
  const previous = new URL(from.url);
  const dropped = new Set(['host', 'cookie']);
  if (!keeps) for (const name of ['content-length', 'content-type']) dropped.add(name);
  if (!delivery.dropsReferer) dropped.add('referer');
  const leaves = to.host !== previous.host;
  const isLost = (name: string) =>
    leaves &&
    isCredentialName(name) &&
    !(delivery.keepsAuthorization && name.toLowerCase() === 'authorization');
  const headers = from.headers.filter(([name]) => !dropped.has(name.toLowerCase()) && !isLost(name));
  return {
    ...request,
    method: keeps || from.method === 'HEAD' ? from.method : 'GET',
    url: to.href,
    headers: delivery.dropsReferer ? headers : [...headers, ['Referer', previous.href]],
    body: keeps ? from.body : '',
    ...(keeps && bytes !== undefined && { bytes }),
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
