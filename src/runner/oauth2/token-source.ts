import type { AuthTemplate, CollectionRequest } from '../../collection/model';
import { RequestError } from '../../errors';
import type { ReceivedResponse, SentRequest } from '../../exchange/exchange';
import { failureOf } from '../../exchange/failure';
import { refuseOwnFault } from '../checks';
import type { RunContext } from '../runner';
import { isGiven, type TokenParameters, tokenParameters } from './parameters';
import { grantRequest, refreshRequest, type Token, tokenIn } from './token-request';
import { TokenUnavailable } from './unavailable';

/** Tokens by what they were asked with, the ones that are on their way among them. */
export type TokenCache = Map<string, CachedToken>;

interface CachedToken {
  readonly token: Promise<Token>;
  /** A new token was refused like the one before it: then it is not the token. */
  isRefused: boolean;
}

/** A token in use, and how to get the next. */
export interface HeldToken {
  readonly value: string;
  readonly wanted: TokenParameters;
  readonly cached: CachedToken;
}

/** What tokens are got with. */
export type TokenContext = Pick<
  RunContext,
  'collection' | 'scope' | 'guard' | 'target' | 'timeoutMs' | 'masker' | 'tokens' | 'isEmbedded'
>;

/** What sends a token request. */
export interface TokenClient {
  send(request: SentRequest, timeoutMs: number): Promise<ReceivedResponse>;
}

/**
 * Gets the OAuth 2 tokens of a run, without a browser: each is asked for once, however many requests wait for it, renewed
 * before it expires, and renewed once where a request that used it is answered 401.
 *
 * Units: `now` gives milliseconds since 1970.
 */
export class TokenSource {
  readonly #context: TokenContext;
  readonly #client: TokenClient;
  readonly #now: () => number;
  /** What could not be had is not asked for again in this run: every request would wait for it anew. */
  readonly #unavailable = new Map<string, TokenUnavailable>();

  constructor(context: TokenContext, client: TokenClient, now: () => number = Date.now) {
    this.#context = context;
    this.#client = client;
    this.#now = now;
  }

  /**
   * The token that a request needs, or null where it needs none from here: it has no OAuth 2 or a token of its own, or goes
   * to an embedded server.
   *
   * Errors: RequestError, UnresolvedVariableError; TokenUnavailable where the environment gives none.
   */
  async tokenFor(request: CollectionRequest): Promise<HeldToken | null> {
    const { auth } = request;
    if (!asksForToken(auth, this.#context)) return null;
    const wanted = tokenParameters({ ...request, auth }, this.#context);
    const cached = this.#context.tokens.get(wanted.identity) ?? this.#ask(wanted, null);
    const token = await cached.token;
    const isFresh = token.renewAt === null || this.#now() < token.renewAt;
    return isFresh ? { value: token.value, wanted, cached } : this.#renewed(wanted, cached, token);
  }

  /** The token after one that was answered 401, or null where a new one would be refused as well. Errors: as above. */
  async renewed({ wanted, cached }: HeldToken): Promise<HeldToken | null> {
    const latest = this.#context.tokens.get(wanted.identity) ?? cached;
    if (latest.isRefused) return null;
    return this.#renewed(wanted, cached, await cached.token);
  }

  /** Says that a renewed token was answered 401 as well. */
  refused({ cached }: HeldToken): void {
    cached.isRefused = true;
  }

  async #renewed(wanted: TokenParameters, stale: CachedToken, token: Token): Promise<HeldToken> {
    const latest = this.#context.tokens.get(wanted.identity);
    // Another request may have seen the same, and asked already.
    const cached = latest === undefined || latest === stale ? this.#ask(wanted, token.refreshToken) : latest;
    return { value: (await cached.token).value, wanted, cached };
  }

  #ask(wanted: TokenParameters, refreshToken: string | null): CachedToken {
    const { tokens } = this.#context;
    const cached = { token: this.#fetch(wanted, refreshToken), isRefused: false };
    tokens.set(wanted.identity, cached);
    // A refusal stays: to ask again with the same secret could lock an account.
    cached.token.catch((error: unknown) => {
      if (error instanceof RequestError) return;
      if (tokens.get(wanted.identity) === cached) tokens.delete(wanted.identity);
    });
    return cached;
  }

  async #fetch(wanted: TokenParameters, refreshToken: string | null): Promise<Token> {
    const { masker } = this.#context;
    const failed = this.#unavailable.get(wanted.identity);
    if (failed !== undefined) throw failed;
    if (refreshToken !== null) {
      try {
        const token = await this.#send(refreshRequest(wanted, refreshToken, masker), wanted);
        // A server need not give another one. Source: RFC 6749, 6.
        return { ...token, refreshToken: token.refreshToken ?? refreshToken };
      } catch (error) {
        // It may be used up by now; what the grant itself gives is still to be had.
        if (!(error instanceof RequestError)) throw error;
      }
    }
    return this.#send(await grantRequest(wanted, masker, this.#now()), wanted);
  }

  async #send(request: SentRequest, { key, identity }: TokenParameters): Promise<Token> {
    const { guard, timeoutMs, masker } = this.#context;
    const { host, origin, pathname } = new URL(request.url);
    if (!guard.allows(new URL(request.url))) {
      const what = `${host}, where its OAuth 2 token comes from, is not one of the allowed hosts`;
      throw new RequestError(what, key, 'add it to "hosts" of driftgate.config.json if secrets may go there');
    }
    try {
      const response = await this.#client.send(request, timeoutMs).catch((error: unknown) => {
        const failure = failureOf(error);
        refuseOwnFault(failure, key);
        const message = `no OAuth 2 token: ${failure.message}`;
        throw new TokenUnavailable(origin + pathname, { ...failure, message });
      });
      return tokenIn(response, origin + pathname, key, masker, this.#now());
    } catch (error) {
      if (error instanceof TokenUnavailable) this.#unavailable.set(identity, error);
      throw error;
    }
  }
}

/** Whether a token has to be got for a request: it has OAuth 2, and nobody gives it a token. */
export function asksForToken(
  auth: AuthTemplate | null,
  { scope, isEmbedded }: Pick<TokenContext, 'scope' | 'isEmbedded'>,
): auth is AuthTemplate {
  return auth?.type === 'oauth2' && !isEmbedded && !isGiven(auth, scope);
}
