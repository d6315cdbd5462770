import type { Sandbox } from 'driftgate/sandbox';
import { CANARIES } from './project';

/** The customers that are there, without the two of the seed. */
export async function customersLeft({ origin, received }: Sandbox): Promise<string[]> {
  const made = new Set<string>();
  const { api_key: key, api_secret: secret } = CANARIES;
  const base = `${origin}/priv/v1/apps/${encodeURIComponent(key)}`;
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
  for (const { method, path, body } of received) {
    if (method === 'POST' && path.endsWith('/users'))
      made.add((JSON.parse(body) as User).user?.external_id ?? '');
  }
  expect(made.size).toBeGreaterThan(0);
  const answers = [...made].map(async (id) => {
    const { status } = await fetch(`${base}/external/users/${id}`, { headers: { authorization } });
    return status === 200 ? [id] : [];
  });
  return (await Promise.all(answers)).flat();
}
interface User {
  readonly user?: { readonly external_id: string };
}

/** Waits until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}
