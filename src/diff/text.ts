import { CHANGE_RULES, type Change, type Weight } from './change';

const SIGNS: Readonly<Record<Weight, string>> = { breaking: '✗', additive: '+', cosmetic: '·' };
const MOST_COLUMNS = 160;

/** One line a change; a script's patch stands below its line. */
export function changeLines(changes: readonly Change[]): string[] {
  return changes.flatMap(({ patch, ...change }) => [
    lineOf(change),
    ...(patch === undefined ? [] : patch.split('\n').map((line) => `    ${line}`)),
  ]);
}

/** How many changes of each weight there are, in words; "no change" where there is none. */
export function summaryOf(changes: readonly Change[]): string {
  if (changes.length === 0) return 'no change';
  const weights: readonly Weight[] = ['breaking', 'additive', 'cosmetic'];
  return weights
    .map((weight) => `${changes.filter((one) => one.weight === weight).length} ${weight}`)
    .join(', ');
}

/** The same as a Markdown table, for a pull request. */
export function toMarkdown(changes: readonly Change[]): string {
  const cell = (text: string | null): string =>
    text === null || text === '' ? '–' : `\`${short(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``;
  const rows = changes.map(
    ({ rule, weight, key, what, before, after }) =>
      `| ${SIGNS[weight]} ${weight} | ${rule} | ${cell(key)} | ${cell(what)} | ${cell(before)} | ${cell(after)} |`,
  );
  const head = [
    '| weight | change | request | part | before | after |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  return [`**${summaryOf(changes)}**`, '', ...(rows.length === 0 ? [] : [...head, ...rows]), ''].join('\n');
}

function lineOf({ rule, weight, key, what, before, after }: Omit<Change, 'patch'>): string {
  const place = [key, what].filter((part) => part !== '').join(' ');
  const values =
    before === null
      ? `: ${short(after ?? '')}`
      : after === null
        ? `: ${short(before)}`
        : `: ${short(before)} -> ${short(after)}`;
  return `${SIGNS[weight]} ${weight.padEnd(8)} ${rule.padEnd(LONGEST)} ${place}${values}`;
}

const LONGEST = Math.max(...Object.keys(CHANGE_RULES).map((rule) => rule.length));

function short(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > MOST_COLUMNS ? `${flat.slice(0, MOST_COLUMNS - 1)}…` : flat;
}
