import type { Example } from '../collection/model';
import type { ReceivedResponse } from '../exchange/exchange';
import { type Finding, finding, mergeRepeats } from '../findings/finding';
import { formatPointer, parsePointer } from '../json-pointer';
import type { PropertyListener } from './coverage';
import { explain, isAdditive, takesNothing } from './explain';
import { driftedVariant, strangersTo } from './meant';
import { documentedMedia, mediaTypeFinding } from './media';
import { byDigits, repeatedNames } from './numbers';
import { type Reading, readJson } from './reading';
import { type ResponseContract, VARIANTS } from './response-contract';
import type { SchemaStore } from './store';
import { undeclared } from './undeclared';
import { bodyText } from './values';
import { Walk } from './walk';

/** A body that a schema describes, held to its media type and to that schema. */
export function checkJson(
  contract: ResponseContract,
  example: Example | undefined,
  response: ReceivedResponse,
  store: SchemaStore,
  returned?: PropertyListener,
): Finding[] {
  const media = mediaTypeFinding(documentedMedia(example), response.headers, true);
  const reading = readJson(response.body);
  if (reading === null) {
    // A page in place of JSON is one difference, not two.
    if (media !== null) return [media];
    const message =
      response.body === '' ? 'nothing where JSON is documented' : 'the body does not parse as JSON';
    return [finding('not-json', '', { expected: 'JSON', actual: bodyText(response.body), message })];
  }
  return [...(media === null ? [] : [media]), ...checkValue(contract, reading, store, returned)];
}

function checkValue(
  contract: ResponseContract,
  reading: Reading,
  store: SchemaStore,
  returned: PropertyListener | undefined,
): Finding[] {
  const { value, numbers, repeated } = reading;
  const seen = differencesOf(contract, value, store, returned);
  // Most bodies hold, and then nothing is to be told of places.
  if (seen.length === 0 && numbers.size === 0 && repeated.length === 0) return [];
  const walk = new Walk(store, contract.place, value);
  const differences = numbers.size > 0 ? byDigits(seen, numbers, store, { value, walk }) : seen;
  const distinct = new Map<string, Finding>();
  for (const found of [...differences, ...repeatedNames(repeated)]) {
    const identity = `${found.kind} ${found.pointer}`;
    if (!distinct.has(identity)) distinct.set(identity, found);
  }
  const generalise = ({ kind, pointer }: Finding) =>
    formatPointer(walk.general(parsePointer(pointer), kind === 'property-missing'));
  return mergeRepeats([...distinct.values()], generalise).map((found) =>
    withEvidence(found, store, contract),
  );
}

function differencesOf(
  contract: ResponseContract,
  value: unknown,
  store: SchemaStore,
  returned: PropertyListener | undefined,
): Finding[] {
  const variants = contract.others.map(({ place }) => place);
  const drifted = contract.variant === null ? driftedVariant(store, variants, value) : null;
  const expected = drifted ?? contract.expected;
  const broken = explain(store, expected, value);
  // What stands beside the variants holds for each of them.
  const beside =
    contract.variant === null ? [] : explain(store, contract.place, value, { without: VARIANTS });
  const other = broken.length === 0 || drifted !== null ? undefined : otherVariant(contract, value, store);
  if (other !== undefined) {
    // A well-formed answer of another variant is one difference; what tells the variants apart says it best.
    const telling = broken.filter(({ kind }) => kind === 'enum-value-unknown');
    const note = `the body is the documented variant "${other.title}" instead of "${contract.variant}"`;
    const told = (telling.length > 0 ? telling : broken).map((found) => ({
      ...found,
      actual: `${found.actual} of variant "${other.title}"`,
      message: note,
    }));
    return [...told, ...beside];
  }
  // Where no variant is meant, whatever one of them knows is known.
  const isMeant = contract.variant !== null || drifted !== null;
  const without = isMeant ? variants.filter((place) => place !== drifted) : [];
  // One that refuses the value is no part of what applies to it by itself.
  const places = isMeant && broken.length > 0 ? [contract.place, expected] : [contract.place];
  const unknown = undeclared(store, places, value, without, returned);
  // That no variant takes a value is not said by the expected one where that merely is closed.
  const isClosed = isAdditive(broken) || takesNothing(store, expected);
  const said = isClosed ? explain(store, contract.place, value) : [...broken, ...beside];
  return [...said, ...unknown];
}

/** The documented variant that a body is instead of the expected one, which knows more of it than that does. */
function otherVariant(
  { expected, others }: ResponseContract,
  value: unknown,
  store: SchemaStore,
): ResponseContract['others'][number] | undefined {
  const most = strangersTo(store, expected, value);
  return others.find(({ place }) => store.accepts(place, value) && strangersTo(store, place, value) <= most);
}

/** The difference with where its schema says otherwise, and on how many samples that rests. */
function withEvidence(found: Finding, store: SchemaStore, { file: own, place }: ResponseContract): Finding {
  if (found.schema === undefined) return found;
  const [read = '', pointer = ''] = found.schema.slice(store.label.length + 1).split('#', 2);
  const file = read === place.file ? own : read;
  const schemaLine = store.lineOf({ file, pointer });
  const samples = store.samplesAt({ file, pointer });
  return {
    ...found,
    schema: `${store.label}/${file}#${pointer}`,
    ...(schemaLine !== undefined && { schemaLine }),
    ...(samples !== undefined && { samples }),
  };
}
