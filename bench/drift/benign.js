// The classes of benign variation: other answers that the same samples document, of which nothing may be found.
const { isRecord } = require('../../dist/json');
const { filled, otherValue } = require('./values');

/** A body with `change` made to each value beside what is known of its place, from the inside to the outside. */
function mapped(value, facts, change) {
  if (facts === undefined || facts === null) return value;
  if (Array.isArray(value)) {
    return change(
      value.map((item) => mapped(item, facts.items, change)),
      facts,
    );
  }
  if (!isRecord(value)) return change(value, facts);
  const inner = (name) => (facts.isMap ? facts.entries : facts.properties.get(name)?.facts);
  const entries = Object.entries(value).map(([name, one]) => [name, mapped(one, inner(name), change)]);
  return change(Object.fromEntries(entries), facts);
}

const withValue = (answer, change) => ({ ...answer, value: mapped(answer.value, answer.facts, change) });
const isObject = (value, facts) => isRecord(value) && !facts.types.has('any');

const TEXT = /"(\\.|[^"\\])*"/g;
const escaped = (text) =>
  text.replace(TEXT, (token) => {
    const units = JSON.parse(token).split('');
    return `"${units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;
  });
const spaced = (text, random) =>
  text.replace(/"(\\.|[^"\\])*"|[[\]{},:]/g, (token) =>
    token.startsWith('"')
      ? token
      : `${random.pick(['', ' ', '\n', '\t'])}${token}${random.pick(['', '\r\n', '  '])}`,
  );

const BENIGN = {
  'the same': (answer) => answer,
  'other values': (answer, random) => withValue(answer, (value, facts) => otherValue(value, facts, random)),
  'placeholders filled in': (answer, random) => ({ ...answer, value: filled(answer.raw, random) }),
  'integers of another size': (answer, random) => {
    const numbers = [];
    const changed = withValue(answer, (value, facts) => {
      if (typeof value !== 'number' || !(facts.types.has('integer') || facts.types.has('number')))
        return value;
      numbers.push(
        random.pick(['9007199254740993', '-9223372036854775808', '0', '1e3', '18446744073709551615']),
      );
      return `#${numbers.length - 1}#`;
    });
    const text = JSON.stringify(changed.value).replace(/"#(\d+)#"/g, (_, at) => numbers[at]);
    return { ...changed, text };
  },
  'unicode text': (answer, random) => {
    const changed = withValue(answer, (value, facts) =>
      typeof value === 'string' && facts.format === null && facts.values === null
        ? random.pick(['Zoë', '日本', '😀', '\u2028', 'e\u0301', '\u0000', '\ud800'])
        : value,
    );
    const text = JSON.stringify(changed.value);
    return { ...changed, text: random.chance() ? escaped(text) : text };
  },
  'white space': (answer, random) => ({ ...answer, text: spaced(JSON.stringify(answer.value), random) }),
  'order of names': (answer, random) =>
    withValue(answer, (value) =>
      isRecord(value) ? Object.fromEntries(random.shuffle(Object.entries(value))) : value,
    ),
  'empty arrays': (answer, random) =>
    withValue(answer, (value) => (Array.isArray(value) && random.chance() ? [] : value)),
  'longer arrays': (answer, random) =>
    withValue(answer, (value) =>
      Array.isArray(value) && value.length > 0 && value.length < 50
        ? [...value, ...random.shuffle(value), value[0]].slice(0, 60)
        : value,
    ),
  'optional parts left out': (answer, random) =>
    withValue(answer, (value, facts) => {
      if (!isObject(value, facts)) return value;
      const isOptional = (name) =>
        facts.isMap || (facts.properties.get(name)?.count ?? facts.objects) < facts.objects;
      return Object.fromEntries(
        Object.entries(value).filter(([name]) => !isOptional(name) || random.chance()),
      );
    }),
  'null where some are null': (answer, random) =>
    withValue(answer, (value, facts) => (facts.types.has('null') && random.chance() ? null : value)),
  'entries of maps': (answer, random) =>
    withValue(answer, (value, facts) => {
      const [name] = facts.isMap && isRecord(value) ? Object.keys(value) : [];
      if (name === undefined) return value;
      const other = name.replace(/\d/g, () => String(random.below(10)));
      return { ...value, [other]: value[name] };
    }),
};

module.exports = { BENIGN };
