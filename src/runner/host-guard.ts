import { urlOf } from '../url';

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
const ALL_DEFAULT_PORTS = new Set(Object.values(DEFAULT_PORTS));

/**
 * The hosts that requests may reach: those of the lock, of the environment and of the target, and no other.
 *
 * A host without a port stands for the default ports. Both runners ask the same guard, also before a redirect.
 */
export class HostGuard {
  /** Hosts in the form they compare in; also what a child process makes its own guard of. */
  readonly hosts: readonly string[];
  readonly #allowed: ReadonlySet<string>;

  constructor(hosts: readonly string[]) {
    this.hosts = hosts.map(hostOf).filter((host) => host !== '');
    this.#allowed = new Set(this.hosts);
  }

  /** Whether a request may go to this URL. */
  allows(url: URL): boolean {
    const port = url.port === '' ? (DEFAULT_PORTS[url.protocol] ?? '') : url.port;
    const host = url.hostname.toLowerCase();
    return this.#allowed.has(`${host}:${port}`) || (ALL_DEFAULT_PORTS.has(port) && this.#allowed.has(host));
  }

  /** Whether a redirect may be followed: to an allowed host, and never from HTTPS to plain HTTP. */
  mayFollow(from: URL, location: string): boolean {
    const to = urlOf(location, from);
    if (to === null) return false;
    const downgrades = from.protocol === 'https:' && to.protocol === 'http:';
    return to.protocol in DEFAULT_PORTS && !downgrades && this.allows(to);
  }
}

/** `host` or `host:port` of a host, origin or address as people write it. */
function hostOf(text: string): string {
  const withoutScheme = text.trim().replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  const host = (withoutScheme.split(/[/?#]/)[0] ?? '').replace(/^.*@/, '').toLowerCase();
  const [, name = host, port = ''] = /^(.*?)(:\d+)?$/.exec(host) ?? [];
  // An address may be written short: 127.1 is 127.0.0.1.
  const numbers = /^[\dx][\dxa-f.]*$/.test(name) ? urlOf(`http://${name}`) : null;
  return numbers === null ? host : `${numbers.hostname}${port}`;
}
