import type { Io } from '../../../src/cli/io';
import { wantsLinks } from '../../../src/cli/io';
import { Progress } from '../../../src/cli/progress';
import type { ReportRequest } from '../../../src/report/report';
import { HOSTILE, row } from '../report/reports';

interface Screen {
  readonly io: Io;
  readonly written: string[];
  /** Milliseconds, moved by the test. */
  now: number;
}

function screen(options: { isTTY?: boolean; columns?: number; env?: Record<string, string> } = {}): Screen {
  const written: string[] = [];
  const { env = {}, ...output } = options;
  const stdout = { write: (text: string) => written.push(text), columns: 80, ...output };
  return {
    io: { stdout, stderr: stdout, env, directory: '/', interrupted: new Promise(() => {}) },
    written,
    now: 0,
  };
}

function start(on: Screen, total: number): (more?: Partial<ReportRequest>) => void {
  const progress = new Progress(on.io, { total, now: () => on.now });
  ended.push(() => progress.end());
  return (more = {}) => progress.heard({ row: row('users/read', more), order: 0 });
}
const ended: (() => void)[] = [];
afterEach(() => {
  for (const end of ended.splice(0)) end();
});

const terminal = { isTTY: true, env: { NO_COLOR: '1' } };
const CLEAR = '\r\u001b[2K';

test('what passed only after a retry says at which attempt', () => {
  const on = screen();
  start(on, 1)({ attempts: 3, flaky: true });
  expect(on.written).toEqual(['✓ typed  200   84 ms  users/read (attempt 3)\n']);
});

test('a run of several iterations says which one a line is of', () => {
  const on = screen();
  start(on, 2)({ iteration: 2, cleanup: true });
  expect(on.written).toEqual(['✓ typed  200   84 ms  users/read (clean-up, iteration 2)\n']);
});

test('a line is no wider than the terminal, and whole where there is none', () => {
  const key = `customers/${'very-'.repeat(20)}long`;
  const [on, log] = [screen(terminal), screen()];
  start(on, 1)({ key, attempts: 2, flaky: true });
  start(log, 1)({ key });
  const [line = ''] = on.written.filter((text) => text.includes('✓'));
  expect(line.replace(CLEAR, '')).toMatch(/^✓ typed {2}200 {3}84 ms {2}customers\/very-.*…/);
  expect(line).toMatch(/-long \(attempt 2\)\n$/);
  expect(line.replace(CLEAR, '').trimEnd().length).toBeLessThanOrEqual(80);
  expect(log.written.join('')).toContain(`${key}\n`);
});

test('elsewhere than on a terminal it is a plain line a request', () => {
  const on = screen();
  const heard = start(on, 3);
  heard();
  heard({ outcome: 'failed', status: 404 });
  heard({ outcome: 'skipped', status: null, reason: 'needs user_id', prerequisite: true });
  expect(on.written).toEqual([
    '✓ typed  200   84 ms  users/read\n',
    '✗ typed  404   84 ms  users/read\n',
    '- typed  ---          users/read (prerequisite)\n',
  ]);
});

test('of a long run it is what failed or was skipped, and each tenth', () => {
  const on = screen();
  const heard = start(on, 1000);
  for (let at = 0; at < 1000; at += 1) {
    on.now += 10;
    heard(at === 250 ? { outcome: 'failed' } : {});
  }
  heard({ cleanup: true });
  heard({ repeat: 2 });
  expect(on.written).toHaveLength(11);
  expect(on.written[0]).toBe('typed running · 100 of 1000 done · 0 failed · about 9 s left\n');
  expect(on.written[2]).toBe('✗ typed  200   84 ms  users/read\n');
  expect(on.written.at(-1)).toBe('typed running · 1000 of 1000 done · 1 failed\n');
});

test('a terminal has a last line that is drawn at most ten times a second, and taken away', () => {
  const on = screen(terminal);
  const heard = start(on, 1000);
  for (let at = 0; at < 500; at += 1) {
    on.now += 4;
    heard();
  }
  expect(on.written[0]).toBe(`${CLEAR}starting · 0 of 1000 done · 0 failed`);
  expect(on.written.length).toBeGreaterThan(10);
  expect(on.written.length).toBeLessThanOrEqual(1 + 2000 / 100);
  expect(on.written.at(-1)).toBe(`${CLEAR}typed running · 500 of 1000 done · 0 failed · about 2 s left`);
  for (const end of ended.splice(0)) end();
  expect(on.written.at(-1)).toBe(CLEAR);
});

test('a line of a request stays above the last line', () => {
  const on = screen(terminal);
  start(on, 2)({ outcome: 'failed' });
  expect(on.written.slice(1)).toEqual([
    `${CLEAR}✗ typed  200   84 ms  users/read\n`,
    `${CLEAR}typed running · 1 of 2 done · 1 failed · about 0 s left`,
  ]);
});

test('long times are minutes, and a narrow terminal gets a line that fits', () => {
  const on = screen({ ...terminal, columns: 40 });
  const heard = start(on, 101);
  on.now = 65_000;
  heard();
  const last = on.written.at(-1) ?? '';
  expect(last.slice(CLEAR.length).length).toBeLessThanOrEqual(39);
  const wide = screen();
  const told = start(wide, 200);
  for (let at = 0; at < 20; at += 1) {
    wide.now += 1000;
    told();
  }
  expect(wide.written.at(-1)).toContain('about 3 min 0 s left');
});

test.each([
  ['a CI system', { isTTY: true, env: { CI: 'true' } }],
  ['a dumb terminal', { isTTY: true, env: { TERM: 'dumb' } }],
  ['a pipe', {}],
])('%s gets no line that is redrawn', (_name, options) => {
  const on = screen({ ...options, env: { NO_COLOR: '1', ...('env' in options ? options.env : {}) } });
  start(on, 2)();
  expect(on.written).toEqual(['✓ typed  200   84 ms  users/read\n']);
});

test('colour is for terminals, and not where NO_COLOR is set', () => {
  const [coloured, plain] = [screen({ isTTY: true }), screen(terminal)];
  start(coloured, 2)();
  start(plain, 2)();
  expect(coloured.written.join('')).toContain('\u001b[32m✓');
  expect(plain.written.join('')).not.toContain('\u001b[3');
});

test.each(
  [...HOSTILE, '::error::x', '##[error]x', '\n::error::x'].map((evil) => [
    JSON.stringify(evil).slice(0, 40),
    evil,
  ]),
)('a key that is %s neither moves nor commands', (_name, evil) => {
  const on = screen();
  start(on, 2)({ key: evil, outcome: 'failed' });
  const [line = '', ...more] = on.written;
  expect(more).toEqual([]);
  expect(line).toMatch(/^✗ [^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*\n$/u);
  expect(line).not.toMatch(/^\s*::|##\w*\[/);
});

test.each([
  [{}, false],
  [{ TERM_PROGRAM: 'vscode' }, true],
  [{ TERM_PROGRAM: 'vscode', CI: 'true' }, false],
  [{ TERM_PROGRAM: 'Apple_Terminal' }, false],
  [{ VTE_VERSION: '6800' }, true],
  [{ VTE_VERSION: '4200' }, false],
  [{ WT_SESSION: 'x' }, true],
  [{ TERM: 'xterm-kitty' }, true],
  [{ TERM: 'dumb', TERM_PROGRAM: 'vscode' }, false],
  [{ FORCE_HYPERLINK: '0', TERM_PROGRAM: 'vscode' }, false],
  [{ FORCE_HYPERLINK: '1' }, true],
])('with %j files are links: %s', (env: Record<string, string>, links) => {
  expect(wantsLinks(screen({ isTTY: true, env }).io)).toBe(links);
  expect(wantsLinks(screen({ env: { ...env, FORCE_HYPERLINK: '' } }).io)).toBe(false);
});
