// What the samples of one status show, told from the samples alone: what a schema that was learned from them has to hold.
const { placeholderOf } = require('../../dist/collection/placeholder');
const { jsonType } = require('../../dist/json');
const { FORMATS } = require('./values');

/** Names that are data and no property of anything. */
const DATA = [
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^\d+$/,
  /^\d{4}-\d{2}-\d{2}/,
  /^[a-z]{2}[-_][A-Z]{2}$/,
  /^(?=.*\d)[0-9a-f]{16,}$/,
  /^[^@\s]+@[^@\s]+$/,
];
const LANGUAGE =
  /^(ar|bg|cs|da|de|el|en|es|et|fi|fr|he|hr|hu|it|ja|ko|lt|lv|nl|nn|pl|pt|ro|ru|sk|sl|sv|th|tr|uk|vi|zh)$/;

/** Which kind of data a name is; null for a name that somebody chose. */
const kindOfName = (name) => DATA.find((pattern) => pattern.test(name)) ?? null;

/** Whether the names of an object are all data: then it is a map, and its entries come and go. */
function isMap(names) {
  if (names.length === 0) return false;
  if (names.length > 500) return true;
  if (names.length === 1) return kindOfName(names[0]) !== null;
  return names.every((name) => kindOfName(name) !== null || LANGUAGE.test(name));
}

/**
 * Of the values at one place: `types` (`any` for what says nothing), the `format` that every text has, the `values` that
 * are all there are, and the same of what is inside: `properties` with how many of the `objects` have them, `entries` of
 * a map, `items` of lists.
 */
function factsOf(values, bodies = values.length) {
  const types = new Set();
  const texts = [];
  const formats = [];
  for (const value of values) {
    const placeholder = typeof value === 'string' ? placeholderOf(value) : null;
    for (const type of placeholder?.types ?? [jsonType(value)]) types.add(type);
    if (placeholder?.types.includes('string')) formats.push(placeholder.format ?? null);
    else if (placeholder === null && typeof value === 'string') texts.push(value);
  }
  const objects = values.filter((value) => jsonType(value) === 'object');
  const items = values.filter(Array.isArray).flat();
  const byName = new Map();
  for (const object of objects) {
    for (const [name, value] of Object.entries(object))
      byName.set(name, [...(byName.get(name) ?? []), value]);
  }
  const map = isMap([...byName.keys()]);
  // Beside other names they are entries too where they are many.
  const data = [...byName.keys()].filter(kindOfName);
  const isEntry = (name) => data.length > 20 && data.includes(name);
  return {
    types,
    format: formatOf(texts, formats),
    values: formats.length === 0 ? setOf(texts, bodies) : null,
    objects: objects.length,
    isMap: map,
    entries: map ? factsOf([...byName.values()].flat(), bodies) : null,
    properties: new Map(
      map
        ? []
        : [...byName].map(([name, all]) => [
            name,
            { count: isEntry(name) ? 0 : all.length, facts: factsOf(all, bodies) },
          ]),
    ),
    items: items.length > 0 ? factsOf(items, bodies) : null,
  };
}

function formatOf(texts, formats) {
  if (texts.length + formats.length === 0) return null;
  const fits = ([name, { pattern }]) =>
    texts.every((text) => pattern.test(text)) && formats.every((format) => format === name);
  return Object.entries(FORMATS).find(fits)?.[0] ?? null;
}

/** Words that came so often that there are no others: eight at most, each three times, twenty in twenty bodies. */
function setOf(texts, bodies) {
  if (bodies < 20 || texts.length < 20) return null;
  const values = [...new Set(texts)];
  const isSet =
    values.length > 1 &&
    values.length <= 8 &&
    values.every((value) => /^([a-z]{2,}([_-][a-z]+)*|[A-Z]{4,}([_-][A-Z]+)*)$/.test(value)) &&
    values.every((value) => texts.filter((text) => text === value).length >= 3);
  return isSet ? values : null;
}

/** Samples by shape: two whose names are to one half the same are one shape, and so is whatever is like one of them. */
function familiesOf(samples) {
  const families = [];
  for (const sample of samples) {
    const alike = families.filter((family) =>
      family.some((other) => isAlike(namesOf(sample.raw), namesOf(other.raw))),
    );
    for (const family of alike) families.splice(families.indexOf(family), 1);
    families.push([...alike.flat(), sample]);
  }
  return families;
}

function namesOf(body) {
  const type = jsonType(body);
  if (type !== 'object') return { kind: type === 'array' ? type : 'scalar', names: new Set() };
  return { kind: type, names: new Set(Object.keys(body).map((name) => String(kindOfName(name) ?? name))) };
}

function isAlike(one, other) {
  if (one.kind !== other.kind) return false;
  const shared = [...one.names].filter((name) => other.names.has(name)).length;
  const all = one.names.size + other.names.size - shared;
  return all === 0 || shared / all >= 0.5;
}

/** Every value of a body with its tokens, what is known of its place, and the value that it stands in. */
function* placesIn(value, facts, tokens = [], around = null) {
  yield { value, facts, tokens, around };
  if (Array.isArray(value) && facts.items !== null) {
    for (const [at, item] of value.entries()) {
      yield* placesIn(item, facts.items, [...tokens, at], { value, facts });
    }
  } else if (jsonType(value) === 'object') {
    for (const [name, inner] of Object.entries(value)) {
      const known = facts.isMap ? facts.entries : facts.properties.get(name)?.facts;
      if (known !== undefined) yield* placesIn(inner, known, [...tokens, name], { value, facts, name });
    }
  }
}

module.exports = { factsOf, familiesOf, placesIn };
