import type { Collection } from '../../collection/model';
import { isRecord, type JsonRecord } from '../../json';
import { getPointer } from '../../json-pointer';
import type { PlannedRequest } from '../../plan/plan';
import { atTarget } from '../target';

/**
 * The run's copy of the collection: the planned requests in order, with our own scripts for skips.
 *
 * Each item has an id by which Newman's events name it. The pin is never touched.
 */
export function runCopy(
  collection: Collection,
  plan: readonly PlannedRequest[],
  target: string | null,
): JsonRecord {
  const document = structuredClone(collection.document) as JsonRecord;
  const planned = new Map(plan.map((entry) => [entry.request.pointer, entry]));
  for (const entry of plan) {
    const item = getPointer(document, entry.request.pointer);
    if (!isRecord(item) || !isRecord(item.request)) continue;
    item.id = entry.request.id;
    item.event = [...eventsOf(item), ...ownScripts(entry, plan)];
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

function ownScripts(entry: PlannedRequest, plan: readonly PlannedRequest[]): JsonRecord[] {
  const yielded = new Set(plan.flatMap(({ yields }) => yields));
  const needed = entry.needs.filter((name) => yielded.has(name));
  const prerequest = entry.lacking !== null ? 'pm.execution.skipRequest();' : skipScript(needed);
  return prerequest === ''
    ? []
    : [{ listen: 'prerequest', script: { type: 'text/javascript', exec: [prerequest] } }];
}

/** Newman would send `{{name}}` as text; a request whose variable was never captured is skipped instead. */
function skipScript(needed: readonly string[]): string {
  if (needed.length === 0) return '';
  return `if (!${JSON.stringify(needed)}.every((name) => pm.variables.has(name))) pm.execution.skipRequest();`;
}
