import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EnvironmentSources, readEnvironment } from '../../../src/environment/environment';
import { EnvironmentError } from '../../../src/errors';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'driftgate-environment-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const write = (name: string, ...lines: string[]): void =>
  writeFileSync(join(directory, name), lines.join('\n'));
const read = (more: Partial<EnvironmentSources> = {}) =>
  readEnvironment({
    name: 'staging',
    directory,
    defaults: null,
    processEnv: {},
    names: [],
    flags: {},
    ...more,
  });

test('an environment is its file', () => {
  write('.env.staging', 'host=api.example.test', 'text="a b" # comment', '# key=hidden', 'empty=');
  expect(read()).toEqual({
    name: 'staging',
    place: '.env.staging',
    variables: { host: 'api.example.test', text: 'a b' },
    given: ['host', 'text'],
  });
});

test('the nearer layer wins: defaults, .env, .env.<name>, the process, flags', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const layer = (value: string, upTo: number) =>
    Object.fromEntries(names.slice(upTo).map((name) => [name, value]));
  write('.env', 'b=env', 'c=env', 'd=env', 'e=env');
  write('.env.staging', 'c=file', 'd=file', 'e=file');
  const { variables, given } = read({
    defaults: layer('default', 0),
    processEnv: layer('process', 3),
    names,
    flags: layer('flag', 4),
  });
  expect(variables).toEqual({ a: 'default', b: 'env', c: 'file', d: 'process', e: 'flag' });
  expect(given).toEqual(['b', 'c', 'd', 'e']);
});

test('an empty value hides nothing that a weaker layer has', () => {
  write('.env', 'a=env');
  write('.env.staging', 'a=');
  const { variables, given } = read({
    defaults: { b: 'default' },
    processEnv: { a: '' },
    names: ['a'],
    flags: { b: '' },
  });
  expect(variables).toEqual({ a: 'env', b: 'default' });
  expect(given).toEqual(['a']);
});

test('of the process only the names that are asked for are taken', () => {
  write('.env.staging', '');
  const processEnv = { host: 'process', PATH: '/bin', HOME: undefined };
  expect(read({ processEnv, names: ['host', 'HOME'] }).variables).toEqual({ host: 'process' });
});

test('an embedded environment needs no file', () => {
  expect(read({ name: 'sandbox', defaults: { host: 'loopback' } })).toEqual({
    name: 'sandbox',
    place: '.env.sandbox',
    variables: { host: 'loopback' },
    given: [],
  });
});

describe('refused', () => {
  test('an unknown name, with those that are known', () => {
    write('.env', 'a=1');
    write('.env.example', 'a=');
    write('.env.prod', 'a=1');
    const refused = () => read({ known: ['mock', 'prod'] });
    expect(refused).toThrow(EnvironmentError);
    expect(refused).toThrow(
      expect.objectContaining({
        what: 'unknown environment "staging"',
        where: 'no file .env.staging',
        todo: 'copy .env.example to .env.staging and fill it in (known: mock, prod)',
      }),
    );
  });

  test.each(['example', '', '../prod', 'a/b', 'a b'])('the name %j, whatever is there', (name) => {
    write('.env.example', 'a=1');
    expect(() => read({ name, defaults: { a: '1' } })).toThrow(EnvironmentError);
  });

  test.each([
    // A file for a name, whether it is there or not.
    ['.env.prod', 'give the name alone: prod'],
    ['./.env.staging', 'give the name alone: staging'],
    ['.env', 'give one of: mock, prod'],
    ['', 'give one of: mock, prod'],
    ['a b', 'give one of: mock, prod'],
    ['example', 'give one of: mock, prod'],
    // Misspelt, as keys of the configuration are.
    [
      'prd',
      'did you mean "prod"? Otherwise copy .env.example to .env.prd and fill it in (known: mock, prod)',
    ],
  ])('%j, and what to give in its place', (name, todo) => {
    write('.env.example', 'a=1');
    write('.env.prod', 'a=1');
    expect(() => read({ name, known: ['mock'] })).toThrow(expect.objectContaining({ todo }));
  });

  test('a name that is none, where there is no other', () => {
    const todo = 'copy .env.example to .env.<name> and fill it in';
    expect(() => read({ name: '' })).toThrow(expect.objectContaining({ todo }));
  });

  test('a file that cannot be read', () => {
    mkdirSync(join(directory, '.env.staging'));
    expect(() => read()).toThrow(expect.objectContaining({ what: 'cannot read the environment' }));
  });
});
