import { headOf } from '../../../src/engine/head';
import type { Project } from '../../../src/engine/project';
import { Masker } from '../../../src/masking/masker';
import type { RunCommand } from '../../../src/report/report';

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
