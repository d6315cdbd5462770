/** The style of the HTML report; it stands in the file itself, which loads nothing. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f7f7f5; --card: #ffffff; --ink: #1c1e21; --soft: #5b6168; --line: #e3e3de; --code: #f1f1ed;
  --good: #17703f; --good-back: #e5f3ea; --bad: #b3261e; --bad-back: #fbe9e7;
  --slow: #8a5300; --slow-back: #fdf0da; --plus: #1a5fa8; --plus-back: #e6effa; --still: #8d9299;
  --focus: #1a5fa8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #141517; --card: #1d1f22; --ink: #e8e8e5; --soft: #a3a9b0; --line: #303338; --code: #26292d;
    --good: #6fd39b; --good-back: #16301f; --bad: #ff9a8f; --bad-back: #3a1a18;
    --slow: #f0bd6a; --slow-back: #35270f; --plus: #8fc0f7; --plus-back: #152a42; --still: #6d737a;
    --focus: #8fc0f7;
  }
}
* { box-sizing: border-box; }
html { font: 100%/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); }
main { max-width: 68rem; margin: 0 auto; padding: clamp(1rem, 4vw, 3rem) clamp(1rem, 4vw, 2rem) 4rem; }
h1, h2, h3, p, dl, dd, ol, ul, table { margin: 0; padding: 0; }
ol, ul { list-style: none; }
code { font: 0.875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code, td, th, dd, p, li, h1 { overflow-wrap: anywhere; unicode-bidi: isolate; }
a { color: inherit; text-underline-offset: 0.2em; text-decoration-color: var(--still); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
:target { scroll-margin-top: 1rem; background: var(--plus-back); }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: 0.5rem 1rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.soft { color: var(--soft); }

.healthy, .passed { --tone: var(--good); --back: var(--good-back); }
.drifted, .down, .breaking, .failed { --tone: var(--bad); --back: var(--bad-back); }
.degraded { --tone: var(--slow); --back: var(--slow-back); }
.additive { --tone: var(--plus); --back: var(--plus-back); }
.skipped, .none { --tone: var(--soft); --back: var(--code); }

.top { background: var(--card); border: 1px solid var(--line); border-radius: 14px; overflow: hidden; }
.verdict { background: var(--back); padding: 1.75rem clamp(1.25rem, 4vw, 2.25rem); display: grid;
  grid-template-columns: auto 1fr; column-gap: 1.25rem; align-items: center; }
.verdict .sign { width: 3.5rem; height: 3.5rem; border-radius: 50%; border: 2px solid var(--tone); color: var(--tone);
  display: grid; place-items: center; font-size: 1.75rem; line-height: 1; font-weight: 600; }
.verdict h1 { font-size: clamp(1.75rem, 5vw, 2.25rem); line-height: 1.15; letter-spacing: -0.02em; color: var(--tone); }
.verdict p { margin-top: 0.25rem; }
.inside { padding: 1.5rem clamp(1.25rem, 4vw, 2.25rem) 1.75rem; display: grid; gap: 1.5rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 1.1rem 2rem; }
.facts .wide { grid-column: 1 / -1; }
dt { color: var(--soft); font-size: 0.8125rem; }
.note { border-left: 3px solid var(--slow); padding: 0.1rem 0 0.1rem 0.9rem; color: var(--soft); max-width: 46rem; }
.bar { display: block; width: 100%; height: 0.75rem; border-radius: 6px; background: var(--code); }
.bar .passed { fill: var(--good); } .bar .failed { fill: var(--bad); } .bar .skipped { fill: var(--still); }
.counts { display: flex; flex-wrap: wrap; gap: 0.25rem 1.75rem; margin-top: 0.7rem; }
.counts b { font-variant-numeric: tabular-nums; }
.counts .sign { color: var(--tone); font-weight: 700; }
.counts .zero { color: var(--soft); }
.counts + .counts { margin-top: 0.2rem; }

section { margin-top: 3rem; }
h2 { font-size: 1.375rem; letter-spacing: -0.01em; line-height: 1.3; }
h2 + p { margin-top: 0.25rem; max-width: 46rem; }
h3 { font-size: 1rem; margin: 1.75rem 0 0.75rem; display: flex; flex-wrap: wrap; gap: 0 0.5rem; align-items: baseline; }
h3 .sign { color: var(--tone); }
h3 .soft { font-weight: 400; }

.causes { display: grid; gap: 0.75rem; }
.cause { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 8px; }
summary { cursor: pointer; }
.cause summary { list-style: none; padding: 0.85rem 1.1rem; display: grid; grid-template-columns: 1fr auto;
  gap: 0.1rem 1rem; align-items: baseline; border-radius: 8px; }
.cause summary::-webkit-details-marker { display: none; }
.cause summary:hover { background: color-mix(in srgb, var(--code) 55%, transparent); }
.cause .what { font-weight: 600; }
.cause .what code { font-weight: 600; }
.cause .place { grid-column: 1; color: var(--soft); }
.cause .who { grid-row: 1; grid-column: 2; color: var(--soft); font-size: 0.875rem; }
.cause .who::after { content: "▸"; display: inline-block; margin-left: 0.6rem; color: var(--soft); }
.cause details[open] .who::after { transform: rotate(90deg); }
.cause .more { padding: 0 1.1rem 1.1rem; display: grid; gap: 0.9rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); gap: 0.75rem; }
.pair > div { background: var(--code); border-radius: 6px; padding: 0.5rem 0.8rem 0.6rem; }
.pair .actual { background: var(--back); }
.pair .actual dt { color: var(--tone); }
.where { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1.1rem; font-size: 0.875rem; align-items: baseline; }
.tag { display: inline-block; font-size: 0.75rem; line-height: 1.3; border: 1px solid var(--line); border-radius: 99px;
  padding: 0.05rem 0.5rem; color: var(--soft); white-space: nowrap; }
.skips li { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 0.75rem 1.1rem; margin-top: 0.5rem; }
.skips summary b { font-variant-numeric: tabular-nums; }
.skips code { display: block; color: var(--soft); }
.skips details ul { margin-top: 0.5rem; padding-left: 1.1rem; }
.skips details li { all: unset; display: block; }

.table { background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; margin-top: 1.25rem; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: 0.9375rem; }
caption { text-align: left; font-weight: 600; padding: 0.85rem 1.1rem; }
caption .soft { font-weight: 400; }
th, td { text-align: left; vertical-align: top; padding: 0.65rem 0.6rem; border-top: 1px solid var(--line); font-weight: 400; }
th:first-child, td:first-child { padding-left: 1.1rem; }
th:last-child, td:last-child { padding-right: 1.1rem; }
thead th { white-space: nowrap; width: 6rem; color: var(--soft); font-size: 0.8125rem; padding-top: 0.4rem; padding-bottom: 0.4rem; }
thead th:first-child { width: auto; }
thead th:last-child { width: 16rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.number .soft { white-space: normal; }
.request code { font-weight: 600; }
.address { display: block; color: var(--soft); font-size: 0.875rem; }
.address code { font-weight: 400; }
.outcome { color: var(--tone); font-weight: 600; white-space: nowrap; }
.result ul { margin-top: 0.2rem; font-size: 0.875rem; }
.result p { font-size: 0.875rem; color: var(--soft); }
footer { margin-top: 3rem; color: var(--soft); font-size: 0.875rem; }

@media (max-width: 56rem) {
  .verdict { column-gap: 0.9rem; padding-top: 1.25rem; padding-bottom: 1.25rem; }
  .verdict .sign { width: 2.75rem; height: 2.75rem; font-size: 1.4rem; align-self: start; }
  .counts { column-gap: 1.25rem; }
  .counts li:first-child { flex: 1 0 100%; }
  .counts + .counts { margin-top: 0.7rem; }
  .cause .what code { display: block; }
  .cause .who { grid-row: auto; grid-column: 1 / -1; }
  .where { grid-template-columns: 1fr; gap: 0; }
  .where dd { margin-bottom: 0.5rem; }
  table, tbody, caption { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: flex; flex-wrap: wrap; gap: 0.15rem 0.9rem; padding: 0.85rem 1.1rem; border-top: 1px solid var(--line); }
  tbody th, tbody td, tbody th:first-child, tbody td:last-child { border: 0; padding: 0; width: auto; }
  tbody th, .result { flex: 1 0 100%; }
  tbody thead th:first-child { width: auto; }
thead th:last-child { width: 16rem; }
.number { text-align: left; }
  tbody .number, .runner { color: var(--soft); font-size: 0.875rem; }
}
@media print {
  body { background: none; }
  .cause, .table, .top { break-inside: avoid; }
}
`;
