import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * An environment that fits the sandbox when nothing is overridden. All of it is invented.
 *
 * The hosts resolve to this machine by their name (RFC 6761), should a request ever escape its target.
 */
export const DEFAULT_VARIABLES: Readonly<Record<string, string>> = {
  core_host: 'core.sandbox.localhost',
  api_key: 'sandbox-core-key',
  api_secret: 'sandbox-core-secret',
  connect_host: 'connect.sandbox.localhost',
  connect_key: 'sandbox-connect-key',
  connect_secret: 'sandbox-connect-secret',
  retailer_id: '0b8e7a3c-5d0f-4c1e-9a4b-2f6d1c7e9a01',
  pos_host: 'pos.sandbox.localhost',
  pos_key: 'sandbox-pos-key',
  pos_secret: 'sandbox-pos-secret',
  client_id: '0b8e7a3c-5d0f-4c1e-9a4b-2f6d1c7e9a01',
  store_id: 'S-10',
  culture: 'en-US',
  offer_id: '5e7f9b01-3c4d-4657-88a9-1e2f30415263',
  point_source_id: '2a7c9e31-4d68-4fab-b7e5-6c81a3d2f409',
  event_lookup: 'REGISTERS_ONLINE_ACCOUNT',
  demo_user_id: '91b3a7d0-4c2e-4f6b-8a19-c0d5e7f21346',
  demo_email: 'demo.customer@example.com',
  demo_external_id: 'sandbox-demo',
  second_user_id: '2c7f0b64-83d1-4e0a-b7c5-5f9e1a3d6b28',
};

/** Whether two texts are equal, in a time that depends on neither of them. */
export function sameSecret(given: string, expected: string): boolean {
  // Digests have one length, so that a comparison cannot tell how long the expected text is.
  return timingSafeEqual(digest(given), digest(expected));
}

/** Whether an Authorization header carries exactly this pair as HTTP Basic. Source: RFC 7617. */
export function isBasic(header: string | undefined, user: string, password: string): boolean {
  const match = /^basic +([a-z0-9+/=]+)$/i.exec(header ?? '');
  const given = match?.[1] === undefined ? '' : Buffer.from(match[1], 'base64').toString('utf8');
  return sameSecret(given, `${user}:${password}`) && match !== null;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
