import type { Config } from '@jest/types';
import { closeProject } from './global-setup';

/** After the last test file. */
export default async function globalTeardown({ watch, watchAll }: Config.GlobalConfig): Promise<void> {
  const isInterrupted = await closeProject();
  // Who watches was asked to end as well, and not only its run.
  if (isInterrupted && (watch || watchAll)) process.exit(2);
}
