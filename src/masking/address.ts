import { urlOf } from '../url';

const HOST = String.raw`(?<host>(?:[a-z\d_](?:[a-z\d_-]*[a-z\d_])?(?:\.[a-z\d_](?:[a-z\d_-]*[a-z\d_])?)*\.?|\[[\da-f:.]+\]))(?::\d{1,5})?`;
const ADDRESS = new RegExp(`^(?:https?://)?${HOST}(?<path>(?:/[^/?#]*)*)$`, 'i');

/** Units: characters. A longer one may be a key of letters alone. */
const LONGEST_WORD = 16;
const LONGEST_LABEL = 24;
/** So often do letters and digits follow each other in a key, and hardly in a name. */
const MOST_TURNS = 2;
const WORD = /^(?:[A-Z]?[a-z]+(?:[-_][a-z]+)*|[A-Z]{1,4})$/;
const VERSION =
  /^(?:v\d{1,4}|\d{1,2})(?:\.\d{1,3}){0,2}(?:(?:alpha|beta|rc)\d{0,2})?$|^v?20\d\d-\d\d(?:-\d\d)?$/i;

/**
 * Whether a value says where requests go and nothing more: an origin, or a host with or without a port, and after it at most
 * a path of words and versions (`/api/v1`); or a part of a host, a port or a single word. User, query and anything that may
 * be a key in host or path make it more than that.
 */
export function isPlainAddress(value: string): boolean {
  // A part of one: a port, or the word that is a tenant's name.
  if (/^\d{1,5}$/.test(value) || (WORD.test(value) && value.length <= LONGEST_WORD)) return true;
  const { path, host } = ADDRESS.exec(value)?.groups ?? {};
  if (path === undefined || host === undefined) return false;
  const url = /^https?:/i.test(value) ? value : `http://${value}`;
  // By itself a word is a host only where everybody knows it as one.
  const isHost = /^https?:|[.[]|^localhost\b/i.test(value.slice(0, value.length - path.length));
  return (
    isHost &&
    urlOf(url) !== null &&
    host.split('.').every(isName) &&
    path.split('/').every((part) => part === '' || isWordOrVersion(part))
  );
}

/** Whether a label of a host may be a name: the hosts of webhooks and tenants carry keys. */
function isName(label: string): boolean {
  const turns = label.match(/[a-z](?=\d)|\d(?=[a-z])/gi)?.length ?? 0;
  return label.length <= LONGEST_LABEL && turns <= MOST_TURNS;
}

function isWordOrVersion(part: string): boolean {
  return (WORD.test(part) && part.length <= LONGEST_WORD) || VERSION.test(part);
}
