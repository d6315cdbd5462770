/** Where test files find the host; a registered symbol is the same in every realm. */
export const HOST = Symbol.for('driftgate.host');

/** On the function of a test: it is known before the run that it is skipped. A test by itself has no room for a reason. */
export const SKIPPED = Symbol.for('driftgate.skipped');
