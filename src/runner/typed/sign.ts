import type { Exchange, ReceivedResponse, SentRequest } from '../../exchange/exchange';
import { type AuthHandler, postmanLibraries, type SdkObject } from './postman-libraries';
import { type PostmanItem, wireRequest } from './postman-request';
import type { Answer } from './send';

/** Newman gives up after so many requests that only prepare another one. */
const MAX_REPLAYS = 3;

/** What signing and sending again need. */
export interface Wire {
  readonly key: string;
  /** Files of bodies lie here. */
  readonly directory: string;
  /** Refuses what must not be sent, and sends the rest. */
  send(sent: SentRequest): Promise<Answer>;
}

/**
 * Signs a request with Postman's own auth helpers and sends it; again, as Newman does, where the server's challenge says
 * with what to sign (digest, NTLM, Hawk).
 *
 * Errors: those of `wire.send`; RequestError for a request that cannot be built or signed.
 */
export async function sendSigned(item: PostmanItem, wire: Wire): Promise<Answer & { request: SdkObject }> {
  const { sdk, handlerOf, authInterface, requestBody } = postmanLibraries();
  const { auth, behavior } = item;
  const handler = auth === null ? undefined : handlerOf(auth.type);
  // One request for all replays: what was added for the first stays where it is, as in Newman.
  const request = new sdk.Request(item.item.request.toJSON());
  // Newman looks at JSON for comments before it signs, and names its type then.
  if (request.body?.mode === 'raw' && request.body.options?.raw?.language === 'json')
    requestBody(request, behavior);
  for (let replays = 0; ; replays += 1) {
    if (handler !== undefined) await sign(handler, authInterface(auth, behavior), request, wire);
    const answer = await wire.send(wireRequest(request, behavior, wire.key, wire.directory));
    if (handler === undefined || replays >= MAX_REPLAYS) return { ...answer, request };
    const response = sdkResponse(answer.response);
    const isAccepted = await called((done) => handler.post(authInterface(auth, behavior), response, done));
    if (isAccepted !== false) return { ...answer, request };
  }
}

async function sign(handler: AuthHandler, auth: SdkObject, request: SdkObject, wire: Wire): Promise<void> {
  for (let replays = 0; replays < MAX_REPLAYS; replays += 1) {
    let intermediate: SdkObject;
    const isReady = await called((done) =>
      handler.pre(auth, (error, ready, other) => {
        intermediate = other;
        done(error, ready);
      }),
    );
    if (isReady === true) break;
    if (intermediate === undefined) return;
    const { sdk } = postmanLibraries();
    const first = wireRequest(new sdk.Request(intermediate), {}, wire.key, wire.directory);
    const { response } = await wire.send(first);
    await called((done) => handler.init(auth, sdkResponse(response), done));
  }
  await called((done) => handler.sign(auth, request, done));
}

/**
 * A callback of Postman's as a promise. An auth helper that fails is a warning in Newman, and the request goes out
 * unsigned; the check for a missing credential is what tells of it.
 */
function called(
  step: (done: (error: unknown, result?: boolean) => void) => void,
): Promise<boolean | undefined> {
  return new Promise((resolve) => {
    try {
      step((_error, result) => resolve(result));
    } catch {
      resolve(undefined);
    }
  });
}

/** A response as Postman's objects and scripts take it. */
export function responseJson(response: ReceivedResponse, durationMs = 0): Record<string, unknown> {
  return {
    code: response.status,
    status: response.statusText,
    header: response.headers.map(([key, value]) => ({ key, value })),
    stream: { type: 'Base64', data: Buffer.from(response.bytes ?? response.body).toString('base64') },
    // As in Newman, no answer takes no time at all.
    responseTime: Math.ceil(durationMs),
  };
}

function sdkResponse(response: NonNullable<Exchange['response']>): SdkObject {
  const { sdk } = postmanLibraries();
  const { stream: _, ...head } = responseJson(response);
  return new sdk.Response({ ...head, stream: Buffer.from(response.bytes ?? response.body) });
}
