import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Adviser, adviserOf } from './advice';
import { embeddedJson } from './embed';
import { escapeHtml } from './escape';
import { flakyText, SIGNS } from './group';
import type { HtmlExtras } from './page-data';
import type { Report, ReportRequest } from './report';
import { countWords, leadOf, partialNote } from './verdict-words';

/** The app of `page/` as the build leaves it: the same place from `src/report` and from `dist/report`. */
const BUILT = join(__dirname, '../../dist/report');

interface Page {
  readonly script: string;
  readonly style: string;
  readonly policy: string;
}

let built: Page | null = null;

function page(): Page {
  if (built !== null) return built;
  const [script = '', style = ''] = ['page.js', 'page.css'].map((name) =>
    readFileSync(join(BUILT, name), 'utf8').trimEnd(),
  );
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    // Nothing but text nodes: a string that becomes markup is refused by the browser itself.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  built = { script, style, policy };
  return built;
}

function withoutScript(report: Report): string {
  const { verdict, summary, run, collection } = report;
  const flaky = flakyText(report);
  const { requests, passed, failed, skipped } = summary;
  const lines = [
    leadOf(report),
    `${collection.name}, ${run.environment}, ${run.target}, ${run.startedAt}`,
    `${requests} requests: ${passed} passed, ${failed} failed, ${skipped} skipped`,
    `Findings: ${countWords(summary).join(', ')}`,
    ...[flaky, partialNote(run)].filter((line) => line !== null),
    'The list of requests needs JavaScript; report.json beside this file says the same.',
  ];
  return `<noscript><main class="plain"><h1>${SIGNS[verdict]} ${escapeHtml(verdict)}</h1>
${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')}</main></noscript>`;
}

function rowForPage(row: ReportRequest, advise: Adviser): ReportRequest {
  if (row.findings.length === 0) return row;
  const { key, status } = row;
  return { ...row, findings: row.findings.map((one) => ({ ...one, ...advise({ ...one, key, status }) })) };
}

/**
 * The report as one HTML file, in parts that are to be written one after the other: a report of thousands of rows is never
 * one text in memory. Joined they are `toHtml`.
 */
export function* htmlParts(report: Report, { history }: HtmlExtras = {}): Generator<string> {
  const { script, style, policy } = page();
  const { requests, ...head } = report;
  const advise = adviserOf(report);
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<title>${escapeHtml(`${report.verdict}: ${report.collection.name}, ${report.run.environment}`)}</title>
<style>${style}</style></head>
<body><div id="app"></div>
${withoutScript(report)}
<script type="application/json" id="data">{"history":${embeddedJson(history ?? null)},"head":${embeddedJson(head)},"requests":[`;
  for (const [at, row] of requests.entries()) {
    yield `${at === 0 ? '' : ','}\n${embeddedJson(rowForPage(row, advise))}`;
  }
  yield `]}</script>
<script>${script}</script>
</body></html>
`;
}

/**
 * The report as one HTML file that loads nothing: the verdict, what happened, then every request.
 *
 * Shape: the report is data in it, which its script shows as text only; the file's own policy (CSP) allows that one script and
 *        that one style, by hash. Without scripts it still says the verdict and the counts.
 */
export function toHtml(report: Report, extras: HtmlExtras = {}): string {
  return [...htmlParts(report, extras)].join('');
}
