const HOST = String.raw`(?:[a-z\d_](?:[a-z\d_-]*[a-z\d_])?(?:\.[a-z\d_](?:[a-z\d_-]*[a-z\d_])?)*\.?|\[[\da-f:.]+\])(?::\d{1,5})?`;
const ADDRESS = new RegExp(`^(?:https?://)?${HOST}(?<path>(?:/[^/?#]*)*)$`, 'i');

/** Units: characters. A longer one may be a key of letters alone. */
const LONGEST_WORD = 24;
const WORD = /^(?:[A-Z]?[a-z]+(?:[-_][a-z]+)*|[A-Z]{1,4})$/;
const VERSION =
  /^(?:v\d{1,4}|\d{1,2})(?:\.\d{1,3}){0,2}(?:(?:alpha|beta|rc)\d{0,2})?$|^v?20\d\d-\d\d(?:-\d\d)?$/i;

/**
 * Whether a value says where requests go and nothing more: an origin, or a host with or without a port, and after it at most
 * a path of words and versions (`/api/v1`). User, query and anything that may be a key in the path make it more than that.
 */
export function isPlainAddress(value: string): boolean {
  const path = ADDRESS.exec(value)?.groups?.path;
  return path?.split('/').every((part) => part === '' || isWordOrVersion(part)) ?? false;
}

function isWordOrVersion(part: string): boolean {
  return (WORD.test(part) && part.length <= LONGEST_WORD) || VERSION.test(part);
}
