import type { AuthTemplate } from '../collection/model';
import { extraParameters } from '../collection/oauth2';
import { isCredentialName } from './masker';

const SECRETS = ['clientSecret', 'password', 'refreshToken', 'privateKey', 'secret'];

/**
 * The secrets that an OAuth 2 token is got with, by their names and with their variables still in them; what is empty is
 * none. `used` are the auth parameters that count: those of one grant, or all.
 */
export function tokenSecrets(
  { parameters }: AuthTemplate,
  used: readonly string[] = SECRETS,
): { name: string; text: string }[] {
  const extra = [parameters.tokenRequestParams, parameters.refreshRequestParams].flatMap(extraParameters);
  return [
    ...SECRETS.filter((name) => used.includes(name)).map((name) => ({ name, text: parameters[name] ?? '' })),
    ...extra.filter(({ key }) => isSecret(key)).map(({ key, value }) => ({ name: key, text: value })),
  ].filter(({ text }) => text !== '');
}

/** A name is no secret where it only says of what kind another parameter is: `requested_token_type`. */
function isSecret(name: string): boolean {
  return (isCredentialName(name) && !/type$/i.test(name)) || /assertion$/i.test(name);
}
