import { join } from 'node:path';
import { makeProject, ROOT, type TestProject } from './support/project';

jest.setTimeout(30_000);

const PIN = join(ROOT, 'collections/starter-pack.postman_collection.json');
const ONE = ['--only', 'setup-and-authentication/check-core-credentials'];
/** A place in which nobody makes a folder: Node's own way to make it never returned. */
const NOWHERE = '/proc/driftgate/deep/er';
let project: TestProject;
beforeAll(async () => {
  project = makeProject();
  expect((await project.run('run', ...ONE)).code).toBe(0);
});
afterAll(() => project.remove());

test.each<[string, string[]]>([
  ['a report', ['run', ...ONE, '--reporter', `junit=${NOWHERE}/junit.xml`]],
  ['the reports', ['run', ...ONE, '--reports', NOWHERE]],
  ['the history', ['run', ...ONE, '--history', `${NOWHERE}/history.jsonl`]],
  ['a recording', ['run', ...ONE, '--har', `${NOWHERE}/run.har`]],
  ['metrics', ['health', ...ONE, '--metrics', `${NOWHERE}/driftgate.prom`]],
  ['another format', ['report', 'junit', '--output', `${NOWHERE}/junit.xml`]],
  ['a suite', ['init', PIN, '--dir', NOWHERE]],
])('%s that cannot be put anywhere is an error with its place', async (_name, argv) => {
  const { code, stderr } = await project.run(...argv);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(NOWHERE) });
  expect(stderr).not.toContain('fault of Driftgate');
});
