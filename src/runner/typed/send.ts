import * as encoder from 'postman-url-encoder';
import { type Header, headerValue, type ReceivedResponse, type SentRequest } from '../../exchange/exchange';
import { isCredentialName } from '../../masking/masker';
import type { HostGuard } from '../host-guard';
import type { RunCookies } from '../runner';
import { hostOf } from './client';
import { newJar } from './cookie-jar';
import { bodyBytes, type Delivery } from './delivery';
import type { Client } from './retry';

/** How this client names itself, in place of Newman's own name. */
export const NAME_AND_VERSION = 'driftgate/0.1';

/** An empty body of these has no length. */
const WITHOUT_LENGTH = new Set(['GET', 'HEAD', 'OPTIONS', 'DELETE']);

/** What following a request needs. */
export interface Sender {
  readonly client: Client;
  readonly guard: HostGuard;
  readonly cookies: RunCookies;
  /** The place of the request among all: cookies of later ones are not for it. */
  readonly order?: number;
  /** Hears of a cookie that is new, changed or gone; `isSentTo` says which requests that concerns. */
  readonly onCookie?: (name: string, isSentTo: (url: string) => boolean) => void;
}

/** The last response of a chain of redirects, with the request that got it. */
export interface Answer {
  readonly sent: SentRequest;
  readonly response: ReceivedResponse;
  /** How long all responses of the chain were waited for. Units: milliseconds. */
  readonly tookMs: number;
  readonly refusedRedirect?: string;
  /** There were more redirects than are followed: to Newman's scripts, that is no response. */
  readonly isEndless?: true;
}

/**
 * Sends a request with cookies and follows redirects as Newman does, but only to allowed hosts.
 *
 * Units: `timeoutMs` is for each hop. Errors: those of `HttpClient.send`; behind a redirect with `redirectedTo`, the origin it led to.
 */
export async function sendFollowing(
  sender: Sender,
  request: SentRequest,
  timeoutMs: number,
  delivery: Delivery,
): Promise<Answer> {
  const own = headerValue(request.headers, 'cookie');
  let current = await complete(sender, request, delivery, own);
  let tookMs = 0;
  for (let hops = 0; ; hops += 1) {
    const response = await sender.client.send(current, timeoutMs).catch((cause: Error) => {
      throw hops === 0 ? cause : Object.assign(cause, { redirectedTo: new URL(current.url).origin });
    });
    tookMs += response.tookMs ?? 0;
    if (delivery.cookies) await keepCookies(sender, current.url, response.headers);
    const location = headerValue(response.headers, 'location');
    // An empty location leads nowhere.
    const isRedirect =
      response.status >= 300 && response.status < 400 && location !== undefined && location !== '';
    if (!isRedirect || !delivery.follow) return { sent: current, response, tookMs };
    if (hops >= delivery.maxRedirects) return { sent: current, response, tookMs, isEndless: true };
    // As it is written, dots and all; what the guard judges is what is sent.
    const to = encoder.toNodeUrl(encoder.resolveNodeUrl(current.url, location)).href;
    if (!sender.guard.mayFollow(new URL(current.url), to))
      return { sent: current, response, tookMs, refusedRedirect: location };
    const next = redirected(current, to, response.status, delivery);
    // Newman takes a written cookie along on its own host only.
    const kept = new URL(next.url).host === new URL(request.url).host ? own : undefined;
    current = await complete(sender, next, delivery, kept);
  }
}

/** Adds what depends on the moment: the host of a redirect, the cookies, and how long the body is. */
async function complete(
  sender: Sender,
  request: SentRequest,
  delivery: Delivery,
  ownCookie: string | undefined,
): Promise<SentRequest> {
  const { headers, body, bytes, method } = request;
  const all = [...headers];
  const lacks = (name: string) => headerValue(headers, name) === undefined && !delivery.omitted.has(name);
  if (lacks('host')) all.push(['Host', hostOf(request.url)]);
  const hasLength = bytes !== undefined || body !== '' || !WITHOUT_LENGTH.has(method);
  const length: Header[] =
    hasLength && lacks('content-length')
      ? [['Content-Length', String(Buffer.byteLength(bodyBytes(request)))]]
      : [];
  const kept = delivery.cookies ? await cookieHeader(sender, request.url) : '';
  const cookies = [ownCookie, kept].filter((text) => text).join('; ');
  // Newman measures what it streams, and what is empty, only after it has added the cookies.
  const isLate = body === '' || /^multipart\//i.test(headerValue(headers, 'content-type') ?? '');
  const measured = isLate
    ? [...withCookies(all, cookies), ...length]
    : withCookies([...all, ...length], cookies);
  return { ...request, headers: measured };
}

/** Cookies of the run stand behind those that the collection writes, in the same header, at its place. */
function withCookies(headers: readonly Header[], cookies: string): Header[] {
  if (cookies === '' && headerValue(headers, 'cookie') === undefined) return [...headers];
  const at = headers.findIndex(([name]) => name.toLowerCase() === 'cookie');
  const others = headers.filter(([name]) => name.toLowerCase() !== 'cookie');
  if (cookies === '') return others;
  return others.toSpliced(at < 0 ? others.length : at, 0, [headers[at]?.[0] ?? 'Cookie', cookies]);
}

/** Everything but HEAD becomes GET unless 307 or 308 says otherwise; credentials never travel to another host. */
function redirected(from: SentRequest, to: string, status: number, delivery: Delivery): SentRequest {
  const keeps = delivery.keepsMethod || status === 307 || status === 308;
  const { bytes, ...request } = from;
  const previous = new URL(from.url);
  const dropped = new Set(['host']);
  // A form in parts is built anew for each hop, so that its type comes last.
  const type = headerValue(from.headers, 'content-type') ?? '';
  const isForm = from.bytes !== undefined && /^multipart\/form-data/i.test(type);
  if (!keeps || isForm) for (const name of ['content-length', 'content-type']) dropped.add(name);
  const leaves = new URL(to).host !== previous.host;
  const isLost = (name: string) =>
    leaves &&
    name.toLowerCase() !== 'cookie' &&
    isCredentialName(name) &&
    !(delivery.keepsAuthorization && name.toLowerCase() === 'authorization');
  const headers = from.headers.filter(([name]) => !dropped.has(name.toLowerCase()) && !isLost(name));
  return {
    ...request,
    method: keeps || from.method === 'HEAD' ? from.method : 'GET',
    url: to,
    headers: [
      ...(delivery.dropsReferer ? headers : withReferer(headers, from.url)),
      ...(keeps && isForm
        ? ([
            ['Host', hostOf(to)],
            ['Content-Type', type],
          ] as const)
        : []),
    ],
    body: keeps ? from.body : '',
    ...(keeps && bytes !== undefined && { bytes }),
  };
}

/** A referer that the collection writes keeps its name and place. User and password stay out of it. */
function withReferer(headers: readonly Header[], url: string): Header[] {
  const at = headers.findIndex(([name]) => name.toLowerCase() === 'referer');
  const value = url.replace(/^([a-z]+:\/\/)[^/?]*@/i, '$1');
  return at < 0 ? [...headers, ['Referer', value]] : headers.with(at, [headers[at]?.[0] ?? '', value]);
}

async function keepCookies(sender: Sender, url: string, headers: readonly Header[]): Promise<void> {
  const cookies = headers.filter(([name]) => name.toLowerCase() === 'set-cookie');
  if (cookies.length === 0) return;
  // Made with the first cookie: most APIs never send one.
  sender.cookies.jar ??= newJar();
  const { jar, setBy } = sender.cookies;
  for (const [, text] of cookies) {
    // A cookie may be for another path than the one that sets it.
    const path = /;\s*path=([^;]*)/i.exec(text)?.[1]?.trim() ?? '';
    const place = path.startsWith('/') ? new URL(path, url).href : url;
    const before = sender.onCookie === undefined ? [] : jar.getCookiesSync(place);
    const kept = await jar.setCookie(text, url, { ignoreError: true });
    if (kept === undefined || sender.onCookie === undefined) continue;
    const { key, domain } = kept;
    const own = (cookie: { key: string }) => cookie.key === key;
    const [old, now] = [before.find(own), jar.getCookiesSync(place).find(own)];
    if (old?.value === now?.value) continue;
    if (now !== undefined && sender.order !== undefined) setBy.set(now, sender.order);
    const { host } = new URL(url);
    const isSent = (other: string) =>
      jar.getCookiesSync(other).some((one) => own(one) && one.domain === domain);
    sender.onCookie(key, now === undefined ? (other) => new URL(other).host === host : isSent);
  }
}

/** The cookies that a request carries: none of those that only a later request was given. */
async function cookieHeader({ cookies: { jar, setBy }, order }: Sender, url: string): Promise<string> {
  if (jar === null) return '';
  if (order === undefined) return jar.getCookieString(url);
  const cookies = await jar.getCookies(url);
  return cookies
    .filter((cookie) => (setBy.get(cookie) ?? 0) <= order)
    .map((cookie) => cookie.cookieString())
    .join('; ');
}
