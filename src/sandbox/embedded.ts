import type { EmbeddedServer } from '../engine/project';
import { DEFAULT_VARIABLES } from './http/credentials';

/** The Starter Pack's sandbox as the server behind the environment `sandbox`. */
export const embeddedSandbox: EmbeddedServer = {
  name: 'sandbox',
  variablesFor: () => DEFAULT_VARIABLES,
  // Nearly every run is one against something else.
  start: (variables) => (require('./index') as typeof import('./index')).startSandbox({ variables }),
};
