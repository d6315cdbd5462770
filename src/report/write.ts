import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHtml } from './html';
import type { Report } from './report';

const OWN_REPORTS = ['report.json', 'index.html'];

/** Removes the reports of an earlier run, so that a run that fails early leaves no old result behind. */
export function clearReports(directory: string): void {
  for (const name of [...OWN_REPORTS, 'junit.xml']) rmSync(join(directory, name), { force: true });
}

/** Writes `report.json` and `index.html`; gives their paths. */
export function writeReports(directory: string, report: Report): string[] {
  mkdirSync(directory, { recursive: true });
  const texts = [`${JSON.stringify(report, null, 2)}\n`, toHtml(report)];
  return OWN_REPORTS.map((name, at) => {
    const file = join(directory, name);
    writeFileSync(file, texts[at] ?? '');
    return file;
  });
}
