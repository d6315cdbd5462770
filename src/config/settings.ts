import type { Collection } from '../collection/model';
import { ConfigError, commandText } from '../errors';
import { namesRequest } from './accepted';
import type { Config, RequestSettings } from './config';

const NO_SETTINGS: RequestSettings = Object.freeze({});

/** The settings of one request: those for all, for its folders from the outermost, and its own; the last one wins. */
export function settingsOf(config: Config, key: string): RequestSettings {
  const parts = key.split('/');
  const patterns = parts.slice(1).map((_, at) => `${parts.slice(0, at + 1).join('/')}/*`);
  const own = ['*', ...patterns, key].flatMap((pattern) => config.requests[pattern] ?? []);
  return own.length === 0 ? NO_SETTINGS : Object.assign({}, ...own);
}

/**
 * Holds the configuration to the collection: an entry that matches no request was meant for one that is not there.
 *
 * Errors: ConfigError naming every such entry.
 */
export function checkConfig(config: Config, collection: Collection): void {
  const keys = new Set(collection.requests.map(({ key }) => key));
  const matches = (pattern: string) =>
    pattern === '*' ||
    keys.has(pattern) ||
    (pattern.endsWith('/*') && [...keys].some((key) => key.startsWith(pattern.slice(0, -1))));
  const unknown = [
    ...Object.keys(config.captures).filter((key) => !keys.has(key)),
    ...Object.keys(config.requests).filter((pattern) => !matches(pattern)),
    ...Object.values(config.requests)
      .flatMap(({ after = [], cleanup }) => [...after, ...(cleanup === undefined ? [] : [cleanup.request])])
      .filter((key) => !keys.has(key)),
    ...config.health.allow.filter((key) => !keys.has(key)),
    ...config.accepted.flatMap((entry) =>
      [...keys].some((key) => namesRequest(entry, key)) ? [] : [entry.key],
    ),
  ];
  if (unknown.length > 0) {
    throw new ConfigError(
      `no such request: ${[...new Set(unknown)].join(', ')}`,
      config.file,
      `use the keys that ${commandText('list')} prints`,
    );
  }
}
