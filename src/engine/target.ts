import { readFileSync } from 'node:fs';
import type { Collection } from '../collection/model';
import { hostsOf, type Lock } from '../collection/pin';
import type { Config } from '../config/config';
import { UsageError } from '../errors';
import { type ClientCertificate, faultOf } from '../runner/client-certificate';
import { urlOf } from '../url';
import { resolveText, variablesIn } from '../variables/resolve';
import type { VariableScope } from '../variables/scope';
import type { ProjectOptions } from './project';

/** The origin of a target. Errors: UsageError for what is none, or has a path. */
export function originOf(target: string): string {
  const url = urlOf(target);
  if (!/^https?:\/\//.test(target) || url === null) {
    throw new UsageError(`"${target}" is no origin`, '--target', 'give it as http://host:port');
  }
  const { origin, pathname, search, hash } = url;
  if (`${pathname}${search}${hash}` !== '/') {
    throw new UsageError(
      `"${target}" has a path`,
      '--target',
      'give the origin alone: paths are those of the collection',
    );
  }
  return origin;
}

/** What is shown to servers that ask for a certificate; null where none is given. Errors: UsageError. */
export function clientCertificateOf({
  clientCert,
  clientKey,
  clientPassphrase,
}: ProjectOptions): ClientCertificate | null {
  if (clientCert === undefined) {
    if (clientKey === undefined && clientPassphrase === undefined) return null;
    throw new UsageError('a key without a certificate', '--ssl-client-cert', 'give the certificate as well');
  }
  const certificate = {
    cert: readPem(clientCert),
    key: readPem(clientKey ?? clientCert),
    ...(clientPassphrase !== undefined && { passphrase: clientPassphrase }),
  };
  const cause = faultOf(certificate);
  if (cause !== null) {
    const todo = 'give a PEM certificate, its key and the passphrase of the key';
    throw new UsageError('certificate and key cannot be used', clientCert, todo, { cause });
  }
  return certificate;
}

/** The text of a file of certificates or keys. Errors: UsageError. */
export function readPem(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError('cannot read the certificates', file, 'give a PEM file', { cause });
  }
  // An empty one would be passed over, and the certificates be those that nobody asked for.
  if (!text.includes('-----BEGIN ')) {
    throw new UsageError('there is no certificate and no key in it', file, 'give a PEM file');
  }
  return text;
}

/** The hosts that the lock, or without one the collection, and the configuration name. */
export function allowedHosts(
  collection: Collection,
  lock: Lock | null,
  config: Config,
  scope: VariableScope,
): string[] {
  const templates = lock?.hosts ?? hostsOf(collection);
  const resolved = [...templates, ...config.hosts].map((template) => resolveText(template, scope).text);
  return [...new Set(resolved)].filter((host) => variablesIn(host).length === 0);
}
