import type { ReceivedRequest, Sandbox } from 'driftgate/sandbox';
import { CANARIES } from './project';

interface User {
  readonly user?: { readonly external_id: string };
}

/** The external ids of the customers that a sandbox was asked to make, in order. */
export function customersMade({ received }: Sandbox): string[] {
  return received.flatMap(({ method, path, body }) =>
    method === 'POST' && path.endsWith('/users') ? [(JSON.parse(body) as User).user?.external_id ?? ''] : [],
  );
}

/** Those that are still there, without the two of the seed. Errors: where none was made at all. */
export async function customersLeft(sandbox: Sandbox): Promise<string[]> {
  const { api_key: key, api_secret: secret } = CANARIES;
  const base = `${sandbox.origin}/priv/v1/apps/${encodeURIComponent(key)}`;
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
  const made = new Set(customersMade(sandbox));
  if (made.size === 0) throw new Error('no customer was made');
  const answers = [...made].map(async (id) => {
    const { status } = await fetch(`${base}/external/users/${id}`, { headers: { authorization } });
    return status === 200 ? [id] : [];
  });
  return (await Promise.all(answers)).flat();
}

/** Hears, as `onReceived` of a sandbox, of the customers that it is asked to make. */
export class Creations {
  #count = 0;
  readonly #waiting: { readonly least: number; readonly resolve: () => void }[] = [];

  readonly onReceived = ({ method, path }: ReceivedRequest): void => {
    if (method !== 'POST' || !path.endsWith('/users')) return;
    this.#count += 1;
    for (const { least, resolve } of this.#waiting) if (this.#count >= least) resolve();
  };

  /** Waits until so many have been asked for. */
  reached(least: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#count >= least) resolve();
      else this.#waiting.push({ least, resolve });
    });
  }
}
