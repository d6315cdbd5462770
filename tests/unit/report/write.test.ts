import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeReports } from '../../../src/report/write';
import { drifted, healthy } from './reports';

test.each([
  ['rows', drifted],
  [
    'thousands of rows',
    { ...healthy, requests: Array.from({ length: 3_000 }, () => healthy.requests).flat() },
  ],
  ['no row', { ...healthy, requests: [] }],
])('a report of %s is written row by row as it would be in one piece', (_case, report) => {
  const directory = mkdtempSync(join(tmpdir(), 'driftgate-write-'));
  try {
    const [file = ''] = writeReports(directory, report);
    const { requests, ...head } = report;
    expect(readFileSync(file, 'utf8')).toBe(`${JSON.stringify({ ...head, requests }, null, 2)}\n`);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
