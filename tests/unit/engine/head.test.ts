import { SchemaStore } from '../../../src/contract/store';
import { basisOf, headOf } from '../../../src/engine/head';
import type { Project } from '../../../src/engine/project';
import { unusedAcceptances } from '../../../src/findings/accept';
import { Masker } from '../../../src/masking/masker';
import type { RunCommand } from '../../../src/report/report';
import { configOf, item, load } from '../collections';

const commandIn = (command: RunCommand): RunCommand | undefined => {
  const masker = new Masker();
  masker.add('api_key', 'canary-key-1234');
  const project = {
    collection: { name: 'C', sha256: '' },
    lock: null,
    config: {},
    environment: { name: 'acme' },
    targetLabel: 'http://127.0.0.1',
    command,
    masker,
  } as unknown as Project;
  return headOf(project, new Date(0), 1, 'typed').run.command;
};

test('how a run was asked for has no credentials, neither those of an environment nor those of an address', () => {
  const command = {
    collection: 'https://api.example.com/collections/1?access_key=PMAT-canary',
    flags: ['--env', 'acme', '--target', 'http://user:canary@127.0.0.1:1', '-d', 'canary-key-1234.csv'],
    reports: 'out',
  };
  expect(commandIn(command)).toEqual({
    collection: 'VALUE',
    flags: ['--env', 'acme', '--target', 'VALUE', '-d', 'VALUE'],
    reports: 'out',
  });
});

describe('an acceptance that nothing needs is named', () => {
  const entry = {
    key: '*',
    kind: 'type-changed',
    pointer: '/id',
    until: '2026-03-01',
    reason: 'known',
  } as const;
  const unusedIn = (undocumented: 'fail' | 'skip', answered: readonly string[]) => {
    const url = 'https://api.example.test/x';
    const schema = '{"type":"object"}';
    const project = {
      collection: load([item('list', url), item('get', url), item('bare', url)]),
      config: configOf({ undocumented }),
      store: SchemaStore.of(new Map(['list', 'get'].map((key) => [`${key}.200.json`, schema])), '/schemas'),
      masker: new Masker(),
    } as unknown as Project;
    const rows = answered.map((key) => ({ key, status: 200, findings: [] }));
    return unusedAcceptances([entry], basisOf(project, []).keys, rows);
  };

  test('though requests that nothing documents are never sent', () => {
    expect(unusedIn('skip', ['list', 'get'])).toEqual([entry]);
  });

  test.each<[string, 'fail' | 'skip', string[]]>([
    ['one that is tested was not answered', 'skip', ['list']],
    ['none was answered', 'skip', []],
    ['what nothing documents is sent, and was not answered', 'fail', ['list', 'get']],
  ])('but not where %s', (_case, undocumented, answered) => {
    expect(unusedIn(undocumented, answered)).toEqual([]);
  });
});
