import { grantOf, usedParameters } from '../../collection/oauth2';
import { RequestError } from '../../errors';
import type { PlannedRequest } from '../../plan/plan';
import { variablesIn } from '../../variables/resolve';
import { asksForToken, TokenSource } from '../oauth2/token-source';
import { TokenUnavailable } from '../oauth2/unavailable';
import type { RunContext } from '../runner';
import { HttpClient } from '../typed/client';

/** The tokens of a plan by request key; `unavailable` are the requests whose token the environment does not give. */
export interface PlanTokens {
  readonly tokens: ReadonlyMap<string, string>;
  readonly unavailable: ReadonlyMap<string, TokenUnavailable>;
}

/**
 * Gets every OAuth 2 token of a plan before Newman starts, because Newman gets none.
 *
 * Errors: RequestError, also for a token that depends on what the run itself yields; UnresolvedVariableError.
 */
export async function tokensOf(
  plan: readonly PlannedRequest[],
  context: RunContext,
  now: () => number = Date.now,
): Promise<PlanTokens> {
  const asking = askingIn(plan, context);
  const tokens = new Map<string, string>();
  const unavailable = new Map<string, TokenUnavailable>();
  if (asking.length === 0) return { tokens, unavailable };
  const client = new HttpClient({ ...context, maxSockets: 1 });
  const source = new TokenSource(context, client, now);
  try {
    for (const { request } of asking) {
      try {
        const token = await source.tokenFor(request);
        if (token !== null) tokens.set(request.key, token.value);
      } catch (error) {
        if (!(error instanceof TokenUnavailable)) throw error;
        unavailable.set(request.key, error);
      }
    }
  } finally {
    client.close();
  }
  return { tokens, unavailable };
}

/** The requests that need a token. Errors: RequestError where it cannot be known yet with what it is asked. */
function askingIn(plan: readonly PlannedRequest[], context: RunContext): PlannedRequest[] {
  const yielded = new Map<string, string>();
  return plan.filter(({ request, yields, lacking }) => {
    const { key, auth } = request;
    const later = (name: string) => yielded.get(name);
    // A token that the run yields is filled in by Newman itself.
    const isYielded = variablesIn(auth?.parameters.accessToken ?? '').some(later);
    const asks = lacking === null && !isYielded && asksForToken(auth, context);
    if (asks) {
      const texts = usedParameters(grantOf(auth)).map((name) => auth.parameters[name] ?? '');
      const name = texts.flatMap(variablesIn).find(later);
      if (name !== undefined) {
        const what = `its OAuth 2 token depends on {{${name}}}, which ${later(name)} yields`;
        throw new RequestError(what, key, 'use --runner typed: Newman needs its tokens before it starts');
      }
    }
    for (const name of yields) yielded.set(name, key);
    return asks;
  });
}
