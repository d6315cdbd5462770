// What a drift or a benign variation, put into an answer, makes of it: the judge of one case, and the table of all.
const { documentedMedia } = require('../../dist/contract/media');
const { BENIGN } = require('./benign');
const { DRIFTS, HEADER } = require('./drifts');
const { Random } = require('./random');
const { findingsOf } = require('./suite');
const { filled } = require('./values');

/** The answer that an example stands for, before anything is changed in it. */
function plainAnswer(given, random) {
  const media = documentedMedia(given.example);
  return {
    ...given,
    value: filled(given.raw, random),
    media: media ?? 'application/json',
    headers: { [HEADER]: '1' },
  };
}

/** Classes that no other variant can be. */
const WHOLE = ['status changed', 'media type changed', 'header missing', 'property added', 'not JSON'];

/**
 * Holds one case to its contract. Null where the class finds no place in the answer.
 *
 * `caught`: the one finding that had to come is there. `variant`: nothing is found, because the changed answer is another
 * documented one of the same status. `misplaced`: there is something breaking, but of another kind or at another place.
 */
function caseOf(name, given, store, seed) {
  const random = new Random(seed);
  const answer = plainAnswer(given, random);
  const isBenign = Object.hasOwn(BENIGN, name);
  const made = isBenign ? { answer: BENIGN[name](answer, random) } : DRIFTS[name](answer, random);
  if (made === null) return null;
  const findings = findingsOf(made.answer, store);
  const wanted = findings.find(({ kind, pointer }) => kind === made.kind && pointer === made.pointer);
  const extra = findings.filter((found) => found !== wanted);
  const isVariant = findings.length === 0 && given.variants > 1 && !WHOLE.includes(name);
  let outcome = 'caught';
  if (isBenign) outcome = 'quiet';
  else if (wanted === undefined)
    outcome = isVariant ? 'variant' : findings.length > 0 ? 'misplaced' : 'missed';
  const alarms = isBenign || wanted !== undefined ? extra.length : 0;
  return { outcome, alarms, made, findings };
}

/** Counts of one class. */
const nothing = () => ({ cases: 0, caught: 0, variant: 0, missed: 0, misplaced: 0, alarms: 0 });

/** Every class at every answer of a suite, `seeds` times each. What is not right is handed to `report`. */
function measureSuite(suite, { seeds, classes, first = 1 }, report) {
  const counts = Object.fromEntries(classes.map((name) => [name, nothing()]));
  for (const [at, given] of suite.answers.entries()) {
    if (given.raw === undefined) continue;
    for (const name of classes) {
      for (let seed = first; seed < first + seeds; seed += 1) {
        const id = `${suite.name}#${at} ${name} ${seed}`;
        const result = caseOf(name, given, suite.store, id);
        if (result === null) continue;
        const count = counts[name];
        count.cases += 1;
        count.alarms += result.alarms;
        if (result.outcome in count) count[result.outcome] += 1;
        if (/missed|misplaced/.test(result.outcome) || result.alarms > 0) report({ id, given, ...result });
      }
    }
  }
  return counts;
}

/** Counts of several suites as one. */
function sumOf(all) {
  const sum = {};
  for (const counts of all) {
    for (const [name, count] of Object.entries(counts)) {
      sum[name] ??= nothing();
      for (const field of Object.keys(count)) sum[name][field] += count[field];
    }
  }
  return sum;
}

/** Whether nothing was missed, misplaced or found where nothing is. */
const isRight = ({ missed, misplaced, alarms }) => missed + misplaced + alarms === 0;

module.exports = { BENIGN, DRIFTS, isRight, measureSuite, sumOf };
