import type { ScriptAccess } from '../../../../../src/plan/script-access';
import { VariableScope } from '../../../../../src/variables/scope';
import { item, requestOf, script } from '../../../collections';
import { NOTHING } from '../../../plan/scripts';
import { NO_SERVICES, newOutcome } from './outcome';

// The thread of the scripts is a file that Node itself loads.
const { ScriptHost } = jest.requireActual<typeof import('../../../../../src/runner/typed/scripts/host')>(
  '../../../../../dist/runner/typed/scripts/host',
);

// The plan reads scripts before they run; whatever it did not see must be told, and never be a guess.
const host = new ScriptHost();
afterAll(() => host.close());

async function run(source: string, foreseen: ScriptAccess | null): Promise<VariableScope> {
  const scope = new VariableScope({ known: '1', other: { deep: 1 } });
  const request = requestOf({ ...item('it'), event: [script('test', source)] });
  const outcome = newOutcome(foreseen);
  await host.run(request, 'test', scope, () => ({ data: {}, cookies: [] }), NO_SERVICES, outcome);
  expect(outcome.errors).toEqual([]);
  return scope;
}

test.each([
  ['reads', 'pm.environment.get("known")'],
  ['asks for', 'pm.variables.has("known")'],
  ['sets', 'pm.globals.set("known", 2)'],
  ['sets for itself', 'pm.variables.set("known", 2)'],
  ['removes', 'pm.environment.unset("known")'],
  ['sets in the old way', 'postman.setEnvironmentVariable("known", 2)'],
  ['changes inside', 'pm.environment.get("other").deep = 2; pm.environment.get("known")'],
  ['reads and hides it', 'try { pm.collectionVariables.get("known") } catch (_) {}'],
  ['reads after silencing its console', 'console.log = () => {}; pm.environment.get("known")'],
])('a script that %s what nobody foresaw is an error of ours, named', async (_how, source) => {
  await expect(run(source, NOTHING)).rejects.toThrow(
    /^its script touches \{\{(known|other)\}\}, which the plan did not know of, it, this is a fault of Driftgate/,
  );
});

test('what was foreseen is done, and what runs alone may do anything', async () => {
  const source = 'pm.environment.set("made", pm.environment.get("known") + pm.environment.get("other").deep)';
  const foreseen = { ...NOTHING, reads: ['known', 'other'], writes: ['made'], sets: ['made'] };
  expect((await run(source, foreseen)).get('made')).toBe('11');
  expect((await run(source, null)).get('made')).toBe('11');
});
