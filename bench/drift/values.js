// Values of every type and format, as another answer of the same API might have them.
const { placeholderOf } = require('../../dist/collection/placeholder');
const { isRecord } = require('../../dist/json');

const WORDS = [
  'alpha',
  'Beta gamma',
  'x',
  '',
  'ÄÖÜ ß',
  '日本語',
  '😀 ok',
  'a'.repeat(300),
  'it\'s "so"',
  '<b>&amp;</b>',
  '0',
  'null',
];
const two = (value) => String(value).padStart(2, '0');
const hex = (random, length) => Array.from({ length }, () => random.below(16).toString(16)).join('');
const dateOf = (random) =>
  `${1970 + random.below(120)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
const zoneOf = (random) => random.pick(['Z', '+00:00', '-05:30', '+09:00']);
const timeOf = (random) =>
  `${two(random.below(24))}:${two(random.below(60))}:${two(random.below(60))}${random.pick(['', '.5', '.123456'])}`;
const octet = (random) => random.below(256);

/** Formats, the most telling first: what a text of that format looks like, and another one like it. */
const FORMATS = {
  uuid: {
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    make: (random) => [8, 4, 4, 4, 12].map((length) => hex(random, length)).join('-'),
  },
  'date-time': {
    pattern: /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/,
    make: (random) => `${dateOf(random)}T${timeOf(random)}${zoneOf(random)}`,
  },
  date: { pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/, make: dateOf },
  time: {
    pattern: /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/,
    make: (random) => `${timeOf(random)}${zoneOf(random)}`,
  },
  email: {
    pattern: /^[a-z0-9]+([._+-][a-z0-9]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+$/i,
    make: (random) =>
      `${random.pick(['ann', 'bob.c', 'x+y', 'j_doe'])}@${hex(random, 5)}.example.${random.pick(['com', 'org'])}`,
  },
  ipv4: {
    pattern: /^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)$/,
    make: (random) => Array.from({ length: 4 }, () => octet(random)).join('.'),
  },
  ipv6: {
    pattern: /^([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}$|^[0-9a-f]{1,4}(:[0-9a-f]{1,4})*::[0-9a-f]{1,4}$/i,
    make: (random) => `2001:db8::${hex(random, 4)}`,
  },
  uri: {
    pattern: /^([a-z][a-z0-9+.-]*:\/\/|(urn|mailto|tel|data):)([\w./~+\-?#=&:@!$'()*,;]|%[0-9a-f]{2})*$/i,
    make: (random) =>
      `${random.pick(['http', 'https'])}://${hex(random, 4)}.example.com${random.pick(['', '/', '/a/b', `/${hex(random, 30)}`])}${random.pick(['', '?q=1&r=%20', '#top'])}`,
  },
};

/** A text that has none of these formats. */
const NO_FORMAT = ['', 'not that', '12', 'tomorrow', 'ß', '-', '2024-13-45', 'http//x'];

/** A value of a JSON type. */
function someValue(type, random) {
  switch (type) {
    case 'string':
      return random.pick(WORDS);
    case 'integer':
      return random.pick([0, 1, -1, 42, -99999, 2 ** 31, 4294967296, Number.MAX_SAFE_INTEGER]);
    case 'number':
      return random.pick([0.5, -3.25, 1e-7, 12345.678]);
    case 'boolean':
      return random.chance();
    case 'array':
      return random.pick([[], [1], [{ a: 'b' }], ['x', null]]);
    case 'object':
      return random.pick([{}, { a: 1 }, { value: { deep: true } }]);
    default:
      return null;
  }
}

/** Another value that the same place may have; lists and objects stay. */
function otherValue(value, facts, random) {
  if (typeof value === 'string') {
    if (facts.values !== null) return random.pick(facts.values);
    return facts.format === null ? random.pick(WORDS) : FORMATS[facts.format].make(random);
  }
  if (typeof value === 'number') {
    const isFraction = facts.types.has('number') && random.chance();
    return someValue(isFraction ? 'number' : 'integer', random);
  }
  return typeof value === 'boolean' ? random.chance() : value;
}

/** A body with a value in place of every placeholder. */
function filled(value, random) {
  if (Array.isArray(value)) return value.map((item) => filled(item, random));
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner, random)]));
  }
  const placeholder = typeof value === 'string' ? placeholderOf(value) : null;
  if (placeholder === null) return value;
  const type = random.pick(placeholder.types);
  if (type === 'string' && placeholder.format !== undefined) return FORMATS[placeholder.format].make(random);
  // Nothing is known of what is in an object or a list that a word stands for.
  return type === 'any' ? 'anything' : type === 'number' && random.chance() ? 7 : someValue(type, random);
}

module.exports = { FORMATS, NO_FORMAT, filled, otherValue, someValue };
