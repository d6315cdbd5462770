import type { Header } from '../exchange/exchange';
import { failureOf } from '../exchange/failure';
import { HttpClient } from '../runner/typed/client';
import { NAME_AND_VERSION } from '../runner/typed/send';
import type { Notice } from './notice';
import type { Notifier } from './notifier';
import { toSlack } from './slack';
import { toTeams } from './teams';

const TIMEOUT_MS = 10_000;

/**
 * Posts a message; gives null, or in one line why it was not taken. It never throws, and never shows the address.
 *
 * Units: `timeoutMs` in milliseconds.
 */
export async function notify(
  { name, url, format }: Notifier,
  notice: Notice,
  extraCaCerts: string | null,
  timeoutMs = TIMEOUT_MS,
): Promise<string | null> {
  const client = new HttpClient({
    maxSockets: 1,
    insecure: false,
    extraCaCerts,
    clientCertificate: null,
    proxies: true,
  });
  try {
    const body = JSON.stringify(bodyOf(notice, format));
    const request = { method: 'POST', url, headers: headersOf(url, body), body };
    const { status } = await client.send(request, timeoutMs);
    return status >= 200 && status < 300 ? null : `the notifier ${name} answered ${status}`;
  } catch (error) {
    return `the notifier ${name} could not be reached (${failureOf(error).code})`;
  } finally {
    client.close();
  }
}

function bodyOf(notice: Notice, format: Notifier['format']): object {
  return format === 'slack' ? toSlack(notice) : format === 'teams' ? toTeams(notice) : notice;
}

function headersOf(address: string, body: string): Header[] {
  const { host, username, password } = new URL(address);
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return [
    ['Host', host],
    ['User-Agent', NAME_AND_VERSION],
    ['Content-Type', 'application/json'],
    ['Content-Length', String(Buffer.byteLength(body))],
    ...(username === ''
      ? []
      : ([['Authorization', `Basic ${Buffer.from(pair).toString('base64')}`]] satisfies Header[])),
  ];
}
