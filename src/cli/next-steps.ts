import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { quoted } from '../report/advice';

/** The package that is running. */
const PACKAGE = resolve(__dirname, '../..');

/**
 * What to type after a suite was made in `directory`, by somebody who stands in `from`, as lines.
 *
 * What cannot be resolved from there is installed first: this very package by its path, since no registry has it. Its scripts
 * are for those who work on it.
 */
export function nextSteps(directory: string, from: string): string[] {
  const missing = [
    ...(isResolved('driftgate', directory) ? [] : [`--ignore-scripts ${quoted(PACKAGE)}`]),
    ...(isResolved('jest', directory) ? [] : ['jest']),
  ];
  const folder = relative(from, directory);
  return [
    ...(folder === '' ? [] : [`  cd ${quoted(folder)}`]),
    ...(missing.length === 0 ? [] : [`  npm install --save-dev ${missing.join(' ')}`]),
    '  npx driftgate run              against its own examples (environment "mock")',
    '  npx jest                       the same in Jest',
    // It would take the place of what somebody has filled in.
    ...(existsSync(join(directory, '.env.staging'))
      ? []
      : ['  cp .env.example .env.staging   fill it in, then:']),
    '  npx driftgate run --env staging',
  ];
}

/** Whether a folder finds a package as Node does; the package that is running also knows itself by its name. */
function isResolved(name: string, directory: string): boolean {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules', name, 'package.json'))) return true;
    if (name === 'driftgate' && at === PACKAGE) return true;
    if (at === dirname(at)) return false;
  }
}
