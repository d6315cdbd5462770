import type * as StoreModule from '../../../src/contract/store';

/** Schemas that change from run to run, as those that are learned, are not kept for ever. */
const MOST = 4;

/**
 * Lets the runs of one test file share the schemas that they have in common, compiled: those of the Starter Pack take most of
 * a run, and a process has one run outside of tests. Whatever is another text in another file is compiled as ever.
 */
export function shareCompiledSchemas({ SchemaStore }: typeof StoreModule): void {
  const compile = SchemaStore.of;
  const known = new Map<string, StoreModule.SchemaStore>();
  SchemaStore.of = (texts, folder, label) => {
    const key = JSON.stringify([folder, label, [...texts]]);
    const store = known.get(key) ?? compile(texts, folder, label);
    known.delete(key);
    known.set(key, store);
    const [oldest = ''] = known.keys();
    if (known.size > MOST) known.delete(oldest);
    return store;
  };
}
