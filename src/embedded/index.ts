import type { EmbeddedServer } from '../engine/project';
import { embeddedMock } from '../mock/embedded';
import { embeddedSandbox } from '../sandbox/embedded';

/** The environments that bring a server along; the first one is the default. */
export const EMBEDDED: readonly EmbeddedServer[] = [embeddedSandbox, embeddedMock];
