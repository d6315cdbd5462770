import { lineWidth } from '../../../src/report/columns';
import { firstLine } from '../../../src/report/escape';
import { toMarkdown } from '../../../src/report/markdown';
import { problemOf } from '../../../src/report/problem';
import { toTerminal } from '../../../src/report/terminal';
import { drifted, report, row } from './reports';

test.each<[columns: number | undefined, width: number]>([
  [undefined, 80],
  // A pty without a size.
  [0, 80],
  [20, 40],
  [132, 132],
])('a terminal of %p columns has lines of %d', (columns, width) => {
  expect(lineWidth({ columns })).toBe(width);
});

test.each([
  ['one', 'one'],
  ['one\ntwo', 'one'],
  ['one\r\ntwo', 'one'],
  ['\n  \ntwo', 'two'],
  ['', ''],
])('of %j the first line that says something is %j', (text, line) => {
  expect(firstLine(text)).toBe(line);
});

test('an error of several lines is told by its first', () => {
  const assertions = [{ name: 'holds', passed: false, error: 'it broke\n    at line 2' }];
  const failed = row('a', { outcome: 'failed', assertions });
  const told = report('drifted', [failed]);
  expect(toTerminal(told, { color: false, width: 100, reports: [] })).toContain('  it broke\n');
  expect(toMarkdown(told)).toContain('`it broke`');
  const advise = () => ({ hint: '', commands: [] });
  expect(problemOf(failed, advise)?.message).toBe('failed: holds: it broke');
});

test('Markdown names the folder that its commands name', () => {
  const { run, ...rest } = drifted;
  const elsewhere = { ...rest, run: { ...run, command: { reports: 'r2' } } };
  expect(toMarkdown(elsewhere)).toContain('put it into `r2/` first');
  expect(toMarkdown(drifted)).toContain('put it into `reports/` first');
});
