import { createHash } from 'node:crypto';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as zlib from 'node:zlib';

/** One request as it came over the wire. Names and order of headers are as sent; the body is Latin-1, byte for byte. */
export interface Recorded {
  readonly line: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** A loopback server that answers with what it was sent, and behaves as its path says. */
export interface EchoServer {
  readonly origin: string;
  readonly recorded: Recorded[];
  readonly close: () => Promise<void>;
}

/** Starts one on a free port. */
export async function startEcho(): Promise<EchoServer> {
  const recorded: Recorded[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const headers = request.rawHeaders.flatMap((name, at, all) =>
        at % 2 === 0 ? [[name, all[at + 1] ?? ''] as const] : [],
      );
      recorded.push({ line: `${request.method} ${request.url}`, headers, body: body.toString('latin1') });
      answer(request, body, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    recorded,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const ENCODERS: Readonly<Record<string, (body: string) => Buffer>> = {
  gzip: (body) => zlib.gzipSync(body),
  deflate: (body) => zlib.deflateSync(body),
  br: (body) => zlib.brotliCompressSync(body),
};

function answer(request: http.IncomingMessage, body: Buffer, response: http.ServerResponse): void {
  const [path = '', search = ''] = (request.url ?? '').split('?');
  const [, action = '', argument = ''] = path.split('/');
  const text = JSON.stringify({ method: request.method, url: request.url, data: body.toString() });
  response.setHeader('Content-Type', 'application/json');
  switch (action) {
    case 'redirect': {
      // Where a relative redirect leads from here.
      if (argument === '..') break;
      const location = new URLSearchParams(search).get('to') ?? '/landed';
      response.writeHead(Number(argument), { Location: location, 'Set-Cookie': 'hop=1; Path=/' }).end(text);
      return;
    }
    case 'loop':
      response.writeHead(302, { Location: path }).end(text);
      return;
    case 'cookies':
      response.setHeader('Set-Cookie', [
        'sid=abc; Path=/; HttpOnly',
        `here=yes; Path=${path}`,
        'gone=1; Max-Age=0',
      ]);
      break;
    case 'cookie':
      response.setHeader('Set-Cookie', new URLSearchParams(search).get('is') ?? '');
      break;
    case 'encoded':
      response.setHeader('Content-Encoding', argument);
      response.end(ENCODERS[argument]?.(text));
      return;
    case 'latin1':
      response.setHeader('Content-Type', 'text/plain; charset=iso-8859-1');
      response.end(Buffer.from('Zo\u00EB', 'latin1'));
      return;
    case 'digest':
      if (!isDigest(request)) {
        const challenge = 'Digest realm="echo", qop="auth", nonce="n0nce", opaque="0paque", algorithm=MD5';
        response.writeHead(401, { 'WWW-Authenticate': challenge }).end(text);
        return;
      }
      break;
    case 'status':
      response.statusCode = Number(argument);
      break;
  }
  response.end(text);
}

/** Holds a digest answer to RFC 7616, so that a wrong signature is no parity. */
function isDigest({ headers, method }: http.IncomingMessage): boolean {
  const fields = Object.fromEntries(
    [...(headers.authorization ?? '').matchAll(/(\w+)="?([^",]+)"?/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const { username, realm, nonce, nc, cnonce, qop, uri, response } = fields;
  const secret = md5(`${username}:${realm}:pass`);
  return response === md5(`${secret}:${nonce}:${nc}:${cnonce}:${qop}:${md5(`${method}:${uri}`)}`);
}
