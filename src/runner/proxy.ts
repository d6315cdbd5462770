import type * as https from 'node:https';
import { urlOf } from '../url';

/**
 * The proxy for a URL, as the environment says (`HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`), or null. Newman's own choice:
 * its HTTP client decides by the same function.
 */
export function proxyFor(url: URL): URL | null {
  // Nearly nobody has one, and nobody else should load anything for it.
  if (!hasProxy()) return null;
  const { protocol, hostname, port } = url;
  const decide = require('postman-request/lib/getProxyFromURI') as (uri: object) => string | null;
  const text = decide({ protocol, hostname, port });
  if (text === null) return null;
  const address = text.includes('://') ? text : `http://${text}`;
  return urlOf(address);
}

/** Whether the environment names any proxy. */
export function hasProxy(): boolean {
  const { env } = process;
  return [env.HTTP_PROXY, env.http_proxy, env.HTTPS_PROXY, env.https_proxy].some(Boolean);
}

/** What a plain request through a proxy has instead of its own: where it connects, the whole URL as path, credentials. */
export function throughProxy(
  proxy: URL,
  url: string,
): { host: string; port: number; path: string; authorization: string | null } {
  const { hostname, port, username, password } = proxy;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (proxy.protocol === 'https:' ? 443 : 80)),
    // User and password are in a header by now; a proxy writes down what it is asked for.
    path: url.replace(/#.*$/s, '').replace(/^([a-z]+:\/\/)[^/?]*@/i, '$1'),
    authorization: username === '' ? null : `Basic ${Buffer.from(pair).toString('base64')}`,
  };
}

/** An agent that reaches HTTPS origins through the tunnel of a proxy. */
export function tunnelAgent(proxy: URL, options: https.AgentOptions = {}): https.Agent {
  const { HttpsProxyAgent } = require('https-proxy-agent') as typeof import('https-proxy-agent');
  // A tunnel is made for one host each, and the certificate that must hold is that host's.
  return new HttpsProxyAgent(proxy, options as object) as unknown as https.Agent;
}
