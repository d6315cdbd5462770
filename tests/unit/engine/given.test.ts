import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProject, type ProjectOptions } from '../../../src/engine/project';

const directory = mkdtempSync(join(tmpdir(), 'driftgate-given-'));
afterAll(() => rmSync(directory, { recursive: true }));

const OFF = [{ key: 'host', value: 'https://off.test', enabled: false }];
const files = {
  'c.json': {
    info: { name: 'C' },
    item: [{ name: 'a', request: { method: 'GET', url: '{{host}}/a' } }],
  },
  'environment.json': { name: 'Off', values: OFF },
  'globals.json': { values: OFF },
  'nothing.json': { name: 'Nothing', values: [] },
};
for (const [name, json] of Object.entries(files)) writeFileSync(join(directory, name), JSON.stringify(json));

/** The hosts that requests may go to. */
async function hostsOf(options: Partial<ProjectOptions>): Promise<readonly string[]> {
  const project = await openProject({
    directory,
    collection: 'c.json',
    processEnv: {},
    embedded: [],
    offline: true,
    ...options,
  });
  await project.close();
  return project.guard.hosts;
}

const host = 'https://off.test';
const environmentFile = 'environment.json';
const globalsFile = 'globals.json';

test.each<[string, Partial<ProjectOptions>, boolean]>([
  ['a file where it is switched off', { environmentFile }, false],
  ['globals where it is switched off', { environmentFile: 'nothing.json', globalsFile }, false],
  ['a flag beside that', { environmentFile, flags: { host } }, true],
  ['the process beside that', { environmentFile, processEnv: { host } }, true],
  ['an empty flag beside that', { environmentFile, flags: { host: '' } }, false],
  ['a flag of globals', { environmentFile: 'nothing.json', globalsFile, globals: { host } }, true],
  ['a flag of globals, which the environment covers', { environmentFile, globals: { host } }, true],
])('a host that is given by %s', async (_by, options, isAllowed) => {
  expect((await hostsOf(options)).includes('off.test')).toBe(isAllowed);
});
