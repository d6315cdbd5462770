import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exampleJson } from '../collection/example';
import { type Collection, type Example, headerOf } from '../collection/model';
import { withoutPlaceholders } from '../collection/placeholder';
import { UsageError } from '../errors';
import { decoded } from '../percent';
import { compare, type Match, matchesOf } from '../plan/match';

/** How a mock differs from the standard one. */
export interface MockOptions {
  /** Port on 127.0.0.1; without it, any free one. */
  readonly port?: number;
  /** Hears, for each request, what was served and why. */
  readonly onRequest?: (explanation: string) => void;
}

/** A running mock. */
export interface Mock {
  /** Such as `http://127.0.0.1:49152`. */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves the saved examples of a collection on loopback, by method, path, query and body.
 *
 * `x-mock-response-code` and `x-mock-response-name` choose among the examples of the request that fits best, as with
 * Postman's own mock servers. Without them it is the first example with a status; a request without any is answered with
 * an empty object.
 * Errors: UsageError for a port that cannot be used.
 */
export async function startMock(collection: Collection, options: MockOptions = {}): Promise<Mock> {
  const served = new Map<string, number>();
  const server = createServer((request, response) => {
    // The client went away while it was sending: there is nobody to answer.
    serve(collection, served, request, response, options).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // What is no port at all is thrown, and not told by an event.
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  }).catch((cause: NodeJS.ErrnoException) => {
    const what = `cannot listen (${cause.code ?? cause.message})`;
    const todo = 'choose another port, or none for any free one';
    throw new UsageError(what, `mock port ${options.port ?? 0}`, todo, { cause });
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  { requests }: Collection,
  served: Map<string, number>,
  request: IncomingMessage,
  response: ServerResponse,
  { onRequest }: MockOptions,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const { method = 'GET', url: target = '/' } = request;
  const [path = '', query = ''] = splitOnce(target, '?');
  const found = matchesOf(requests, {
    method,
    path: path.replace(/^\//, '') === '' ? [] : path.replace(/^\//, '').split('/').map(decoded),
    query: new URLSearchParams(query),
    body: Buffer.concat(chunks).toString('utf8'),
  });
  // Several requests may differ in nothing that is sent; whoever sends all of them in order gets the answer of each.
  const timesOf = ({ request: { key } }: Match): number => served.get(key) ?? 0;
  const equals = found.filter((match) => found[0] !== undefined && compare(match, found[0]) === 0);
  const best = equals.reduce<Match | undefined>(
    (least, match) => (least === undefined || timesOf(match) < timesOf(least) ? match : least),
    undefined,
  );
  const line = `${method} ${target}`;
  if (best === undefined) {
    onRequest?.(`${line}: no request of the collection has this method and path`);
    refuse(response, 404, 'no request of the collection has this method and path');
    return;
  }
  served.set(best.request.key, timesOf(best) + 1);
  const { examples, key } = best.request;
  const wanted = {
    name: request.headers['x-mock-response-name'],
    code: request.headers['x-mock-response-code'],
  };
  const example = chosenExample(examples, wanted);
  onRequest?.(
    `${line}: ${explain(best, found.length - 1)}, ${example === undefined ? 'no example' : `example "${example.name}"`}`,
  );
  if (examples.length === 0) {
    // Others may stand on it, and nothing says that it fails.
    const headers = { 'Content-Type': 'application/json', 'X-Mock-Note': 'no saved example' };
    response.writeHead(200, headers).end('{}');
    return;
  }
  if (example === undefined) {
    refuse(response, 404, `${key} has no such example`);
    return;
  }
  send(response, example, method);
}

function chosenExample(
  examples: readonly Example[],
  { name, code }: { name: string | string[] | undefined; code: string | string[] | undefined },
): Example | undefined {
  const fitting = examples
    .filter((example) => name === undefined || example.name === name)
    .filter((example) => code === undefined || String(example.code) === code);
  return fitting.find((example) => example.code !== null) ?? fitting[0];
}

/** Words that a converter wrote in place of values, and comments, would be no answer of any server. */
function filled(example: Example): string {
  const read = exampleJson(example);
  const isAnswer = read === null || (read.oddities.length === 0 && !/"<[^<>"]+>"/.test(example.body));
  return isAnswer ? example.body : JSON.stringify(withoutPlaceholders(read.value));
}

/** Headers that say how a body travelled once; they are made anew. */
const TRANSPORT =
  /^(content-length|content-encoding|transfer-encoding|connection|keep-alive|date|trailer|upgrade)$/i;

function send(response: ServerResponse, example: Example, method: string): void {
  const { code } = example;
  // Informational statuses are no answer.
  response.statusCode = code === null || code < 200 ? 200 : code;
  for (const { key, value, disabled } of example.headers) {
    if (disabled === true || key === '' || TRANSPORT.test(key)) continue;
    try {
      response.appendHeader(key, value);
    } catch {
      // A name or a value that HTTP does not allow cannot be sent by anybody.
    }
  }
  const isBodyless = method === 'HEAD' || code === 204 || code === 304;
  const body = filled(example);
  const documented = headerOf(example.headers, 'content-type');
  if ((documented === undefined || documented.includes('*')) && body !== '' && !isBodyless) {
    response.setHeader('Content-Type', guessedType(body));
  }
  response.end(isBodyless ? undefined : body);
}

function guessedType(body: string): string {
  try {
    JSON.parse(body);
    return 'application/json';
  } catch {
    return /^\s*<(!doctype html|html)/i.test(body)
      ? 'text/html'
      : /^\s*</.test(body)
        ? 'application/xml'
        : 'text/plain';
  }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ error: { name: 'mockRequestNotFoundError', message } }));
}

function explain({ request, literal, variable, query, body }: Match, others: number): string {
  const parts = [
    `path ${literal} literal, ${variable} variable`,
    `query ${Math.round(query * 100)} %`,
    `body ${Math.round(body * 100)} %`,
  ];
  return `${request.key} (${parts.join('; ')}${others > 0 ? `; before ${others} others` : ''})`;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
