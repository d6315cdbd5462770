import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../folder';
import { htmlParts } from './html';
import type { HistoryRun } from './page-data';
import type { Report } from './report';

const OWN_REPORTS = ['report.json', 'index.html'] as const;

/** Writes `report.json` and `index.html`; gives their paths. */
export function writeReports(
  directory: string,
  report: Report,
  history: readonly HistoryRun[] = [],
): string[] {
  makeFolder(directory);
  return [
    writeParts(join(directory, OWN_REPORTS[0]), jsonParts(report)),
    writeParts(join(directory, OWN_REPORTS[1]), htmlParts(report, history.length > 0 ? { history } : {})),
  ];
}

/** A report of thousands of rows is never one text in memory: row by row, what `JSON.stringify(report, null, 2)` gives. */
function* jsonParts(report: Report): Generator<string> {
  const { requests, ...head } = report;
  yield JSON.stringify(head, null, 2).slice(0, -2);
  yield ',\n  "requests": [';
  for (const [at, row] of requests.entries()) {
    yield `${at === 0 ? '' : ','}\n    ${JSON.stringify(row, null, 2).replaceAll('\n', '\n    ')}`;
  }
  yield `${requests.length === 0 ? '' : '\n  '}]\n}\n`;
}

/** Parts that are written together: a system call a row would take longer than the run. */
const PARTS_LENGTH = 65_536;

function writeParts(file: string, parts: Iterable<string>): string {
  const descriptor = openSync(file, 'w');
  try {
    let text = '';
    for (const part of parts) {
      text += part;
      if (text.length < PARTS_LENGTH) continue;
      writeFileSync(descriptor, text);
      text = '';
    }
    if (text !== '') writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
  return file;
}
