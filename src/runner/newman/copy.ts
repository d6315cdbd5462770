import type { AuthTemplate, Collection } from '../../collection/model';
import { usedParameters } from '../../collection/oauth2';
import { isRecord, type JsonRecord } from '../../json';
import { getPointer } from '../../json-pointer';
import type { PlannedRequest } from '../../plan/plan';
import { atTarget, withoutEmptyPath } from '../target';
import type { PlanTokens } from './tokens';

/**
 * The run's copy of the collection: the planned requests in order, with our own scripts for skips.
 *
 * Each item has an id by which Newman's events name it. The pin is never touched. Requests whose token could not be had
 * are not sent.
 */
export function runCopy(
  collection: Collection,
  plan: readonly PlannedRequest[],
  target: string | null,
  { tokens, unavailable }: PlanTokens = NO_TOKENS,
): JsonRecord {
  const document = structuredClone(collection.document) as JsonRecord;
  const planned = new Map(plan.map((entry) => [entry.request.pointer, entry]));
  for (const entry of plan) {
    const item = getPointer(document, entry.request.pointer);
    if (!isRecord(item) || !isRecord(item.request)) continue;
    item.id = entry.request.id;
    const lacks = entry.lacking !== null || unavailable.has(entry.request.key);
    item.event = [...eventsOf(item), ...ownScripts(entry, plan, lacks)];
    const token = tokens.get(entry.request.key);
    if (token !== undefined) item.request.auth = withToken(entry.request.auth, token);
    if (isRecord(item.request.url)) item.request.url = withoutEmptyPath(item.request.url);
    if (target !== null && isRecord(item.request.url)) item.request.url = atTarget(item.request.url, target);
  }
  document.item = keepPlanned(document.item, '/item', planned);
  trustNobodyElse(document);
  return document;
}

function keepPlanned(items: unknown, at: string, planned: ReadonlyMap<string, PlannedRequest>): unknown[] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown, index): unknown[] => {
    const here = `${at}/${index}`;
    if (!isRecord(item)) return [];
    // Saved examples are not sent; without them the copy is a tenth of the size.
    if (item.request !== undefined) return planned.has(here) ? [{ ...item, response: [] }] : [];
    return [{ ...item, item: keepPlanned(item.item, `${here}/item`, planned) }];
  });
}

/** Whether certificates must hold is for those who run it to say, not for a collection from elsewhere. */
function trustNobodyElse(holder: JsonRecord): void {
  if (isRecord(holder.protocolProfileBehavior)) delete holder.protocolProfileBehavior.strictSSL;
  for (const item of Array.isArray(holder.item) ? holder.item : []) if (isRecord(item)) trustNobodyElse(item);
}

function eventsOf(item: JsonRecord): unknown[] {
  return Array.isArray(item.event) ? item.event : [];
}

/** The tokens of a plan that needs none. */
export const NO_TOKENS: PlanTokens = { tokens: new Map(), unavailable: new Map() };

/** Only what says how a token is sent: Newman needs to know nothing of what it was got with. */
function withToken(auth: AuthTemplate | null, accessToken: string): JsonRecord {
  const { parameters = {} } = auth ?? {};
  const oauth2 = Object.entries({ ...parameters, accessToken })
    .filter(([key]) => usedParameters(null).includes(key))
    .map(([key, value]) => ({ key, value, type: 'string' }));
  return { type: 'oauth2', oauth2 };
}

function ownScripts(entry: PlannedRequest, plan: readonly PlannedRequest[], lacks: boolean): JsonRecord[] {
  const yielded = new Set(plan.flatMap(({ yields }) => yields));
  const needed = entry.needs.filter((name) => yielded.has(name));
  const prerequest = lacks ? 'pm.execution.skipRequest();' : skipScript(needed);
  return prerequest === ''
    ? []
    : [{ listen: 'prerequest', script: { type: 'text/javascript', exec: [prerequest] } }];
}

/** Newman would send `{{name}}` as text; a request whose variable was never captured is skipped instead. */
function skipScript(needed: readonly string[]): string {
  if (needed.length === 0) return '';
  return `if (!${JSON.stringify(needed)}.every((name) => pm.variables.has(name))) pm.execution.skipRequest();`;
}
