import { closeProject } from './global-setup';

/** After the last test file. */
export default async function globalTeardown(): Promise<void> {
  await closeProject();
}
