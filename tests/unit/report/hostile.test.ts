import { marked } from 'marked';
import { Masker } from '../../../src/masking/masker';
import { describeError } from '../../../src/report/describe-error';
import type { Report } from '../../../src/report/report';
import { toTerminal } from '../../../src/report/terminal';
import { writerOf } from '../../../src/report/writers';
import { ctrfFaults, elements, parseXml, sarifFaults } from './formats';
import { HOSTILE, hostileReport } from './reports';

/** Text that acts on those who read reports, besides what acts on browsers and terminals. */
const ACTING = [
  '::error file=a,line=1::hacked',
  '\n::add-mask::x\n::stop-commands::token',
  '##[error]hacked ##vso[task.complete result=Succeeded;]',
  "##teamcity[testFinished name='x']",
  ']]> <![CDATA[ ]]]]><!-- --> <?xml version="1.0"?> &lol; <!DOCTYPE x [<!ENTITY lol "lol">]>',
  '@everyone #1 http://evil.test www.evil.test [link](http://evil.test) ![image](http://evil.test) <a@evil.test>',
  '| a | b |\n| --- | --- |\n# heading\n- item\n\\| \\\\| \\',
  '`code` ``code`` ```\nblock\n``` ~~~',
  '`',
  ' ',
  '%0A%0D%25 , : {0} {{x}}',
  '../../etc/passwd#/x',
  'schemas/a%b c.json#/x',
  '\ufffe\uffff\ud83d',
  'y'.repeat(1 << 20),
];
const EVERYTHING = [...HOSTILE, ...ACTING].map((evil) => [JSON.stringify(evil).slice(0, 40), evil] as const);

const CONTROLS = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const write = (format: string, report: Report): string => writerOf(format)?.write(report) ?? '';
const unseenIn = (text: string) =>
  text.split('\n').filter((line) => CONTROLS.test(line.replaceAll('\u200d', '')));
/** What a log takes for a command of GitHub, Azure or TeamCity. */
const commandsIn = (text: string) => text.split('\n').filter((line) => /^\s*::|##\w*\[/.test(line));

describe.each(EVERYTHING)('a report full of %s', (_name, evil) => {
  const report = hostileReport(evil);
  const { requests, failed, skipped } = report.summary;

  test('is well-formed JUnit with every request in it', () => {
    const text = write('junit', report);
    const root = parseXml(text);
    expect(unseenIn(text)).toEqual([]);
    const count = (name: string) => elements(root, name).length;
    expect([count('testcase'), count('failure'), count('skipped')]).toEqual([requests, failed, skipped]);
    expect(new Set(elements(root, 'testcase').map((one) => JSON.stringify(one.attributes))).size).toBe(
      requests,
    );
  });

  test('is SARIF and CTRF that hold to their schemas, with paths that stay inside the repository', () => {
    const [sarif, ctrf] = [write('sarif', report), write('ctrf', report)];
    expect({ sarif: sarifFaults(sarif), ctrf: ctrfFaults(ctrf) }).toEqual({ sarif: [], ctrf: [] });
    expect({ sarif: unseenIn(sarif), ctrf: unseenIn(ctrf) }).toEqual({ sarif: [], ctrf: [] });
    for (const [, uri = ''] of sarif.matchAll(/"uri": "(.*)"/g)) {
      expect(uri).not.toMatch(/^\/|\.\.|^[a-z]+:/);
      expect(new URL(uri, 'file:///root/').href).toContain('file:///root/');
    }
    expect([...sarif.matchAll(/"text": "(.*)"/g)].filter(([, text = '']) => text.includes(']('))).toEqual([]);
  });

  test('is Markdown in which it is code and nothing else', () => {
    const text = write('markdown', report);
    const tokens: { type: string; raw: string; tokens?: unknown[] }[] = [];
    marked.walkTokens(marked.lexer(text), (token) => void tokens.push(token));
    const acting = /^(html|link|image|code|def|heading|hr|blockquote|br|del)$/;
    const own = /^#{2,3} (\S+ )?\w+(: [\w -]+)?\s*$/;
    expect(
      tokens.filter(({ type, raw }) => acting.test(type) && !own.test(raw)).map(({ raw }) => raw),
    ).toEqual([]);
    const leaves = tokens.filter(
      (token) => token.tokens === undefined && !/^(codespan|list|table)$/.test(token.type),
    );
    const prose = leaves.map(({ raw }) => raw);
    expect(prose.filter((part) => /[@<>]|https?:|www\.|evil/.test(part))).toEqual([]);
    for (const line of text.split('\n').filter((one) => one.startsWith('| ✗ breaking'))) {
      expect(line.replaceAll('\\|', '').split('|')).toHaveLength(7);
    }
    expect(unseenIn(text)).toEqual([]);
    expect(Buffer.byteLength(text)).toBeLessThan(64_000);
  });

  test('is annotations that are each one command of ours', () => {
    const lines = write('github', report).split('\n').slice(0, -1);
    expect(unseenIn(lines.join('\n'))).toEqual([]);
    for (const line of lines) {
      const [, level, properties = ''] = /^::(error|warning) ([^\r\n]*?)::/.exec(line) ?? [];
      expect(level).toMatch(/error|warning/);
      const names = properties.split(',').map((property) => property.split('=')[0]);
      expect(['title', 'file,line,title']).toContain(names.join());
    }
  });

  test.each([true, false])('is terminal lines that neither move nor command (colour: %s)', (color) => {
    const text = toTerminal(report, { color, width: 80, reports: [evil] });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours that are ours
    const plain = text.replace(/\u001b\[\d+m/g, '');
    expect({ unseen: unseenIn(plain), commands: commandsIn(plain) }).toEqual({ unseen: [], commands: [] });
  });

  test('is an error in lines that neither move nor command', () => {
    const text = describeError(new Error(evil), new Masker(), true);
    expect({ unseen: unseenIn(text), commands: commandsIn(text) }).toEqual({ unseen: [], commands: [] });
  });
});
