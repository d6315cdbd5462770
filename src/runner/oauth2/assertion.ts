import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto';
import { RequestError } from '../../errors';
import { isRecord, type JsonRecord } from '../../json';

/** Authorization servers take nothing that holds for long; the assertion is used at once. */
const LIFETIME_S = 120;

/**
 * Signs the assertion of the JWT bearer grant. The parameters are those of Postman's own JWT auth: `algorithm`, `privateKey`
 * (PEM) or `secret`, `header` and `payload`. Claims that the payload lacks are made: `iss` is the client's id, `aud` the
 * address that gives the token.
 *
 * Units: `nowMs` in milliseconds since 1970. Errors: RequestError. Source: RFC 7523, 3.
 */
export async function assertionOf(
  parameters: Readonly<Record<string, string>>,
  audience: string,
  nowMs: number,
  key: string,
): Promise<string> {
  const { algorithm: alg = '', clientId = '' } = parameters;
  const header = jsonOf(parameters.header ?? '', 'header', key);
  const payload = jsonOf(parameters.payload ?? '', 'payload', key);
  const now = Math.floor(nowMs / 1000);
  const claims = {
    ...(clientId !== '' && { iss: clientId }),
    aud: audience,
    iat: now,
    exp: now + LIFETIME_S,
    ...payload,
  };
  // Nobody else should load it: it signs nothing but this.
  const { SignJWT } = require('jose') as typeof import('jose');
  try {
    return await new SignJWT(claims)
      .setProtectedHeader({ typ: 'JWT', ...header, alg })
      .sign(signingKey(parameters, alg));
  } catch (cause) {
    const { code = 'the key does not fit' } = cause as { code?: string };
    const name = alg.startsWith('HS') ? 'secret' : 'privateKey';
    const what = `the OAuth 2 assertion cannot be signed with ${alg} (${code})`;
    throw new RequestError(what, key, `give ${name} a key for that algorithm in the environment`, { cause });
  }
}

function signingKey(parameters: Readonly<Record<string, string>>, alg: string): KeyObject {
  const { privateKey = '', secret = '', isSecretBase64Encoded = '' } = parameters;
  if (alg.startsWith('HS')) {
    return createSecretKey(Buffer.from(secret, isSecretBase64Encoded === 'true' ? 'base64' : 'utf8'));
  }
  // In a variable of the process, the lines of a PEM text often end in a written `\n`.
  return createPrivateKey(privateKey.includes('\n') ? privateKey : privateKey.replaceAll('\\n', '\n'));
}

function jsonOf(text: string, name: string, key: string): JsonRecord {
  if (text.trim() === '') return {};
  try {
    const json: unknown = JSON.parse(text);
    if (isRecord(json)) return json;
  } catch {
    // What JSON.parse says would quote the text, and half a secret cannot be masked.
  }
  throw new RequestError(
    `the ${name} of the OAuth 2 assertion is no JSON object`,
    key,
    'correct it in its auth',
  );
}
