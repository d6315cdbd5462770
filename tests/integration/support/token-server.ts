import { startServer, type TestServer } from './server';

/** One token request as it came: the fields of its form, its headers, and the query of its address. */
export interface TokenCall {
  readonly fields: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly path: string;
}

/** A loopback authorization server. */
export interface TokenServer extends Pick<TestServer, 'origin' | 'close'> {
  readonly calls: TokenCall[];
}

/** Answers each token request with what the test says: a status and the JSON of the body, or its text. */
export async function startTokenServer(
  answer: (call: TokenCall, count: number) => readonly [status: number, body: object | string],
): Promise<TokenServer> {
  const calls: TokenCall[] = [];
  const server = await startServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const fields = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
      const call = { fields, headers: request.headers, path: `${request.method} ${request.url}` };
      calls.push(call);
      const [status, body] = answer(call, calls.length);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  return { origin: server.origin, close: server.close, calls };
}
