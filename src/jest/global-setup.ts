import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '@jest/types';
import { EMBEDDED } from '../embedded';
import { openProject, type Project } from '../engine/project';
import { planOf } from '../engine/run';
import { onInterruption } from '../engine/signals';
import { Masker } from '../masking/masker';
import { lineWidth } from '../report/columns';
import { describeError } from '../report/describe-error';
import { clearFormats } from '../report/publish';
import { markInterrupted } from './interruption';
import { beginRun } from './partial';
import { readSettings, reportsDirectory, VARIABLES } from './settings';

let project: Project | null = null;
let opened: string | null = null;
let stopListening = (): void => {};
let isInterrupted = false;

/** The project of this folder, where this very process has opened it: a worker is another process, and opens its own. */
export function projectIn(directory: string): Project | null {
  return opened === directory ? project : null;
}

/**
 * Before the first test file: everything that can be wrong is found here, once, and the embedded server is started.
 *
 * Jest would answer an error with a stack and exit code 1, which means drift; so this ends the process itself.
 */
export default async function globalSetup(
  _config: unknown,
  { rootDir }: Config.ProjectConfig,
): Promise<void> {
  try {
    clearFormats(reportsDirectory(rootDir, process.env), []);
    const { runners: _, ...settings } = readSettings(process.env);
    project = await openProject({
      directory: rootDir,
      processEnv: process.env,
      embedded: EMBEDDED,
      ...settings,
    });
    opened = rootDir;
    const { requests } = planOf(project);
    const { masker } = project;
    const runDirectory = mkdtempSync(join(tmpdir(), 'driftgate-'));
    process.env[VARIABLES.runDirectory] = runDirectory;
    // From now on something may be sent, and has to be removed again.
    isInterrupted = false;
    stopListening = onInterruption(() => {
      isInterrupted = true;
      return markInterrupted(runDirectory);
    });
    // What is not sent anyway needs no test file.
    const sent = requests.filter(({ lacking }) => lacking?.cause !== 'selection');
    beginRun(
      runDirectory,
      sent.map(({ request }) => masker.text(request.key)),
    );
  } catch (error) {
    process.stderr.write(
      `\n${describeError(error, project?.masker ?? new Masker(), false, lineWidth(process.stderr))}\n`,
    );
    process.exit(2);
  }
  if (project.target !== null && settingsLackTarget()) {
    process.env[VARIABLES.target] = project.target;
    process.env[VARIABLES.embedded] = '1';
  }
}

/** Closes the embedded server; a second Jest run of the same process starts its own. Gives whether this one was interrupted. */
export async function closeProject(): Promise<boolean> {
  stopListening();
  await project?.close();
  project = null;
  opened = null;
  if (process.env[VARIABLES.embedded] !== undefined) {
    delete process.env[VARIABLES.target];
    delete process.env[VARIABLES.embedded];
  }
  return isInterrupted;
}

function settingsLackTarget(): boolean {
  return readSettings(process.env).target === undefined;
}
