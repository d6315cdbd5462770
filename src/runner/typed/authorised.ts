import type { PlannedRequest } from '../../plan/plan';
import type { HeldToken, TokenClient, TokenContext, TokenSource } from '../oauth2/token-source';
import { TokenUnavailable, withoutToken } from '../oauth2/unavailable';
import type { RunOutcome } from '../runner';
import type { SkipBook } from '../skips';
import { postmanLibraries, type SdkObject } from './postman-libraries';
import type { PostmanItem } from './postman-request';
import type { Answer } from './send';
import { sendSigned, type Wire } from './sign';

const UNAUTHORIZED = 401;

/** Sends requests with the tokens that their OAuth 2 asks for, and once more with a new one where the answer is 401. */
export class Authorised {
  readonly #context: TokenContext;
  readonly #client: TokenClient;
  readonly #skips: SkipBook;
  #source: TokenSource | null = null;

  constructor(context: TokenContext, client: TokenClient, skips: SkipBook) {
    this.#context = context;
    this.#client = client;
    this.#skips = skips;
  }

  /** Loaded with the first request that has OAuth 2: most collections never do. */
  get #tokens(): TokenSource {
    if (this.#source === null) {
      const library = require('../oauth2/token-source') as typeof import('../oauth2/token-source');
      this.#source = new library.TokenSource(this.#context, this.#client);
    }
    return this.#source;
  }

  /** A request that is built here. `send` gets it with its token. */
  async plain(
    planned: PlannedRequest,
    send: (planned: PlannedRequest) => Promise<RunOutcome>,
  ): Promise<RunOutcome> {
    if (planned.request.auth?.type !== 'oauth2') return send(planned);
    try {
      const { attempts, ...outcome } = await this.#attempt(
        planned,
        (token) => send(token === null ? planned : withToken(planned, token.value)),
        ({ exchange }) => exchange?.response?.status,
      );
      // The plan's own request is told of: the other one holds the token.
      return outcome.exchange === undefined
        ? { ...outcome, planned }
        : { planned, exchange: { ...outcome.exchange, attempts } };
    } catch (error) {
      if (error instanceof TokenUnavailable) return this.unavailable(planned, error);
      throw error;
    }
  }

  /** A request that Postman's own objects build and sign. Errors: those of `sendSigned`, and TokenUnavailable. */
  signed(
    planned: PlannedRequest,
    item: PostmanItem,
    wire: Wire,
  ): Promise<Answer & { request: SdkObject; attempts: number }> {
    return this.#attempt(
      planned,
      (token) => sendSigned(token === null ? item : withTokenIn(item, token.value), wire),
      ({ response }) => response.status,
    );
  }

  /** What is said of a request whose token could not be had. */
  unavailable(planned: PlannedRequest, error: TokenUnavailable): RunOutcome {
    const outcome = withoutToken(planned, error, 'typed');
    if (outcome.skipped !== undefined) this.#skips.skipped(planned.request.key, outcome.skipped);
    return outcome;
  }

  async #attempt<T extends object>(
    { request }: PlannedRequest,
    send: (token: HeldToken | null) => Promise<T>,
    statusOf: (result: T) => number | undefined,
  ): Promise<T & { attempts: number }> {
    const token = request.auth?.type === 'oauth2' ? await this.#tokens.tokenFor(request) : null;
    const first = await send(token);
    if (token === null || statusOf(first) !== UNAUTHORIZED) return { ...first, attempts: 1 };
    const renewed = await this.#tokens.renewed(token);
    if (renewed === null) return { ...first, attempts: 1 };
    const second = await send(renewed);
    if (statusOf(second) === UNAUTHORIZED) this.#tokens.refused(renewed);
    return { ...second, attempts: 2 };
  }
}

function withToken(planned: PlannedRequest, accessToken: string): PlannedRequest {
  const { request } = planned;
  const { type = 'oauth2', parameters = {} } = request.auth ?? {};
  return { ...planned, request: { ...request, auth: { type, parameters: { ...parameters, accessToken } } } };
}

function withTokenIn(item: PostmanItem, accessToken: string): PostmanItem {
  const { sdk } = postmanLibraries();
  const { oauth2 = [] } = item.auth.toJSON() as { oauth2?: { key: string }[] };
  const others = oauth2.filter(({ key }) => key !== 'accessToken');
  const parameters = [...others, { key: 'accessToken', value: accessToken, type: 'string' }];
  return { ...item, auth: new sdk.RequestAuth({ type: 'oauth2', oauth2: parameters }) };
}
