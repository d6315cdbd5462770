import { createSecureContext } from 'node:tls';

/** A certificate with its key, each PEM text; the key may stand with the certificate. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
  readonly passphrase?: string;
}

/** What keeps a certificate and its key from being used together, or null where nothing does. */
export function faultOf(certificate: ClientCertificate): Error | null {
  try {
    createSecureContext(certificate);
    return null;
  } catch (error) {
    return error as Error;
  }
}
