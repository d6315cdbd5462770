/** What a script touches of the run's variables, or why that cannot be told. */
export interface ScriptAccess {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly sets: readonly string[];
  readonly steers: boolean;
  readonly isolated: boolean;
  readonly unreadable: string | null;
}
export function scriptAccess(_source: string): ScriptAccess {
  return { reads: [], writes: [], sets: [], steers: true, isolated: false, unreadable: 'not read' };
}
