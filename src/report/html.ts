import { createHash } from 'node:crypto';
import type { Severity } from '../findings/kinds';
import { commandsFor, hintFor } from './advice';
import {
  type Aside,
  asideOf,
  asidesOf,
  counted,
  type FailureGroup,
  type FindingGroup,
  groupBy,
  groupFailures,
  groupFindings,
  groupSkips,
  SEVERITY_ORDER,
  SIGNS,
  type SkipGroup,
} from './group';
import { html, type Markup, nothing, type Value } from './html-markup';
import { STYLE } from './html-style';
import type { Outcome, Report, ReportRequest } from './report';

/** As many findings as a person reads at once; the rest wait behind one click each. */
const OPEN_FINDINGS = 20;
const OUTCOMES: readonly Outcome[] = ['passed', 'failed', 'skipped'];

const LEADS = {
  healthy: 'The API does what is published.',
  degraded: 'The API does what is published, but slower than its budget.',
  drifted: 'The API does not do what is published.',
  down: 'The environment cannot be reached, or fails throughout. Nothing can be said about drift.',
  incomplete: 'The run was interrupted before its end: nothing can be said of what it had not tested.',
} as const;

const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  breaking: 'a consumer that relied on the contract fails',
  down: 'no usable answer',
  degraded: 'slower than the budget',
  additive: 'a consumer does not notice',
};

function sign(word: keyof typeof SIGNS): Markup {
  return html`<span class="sign" aria-hidden="true">${SIGNS[word]}</span>`;
}

function code(value: string): Markup {
  return html`<code>${value}</code>`;
}

function fact(name: string, value: Value, wide = false): Markup {
  return html`<div${wide ? html` class="wide"` : nothing}><dt>${name}</dt><dd>${value}</dd></div>`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function duration(durationMs: number): string {
  if (durationMs < 10_000) return `${Math.round(durationMs)} ms`;
  const seconds = durationMs / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

function moment(startedAt: string): Markup {
  const date = new Date(startedAt);
  if (Number.isNaN(date.getTime())) return html`${startedAt}`;
  const iso = date.toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`;
}

function version(collection: Report['collection']): Markup {
  const { publishedId, versionTag, publishDate, sha256 } = collection;
  const published = publishDate === undefined ? nothing : html`, published ${publishDate}`;
  const id = publishedId === undefined ? nothing : html`, id ${code(publishedId)}`;
  return html`${versionTag === undefined ? 'untagged' : html`version ${versionTag}`}${published}${id},
    sha256 <code title="${sha256}">${sha256.slice(0, 12)}</code>`;
}

function bar(report: Report): Markup {
  const { summary } = report;
  let x = 0;
  const parts = OUTCOMES.map((outcome) => {
    const share = summary.requests > 0 ? (summary[outcome] / summary.requests) * 1000 : 0;
    const part = html`<rect class="${outcome}" x="${x}" y="0" width="${share}" height="10"/>`;
    x += share;
    return summary[outcome] > 0 ? part : nothing;
  });
  const words = OUTCOMES.map((outcome) => `${summary[outcome]} ${outcome}`).join(', ');
  return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="${words}">${parts}</svg>`;
}

function counts(report: Report): Markup {
  const { summary } = report;
  const one = (word: Outcome | Severity): Markup =>
    html`<li class="${summary[word] > 0 ? word : 'zero none'}">${sign(word)} <b>${summary[word]}</b> ${word}</li>`;
  return html`<div>${bar(report)}
<ul class="counts" aria-label="Requests"><li><b>${summary.requests}</b> request${summary.requests === 1 ? '' : 's'}:</li>
${OUTCOMES.map(one)}</ul>
<ul class="counts" aria-label="Findings"><li>Findings:</li>
${SEVERITY_ORDER.map(one)}</ul></div>`;
}

function top(report: Report): Markup {
  const { run, collection, verdict } = report;
  const shard = run.shard === undefined ? nothing : html`, shard ${run.shard} only`;
  const note =
    collection.reconstruction === true
      ? html`<p class="note">This collection is a reconstruction, not the published file itself. A finding may be
the reconstruction’s mistake: compare it with what is published before you call it drift.</p>`
      : nothing;
  return html`<header class="top">
<div class="verdict ${verdict}">${sign(verdict)}<div>
<h1>${capital(verdict)}</h1>
<p>${LEADS[verdict]}</p></div></div>
<div class="inside"><dl class="facts">
${fact('When', html`${moment(run.startedAt)}<br><span class="soft">took ${duration(run.durationMs)}</span>`)}
${fact('Environment', run.environment === '' ? 'none' : run.environment)}
${fact('Runner', html`${run.runner}${shard}`)}
${fact('Target', code(run.target), true)}
${fact('Collection', html`${collection.name}<br><span class="soft">${version(collection)}</span>`, true)}
</dl>
${note}${counts(report)}</div></header>`;
}

function asideTag(aside: Aside | null): Markup {
  return aside === null ? nothing : html` <span class="tag">${aside}</span>`;
}

type RowIds = ReadonlyMap<ReportRequest, number>;

function rowLink(key: string, label: Value, rows: RowIds): Value {
  for (const [row, id] of rows) if (row.key === key) return html`<a href="#r${id}">${label}</a>`;
  return label;
}

function placeOf({ pointer, status }: FindingGroup): Value {
  if (pointer !== '') return code(pointer);
  return status === null ? 'no response' : 'whole response';
}

function findingItem(group: FindingGroup, open: boolean, rows: RowIds): Markup {
  const place = placeOf(group);
  const places = group.count > 1 ? html`, ${counted(group.count, 'place')}` : nothing;
  const row = (name: string, value: Value): Markup => html`<dt>${name}</dt><dd>${value}</dd>`;
  return html`<li class="cause ${group.severity}"><details${open ? html` open` : nothing}>
<summary><span class="what">${group.kind} ${code(group.key)}</span>
<span class="place">${place}${places}${asideTag(group.aside)}</span>
<span class="who">${group.runners.join(', ')}</span></summary>
<div class="more">${group.message === '' ? nothing : html`<p>${group.message}</p>`}
<dl class="pair"><div><dt>Expected</dt><dd>${code(group.expected)}</dd></div>
<div class="actual"><dt>Actual</dt><dd>${code(group.actual)}</dd></div></dl>
<dl class="where">${row('Request', rowLink(group.key, code(`${group.method} ${group.url}`), rows))}
${group.status === null ? nothing : row('Status', group.status)}
${group.schema === undefined ? nothing : row('Schema', html`${code(group.schema)}${group.schemaLine === undefined ? '' : `, line ${group.schemaLine}`}`)}
${group.samples === undefined ? nothing : row('Rests on', counted(group.samples, 'sample'))}
${hintFor(group) === '' ? nothing : row('Look', hintFor(group))}
${commandsFor(group).map(({ when, text }) => row(capital(when), code(text)))}</dl></div></details></li>`;
}

function failureItem(group: FailureGroup, rows: RowIds): Markup {
  return html`<li class="cause failed"><details open><summary><span class="what">${group.name}</span>
<span class="place">${code(group.key)}${asideTag(group.aside)}</span>
<span class="who">${group.runners.join(', ')}</span></summary>
<div class="more">${group.error === undefined ? nothing : html`<p>${code(group.error)}</p>`}
<p class="soft">${rowLink(group.key, 'To its row in the table', rows)}</p></div></details></li>`;
}

function skipItem(group: SkipGroup): Markup {
  const besides = group.besides > 0 ? `, and ${group.besides} not counted` : '';
  return html`<li><details><summary><b>${group.count}</b> skipped${besides}: ${group.reason}</summary>
<ul>${group.keys.map((key) => html`<li>${code(key)}</li>`)}</ul></details></li>`;
}

function causes(word: Severity | Outcome, title: string, hint: string, items: readonly Markup[]): Markup {
  return html`<h3 class="${word}">${sign(word)} ${capital(title)} <span class="soft">${hint}</span></h3>
<ol class="causes">${items}</ol>`;
}

function quiet(report: Report): string {
  const { passed, requests, skipped } = report.summary;
  if (requests === 0) return 'No request was made.';
  const all =
    passed === requests ? `All ${counted(requests, 'request')}` : `${passed} of ${requests} requests`;
  return `No findings. ${all} did what is published${skipped > 0 ? '; what was skipped is below' : ''}.`;
}

function whatHappened(report: Report, rows: RowIds): Markup {
  const findings = groupFindings(report);
  const failures = groupFailures(report);
  const skips = groupSkips(report);
  const seen = report.requests.reduce((sum, row) => sum + row.findings.length, 0);
  const opened = new Set(findings.slice(0, OPEN_FINDINGS));
  const bySeverity = SEVERITY_ORDER.map((severity) => {
    const of = findings.filter((group) => group.severity === severity);
    if (of.length === 0) return nothing;
    const items = of.map((group) => findingItem(group, opened.has(group) && severity !== 'additive', rows));
    return causes(severity, severity, SEVERITY_WORDS[severity], items);
  });
  return html`<section aria-labelledby="happened"><h2 id="happened">What happened</h2>
${findings.length + failures.length === 0 ? html`<p class="soft">${quiet(report)}</p>` : nothing}
${
  seen > findings.length
    ? html`<p class="soft">${counted(seen, 'finding')}, told in ${counted(findings.length, 'line')}:
the same difference of one request is one line, whoever saw it.</p>`
    : nothing
}
${bySeverity}
${
  failures.length === 0
    ? nothing
    : causes(
        'failed',
        'failed otherwise',
        'by a test of the collection, or for the reason given',
        failures.map((group) => failureItem(group, rows)),
      )
}
${
  skips.length === 0
    ? nothing
    : html`<h3 class="skipped">${sign('skipped')} Skipped <span class="soft">by reason</span></h3>
<ul class="skips">${skips.map(skipItem)}</ul>`
}</section>`;
}

function requestRow(row: ReportRequest, id: number | undefined): Markup {
  const failed = row.assertions.filter((assertion) => !assertion.passed);
  const tests = failed.map(
    ({ name, error }) => html`<li>${sign('failed')} ${name}${error === undefined ? '' : `: ${error}`}</li>`,
  );
  const found = row.findings.length > 0 ? html`<p>${counted(row.findings.length, 'finding')}</p>` : nothing;
  const attempts = row.attempts > 1 ? html`<p>${row.attempts} attempts</p>` : nothing;
  return html`<tr id="r${id ?? ''}" role="row"><th scope="row" role="rowheader" class="request">${code(row.key)}${asideTag(asideOf(row))}
<span class="address">${row.method} ${code(row.url)}</span></th>
<td role="cell" class="runner">${row.runner}</td>
<td role="cell" class="number">${row.status === null ? html`<span class="soft">no response</span>` : row.status}</td>
<td role="cell" class="number">${row.outcome === 'skipped' ? '' : duration(row.durationMs)}</td>
<td role="cell" class="result"><span class="outcome ${row.outcome}">${sign(row.outcome)} ${row.outcome}</span>
${row.reason === undefined ? nothing : html`<p>${row.reason}</p>`}${found}${attempts}
${tests.length === 0 ? nothing : html`<ul>${tests}</ul>`}</td></tr>`;
}

function folderTable(folderRows: readonly ReportRequest[], rows: RowIds): Markup {
  const folder = folderRows[0]?.folder.join(' / ') ?? '';
  // The runners' rows of one request stand together.
  const ordered = groupBy(folderRows, (row) => row.key).flat();
  return html`<div class="table"><table role="table"><caption>${folder === '' ? 'Outside any folder' : folder}
<span class="soft">${counted(ordered.length, 'row')}</span></caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Request</th><th scope="col" role="columnheader">Runner</th><th scope="col" role="columnheader" class="number">Status</th><th scope="col" role="columnheader" class="number">Duration</th><th scope="col" role="columnheader">Outcome</th></tr></thead>
<tbody role="rowgroup">${ordered.map((row) => requestRow(row, rows.get(row)))}</tbody></table></div>`;
}

/**
 * The report as one HTML file that loads nothing and runs nothing: the verdict, what happened, then every request.
 *
 * Shape: all text of the report is escaped, and its invisible characters are spelled out; the file's own policy
 *        (CSP) allows only its own style, by hash.
 */
export function toHtml(report: Report): string {
  const rows: RowIds = new Map(report.requests.map((row, index) => [row, index]));
  const asides = asidesOf(report);
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<title>${report.verdict}: ${report.collection.name}, ${report.run.environment}</title>
<style>${{ markup: STYLE }}</style></head>
<body><a class="skip" href="#requests">To all requests</a><main>
${top(report)}
${whatHappened(report, rows)}
<section aria-labelledby="requests"><h2 id="requests">All requests</h2>
${
  asides.length === 0
    ? nothing
    : html`<p class="soft">Not counted: ${asides.join(', ')}. A prerequisite ran only for the variables that others need,
a clean-up only to remove what the run made.</p>`
}
${groupBy(report.requests, (row) => JSON.stringify(row.folder)).map((of) => folderTable(of, rows))}</section>
<footer>Run ${code(report.run.id)}. Everything here is made from report.json beside it.</footer>
</main></body></html>
`;
  return page.markup;
}
