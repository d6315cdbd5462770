import type { EmbeddedServer } from '../engine/project';
import { SANDBOX_VARIABLES, startSandbox } from './index';

/** The Starter Pack's sandbox as the server behind the environment `sandbox`. */
export const embeddedSandbox: EmbeddedServer = {
  name: 'sandbox',
  variablesFor: () => SANDBOX_VARIABLES,
  start: (variables) => startSandbox({ variables }),
};
