// The classes of drift: each puts one difference into an answer, and says which finding has to come of it.
const { isRecord } = require('../../dist/json');
const { formatPointer, setPointer } = require('../../dist/json-pointer');
const { placesIn } = require('./facts');
const { NO_FORMAT, someValue } = require('./values');

const TYPES = ['string', 'integer', 'number', 'boolean', 'object', 'array'];
const STATUSES = [200, 201, 202, 299, 301, 400, 401, 403, 404, 409, 418, 422, 429, 500, 503];
const OTHER_MEDIA = ['text/html', 'text/plain; charset=utf-8', 'application/xml', 'application/octet-stream'];
const ADDED = ['addedLater', 'x_new', 'Neu', 'a/b', 'a~b', '__proto', 'toString', 'ключ', '$ref'];

/** A header that every request is configured to have. */
const HEADER = 'X-Request-Id';

/** Types that a place has never had, in no variant of the status; none where nothing is known of it. */
function otherTypes({ tokens, facts, rootTypes }) {
  const types = tokens.length === 0 ? rootTypes : facts.types;
  if (types.has('any') || (types.size === 1 && types.has('null'))) return [];
  return TYPES.filter((type) => !types.has(type) && !(type === 'integer' && types.has('number')));
}

/** Puts a value in the place of another; the body itself is its own place. */
function replaced(answer, tokens, value) {
  if (tokens.length === 0) return { ...answer, value };
  const copy = structuredClone(answer.value);
  setPointer(copy, formatPointer(tokens), value);
  return { ...answer, value: copy };
}

/** The places of an answer; what may stand at its root is said by all variants. */
const placesOf = ({ value, facts, rootTypes }) =>
  [...placesIn(value, facts)].map((place) => ({ ...place, rootTypes }));

/** One drift at a random one of some places. */
const somewhere = (isPlace, change) => (answer, random) => {
  const place = random.pick(placesOf(answer).filter(isPlace));
  return place === undefined ? null : change(answer, place, random);
};

const toOtherType = (answer, place, random) => {
  const { tokens } = place;
  const type = random.pick(otherTypes(place));
  const pointer = formatPointer(tokens);
  return { answer: replaced(answer, tokens, someValue(type, random)), kind: 'type-changed', pointer };
};
const canChangeType = (place) => otherTypes(place).length > 0;
const isItem = ({ around }) => Array.isArray(around?.value);

const DRIFTS = {
  'property removed': somewhere(
    ({ around }) =>
      isRecord(around?.value) &&
      around.facts.properties.get(around.name)?.count === around.facts.objects &&
      !around.facts.types.has('any'),
    (answer, { tokens }) => {
      const copy = structuredClone(answer.value);
      let holder = copy;
      for (const token of tokens.slice(0, -1)) holder = holder[token];
      delete holder[tokens.at(-1)];
      return { answer: { ...answer, value: copy }, kind: 'property-missing', pointer: formatPointer(tokens) };
    },
  ),
  'type changed': somewhere(
    (place) => place.tokens.length > 0 && !isItem(place) && canChangeType(place),
    toOtherType,
  ),
  'null where never null': somewhere(
    ({ tokens, facts, rootTypes }) => {
      const types = tokens.length === 0 ? rootTypes : facts.types;
      return !types.has('null') && !types.has('any');
    },
    (answer, { tokens }) => ({
      answer: replaced(answer, tokens, null),
      kind: 'null-unexpected',
      pointer: formatPointer(tokens),
    }),
  ),
  'array item changed': somewhere((place) => isItem(place) && canChangeType(place), toOtherType),
  'root type changed': somewhere((place) => place.tokens.length === 0 && canChangeType(place), toOtherType),
  'format violated': somewhere(
    ({ value, facts }) => typeof value === 'string' && facts.format !== null,
    (answer, { tokens }, random) => ({
      answer: replaced(answer, tokens, random.pick(NO_FORMAT)),
      kind: 'format-violated',
      pointer: formatPointer(tokens),
    }),
  ),
  'enum value unknown': somewhere(
    ({ value, facts }) => typeof value === 'string' && facts.values !== null && facts.format === null,
    (answer, { tokens }, random) => ({
      answer: replaced(answer, tokens, random.pick(['unheard_of', 'SOMETHING', '', 'x y'])),
      kind: 'enum-value-unknown',
      pointer: formatPointer(tokens),
    }),
  ),
  'status changed': (answer, random) => {
    const status = random.pick(STATUSES.filter((one) => one !== answer.status));
    const kind = answer.documented.has(status) ? 'status-changed' : 'undocumented-status';
    // In a recording whose request nobody knows, a documented status is never another one than was asked for.
    return { answer: { ...answer, status, planned: answer.asked, anyAnswer: false }, kind, pointer: '' };
  },
  'media type changed': (answer, random) => ({
    answer: { ...answer, media: random.pick(OTHER_MEDIA.filter((one) => !one.startsWith(answer.media))) },
    kind: 'media-type-changed',
    pointer: '',
  }),
  'not JSON': (answer, random) => {
    const ends = (answer.text ?? JSON.stringify(answer.value)).slice(0, -1);
    const cut = ends.slice(0, random.below(ends.length + 1));
    return parses(cut) ? null : { answer: { ...answer, text: cut }, kind: 'not-json', pointer: '' };
  },
  'header missing': (answer) => ({
    answer: { ...answer, headers: {} },
    kind: 'header-missing',
    pointer: `/headers/${HEADER}`,
  }),
  'property added': somewhere(
    ({ value, facts }) => isRecord(value) && !facts.types.has('any') && facts.objects > 0,
    (answer, { tokens, value, facts }, random) => {
      const known = facts.isMap ? [] : [...facts.properties.keys()];
      const name = random.pick(ADDED.filter((one) => !known.includes(one) && !Object.hasOwn(value, one)));
      const added = someValue(random.pick([...TYPES, 'null']), random);
      const changed = Object.fromEntries(random.shuffle([...Object.entries(value), [name, added]]));
      return {
        answer: replaced(answer, tokens, changed),
        kind: 'property-undeclared',
        pointer: formatPointer([...tokens, name]),
      };
    },
  ),
};

function parses(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

module.exports = { DRIFTS, HEADER };
