import { decoded } from '../percent';
import { urlOf } from '../url';
import { isCredentialName } from './masker';

/** The credentials that an address carries: its user and password, and parameters with the name of a credential. */
export function credentialsIn(address: string): string[] {
  const url = parsed(address);
  if (url === null) return [];
  const named = [...url.searchParams].filter(([name]) => isCredentialName(name)).map(([, value]) => value);
  return [decoded(url.username), decoded(url.password), ...named].filter((value) => value !== '');
}

/** The address as it may be written down. What is no address stays as it is. */
export function withoutCredentials(address: string): string {
  const url = parsed(address);
  if (url === null || credentialsIn(address).length === 0) return address;
  url.username = '';
  url.password = '';
  for (const name of [...url.searchParams.keys()]) if (isCredentialName(name)) url.searchParams.delete(name);
  return url.href;
}

function parsed(address: string): URL | null {
  return /^https?:\/\//.test(address) ? urlOf(address) : null;
}
