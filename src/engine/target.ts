import { readFileSync } from 'node:fs';
import { UsageError } from '../errors';

/** The origin of a target. Errors: UsageError for what is none, or has a path. */
export function originOf(target: string): string {
  if (!/^https?:\/\//.test(target) || !URL.canParse(target)) {
    throw new UsageError(`"${target}" is no origin`, '--target', 'give it as http://host:port');
  }
  const { origin, pathname, search, hash } = new URL(target);
  if (`${pathname}${search}${hash}` !== '/') {
    throw new UsageError(
      `"${target}" has a path`,
      '--target',
      'give the origin alone: paths are those of the collection',
    );
  }
  return origin;
}

/** The text of a file of certificates. Errors: UsageError. */
export function readCertificates(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError('cannot read the certificates', file, 'give a PEM file', { cause });
  }
}
