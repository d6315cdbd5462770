import type { CollectionRequest } from '../collection/model';
import type { PlannedRequest } from '../plan/plan';
import { variablesIn } from '../variables/resolve';
import { pathOf } from './evidence';
import type { CaptureProposal } from './propose';

/** A request that creates something, and the request that removes it where the collection plainly has one. */
export interface Creation {
  readonly key: string;
  readonly remover: string | null;
}

/**
 * The requests that create something: a POST whose example says 201, or whose path another request continues with an id
 * (`POST /orders` and `GET /orders/{{order_id}}`).
 *
 * What removes it is only proposed where that is plain: the POST answers 201, one DELETE alone has such a path, its id is captured from
 * the very response of the POST, it has an example, and it needs nothing that other requests would have to yield.
 */
export function creationsIn(
  described: readonly PlannedRequest[],
  captures: readonly CaptureProposal[],
): Creation[] {
  const items = new Map<string, { planned: PlannedRequest; variable: string }[]>();
  for (const planned of described) {
    const segments = segmentsOf(planned.request);
    const variable = variableOf(segments.at(-1) ?? '');
    if (variable === null) continue;
    const place = placeOf(planned.request, segments.slice(0, -1));
    items.set(place, [...(items.get(place) ?? []), { planned, variable }]);
  }
  const yielded = new Set([
    ...described.flatMap(({ yields }) => yields),
    ...captures.map(({ variable }) => variable),
  ]);
  return described.flatMap(({ request, needs, yields }) => {
    if (request.method !== 'POST') return [];
    // Without an example it is only sent where a later request needs what it yields.
    if (expectedCode(request) === null && yields.length === 0) return [];
    const below = items.get(placeOf(request, segmentsOf(request))) ?? [];
    if (below.length === 0 && expectedCode(request) !== 201) return [];
    const made = new Set(captures.filter(isOf(request)).map(({ variable }) => variable));
    const [remover, ...others] = below.filter(({ planned }) => planned.request.method === 'DELETE');
    // What answers 200 may only have found it, as a look-up does: to remove that is for somebody to say who knows.
    const isPlain =
      expectedCode(request) === 201 &&
      remover !== undefined &&
      others.length === 0 &&
      made.has(remover.variable) &&
      expectedCode(remover.planned.request) !== null &&
      remover.planned.needs.every((name) => made.has(name) || needs.includes(name) || !yielded.has(name));
    return [{ key: request.key, remover: isPlain ? remover.planned.request.key : null }];
  });
}

/** Of a list, nobody knows which of its things were made just now. */
const isOf =
  ({ key }: CollectionRequest) =>
  (proposal: CaptureProposal): boolean =>
    proposal.key === key && !/\/\d+(\/|$)/.test(proposal.source.pointer ?? '');

function expectedCode({ examples }: CollectionRequest): number | null {
  return examples.find(({ code }) => code !== null)?.code ?? null;
}

function segmentsOf({ url }: CollectionRequest): string[] {
  return pathOf(url).filter((segment) => segment !== '');
}

function placeOf({ url: { protocol = '', host, port = '' } }: CollectionRequest, path: string[]): string {
  return JSON.stringify([protocol, host, port, path]);
}

/** The variable that a segment consists of: `{{order_id}}`, or `:orderId` without a value. */
function variableOf(segment: string): string | null {
  if (/^:.+$/.test(segment)) return segment.slice(1);
  const [name, ...more] = variablesIn(segment);
  return name !== undefined && more.length === 0 && segment === `{{${name}}}` ? name : null;
}
