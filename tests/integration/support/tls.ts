import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

/** A certificate for 127.0.0.1 that signs itself, as PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate that is valid from yesterday to then. */
export async function certificateUntil(notAfterDate: Date): Promise<Certificate> {
  const pems = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keyType: 'ec',
    notBeforeDate: new Date(Date.now() - 86_400_000),
    notAfterDate,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  return { key: pems.private, cert: pems.cert };
}

/** A loopback TLS server in front of a plain one. */
export interface TlsFront {
  readonly origin: string;
  close(): Promise<void>;
}

/** What answers a request in place of the server behind, and says whether it did. */
export type TlsAnswer = (request: http.IncomingMessage, response: http.ServerResponse) => boolean;

/** Passes requests on to `origin`, unless `instead` answers them and says so. Without a port it takes a free one. */
export async function startTlsFront(
  certificate: Certificate,
  origin: string,
  instead: TlsAnswer = () => false,
  port = 0,
): Promise<TlsFront> {
  const server = https.createServer(certificate, (request, response) => {
    if (instead(request, response)) return;
    const { method, url = '/', headers } = request;
    const onward = http.request(`${origin}${url}`, { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
