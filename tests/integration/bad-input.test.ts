import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leaksIn, makeProject, ROOT, type TestProject } from './support/project';
import { closedOrigin } from './support/server';

const PIN = join(ROOT, 'collections/starter-pack.postman_collection.json');

let project: TestProject;
afterEach(() => project.remove());

interface Case {
  readonly name: string;
  readonly files?: Record<string, string>;
  readonly config?: (config: Record<string, unknown>) => void;
  readonly argv: string[];
  readonly stderr: string | RegExp;
}

const setVariables = (variables: object) => (config: Record<string, unknown>) =>
  Object.assign(config, { variables });

const CASES: Case[] = [
  {
    name: 'no such file',
    argv: ['run', 'nothing.json'],
    stderr: /^driftgate: no such file, .*nothing\.json, give the path of a Postman collection$/,
  },
  {
    name: 'not JSON',
    files: { 'bad.json': '{\n  "info": {,\n}' },
    argv: ['run', 'bad.json'],
    stderr: /^driftgate: not JSON: value expected, .*bad\.json:2:12, correct the file$/,
  },
  {
    name: 'JSON that is no collection',
    files: { 'other.json': '{"hello":"world"}' },
    argv: ['run', 'other.json'],
    stderr: /^driftgate: not a collection: \/info: .*; \/item: /,
  },
  {
    name: 'a target with a path',
    argv: ['run', '--target', 'http://127.0.0.1:4000/api'],
    stderr: /^driftgate: "http:\/\/127.0.0.1:4000\/api" has a path, --target, /,
  },
  {
    name: 'a timeout that no timer knows',
    argv: ['run', '--timeout-request', '3000000000'],
    stderr: /^driftgate: option '--timeout-request <ms>' argument '3000000000' is invalid/,
  },
  {
    name: 'no requests',
    files: { 'empty.json': '{"info":{"name":"Empty"},"item":[{"name":"Folder","item":[]}]}' },
    argv: ['run', 'empty.json'],
    stderr: /^driftgate: the collection has no requests, .*empty\.json, nothing could be tested$/,
  },
  {
    name: 'an unknown environment',
    argv: ['run', '--env', 'atlantis'],
    stderr:
      'driftgate: unknown environment "atlantis", no file .env.atlantis, copy .env.example to .env.atlantis and fill it in (known: sandbox, mock)',
  },
  {
    name: 'an unresolved variable',
    config: setVariables({ external_id: 'x', email: 'x@example.com', message_id: 'x' }),
    argv: ['run'],
    stderr:
      /^driftgate: 12 variables have no value, customer-tags\/add-counter-tag, .*:\n {2}\{\{tag_name\}\} /,
  },
  {
    name: 'a tenant whose file is only half filled in',
    files: { '.env.acme': 'core_host=api.example.com\nconnect_host=\n' },
    argv: ['run', '--env', 'acme'],
    stderr:
      /^driftgate: 11 variables have no value, setup-and-authentication\/check-connect-credentials, set them in \.env\.acme or .*:\n {2}\{\{connect_host\}\} /,
  },
  {
    name: 'an address of which an empty variable leaves nothing',
    files: {
      'books.json':
        '{"info":{"name":"Books"},"variable":[{"key":"base_url","value":""}],"item":[{"name":"Add book","request":"{{base_url}}/books"}]}',
      '.env': 'base_url=\n',
    },
    argv: ['run', 'books.json'],
    stderr:
      'driftgate: unresolved {{base_url}}, add-book, set it in .env or driftgate.config.json ("variables", "captures")',
  },
  {
    name: 'a schema that does not compile',
    files: { 'schemas/customers/get-customer.200.json': '{"type":"object","propertees":{}}' },
    config: (config) => Object.assign(config, { schemas: 'schemas' }),
    argv: ['run'],
    stderr:
      /^driftgate: the schema does not compile: \/propertees is an unknown keyword, .*get-customer\.200\.json:1, correct the schema$/,
  },
  {
    name: 'a schema of an unknown dialect',
    files: {
      'schemas/customers/get-customer.200.json': '{"$schema":"http://json-schema.org/draft-03/schema#"}',
    },
    config: (config) => Object.assign(config, { schemas: 'schemas' }),
    argv: ['run'],
    stderr: /unknown dialect .*draft-03/,
  },
  {
    name: 'a schema that belongs to no request',
    files: { 'schemas/customers/get-custmer.200.json': '{"type":"object"}' },
    config: (config) => Object.assign(config, { schemas: 'schemas' }),
    argv: ['run'],
    stderr: /^driftgate: a schema that belongs to no request, schemas\/customers\/get-custmer\.200\.json, /,
  },
  {
    name: 'a pin that does not match its lock',
    files: {
      'pin.json': readFileSync(PIN, 'utf8').replace(
        'Get customer by external id',
        'Get customer by other id',
      ),
      'pin.lock.json': readFileSync(PIN.replace('.postman_collection.json', '.lock.json'), 'utf8'),
    },
    config: (config) => Object.assign(config, { collection: 'pin.json', captures: {}, requests: {} }),
    argv: ['run'],
    stderr: /^driftgate: the pin does not match its lock, .*pin\.json and .*pin\.lock\.json, restore both/,
  },
  {
    name: 'an unknown flag',
    argv: ['run', '--frobnicate'],
    stderr: "driftgate: unknown option '--frobnicate'",
  },
  {
    name: 'an unknown command',
    argv: ['frobnicate'],
    stderr: "driftgate: unknown command 'frobnicate', see `npx driftgate --help`",
  },
  {
    name: 'an unknown runner',
    argv: ['run', '--runner', 'fast'],
    stderr: /^driftgate: option '--runner <name>' argument 'fast' is invalid/,
  },
  {
    name: 'a key that selects nothing',
    argv: ['run', '--only', 'customers/get-custmer'],
    stderr: /^driftgate: no such request: customers\/get-custmer, /,
  },
  {
    name: 'a selection that is empty',
    argv: ['run', '--safe', '--only', 'customers/create-customer'],
    stderr: /^driftgate: no request selected, /,
  },
  {
    name: 'one key of two that is not there',
    argv: ['run', '--only', 'customers/get-customer', '--only', 'customers/get-custmer'],
    stderr: /^driftgate: no such request: customers\/get-custmer, /,
  },
  {
    name: 'one folder of two that is not there',
    argv: ['run', '--folder', 'Customers', '--folder', 'Costumers'],
    stderr: /^driftgate: no such folder: Costumers, /,
  },
  {
    name: 'a target that is no origin',
    argv: ['run', '--target', '127.0.0.1:80'],
    stderr: 'driftgate: "127.0.0.1:80" is no origin, --target, give it as http://host:port',
  },
  {
    name: 'a configuration with an unknown key',
    config: (config) => Object.assign(config, { captrues: {} }),
    argv: ['run'],
    stderr:
      /^driftgate: \/ has an unknown key "captrues"; did you mean "captures"\? .*driftgate\.config\.json, see .*docs\/configuration\.md$/,
  },
  {
    name: 'a configuration that names a request which is not there',
    config: (config) =>
      Object.assign(config, { captures: { 'customers/crate': { id: { pointer: '/id' } } } }),
    argv: ['run'],
    stderr: /^driftgate: no such request: customers\/crate, /,
  },
];

test.each(CASES)('$name is one clear line and exit code 2', async ({ files, config, argv, stderr }) => {
  project = makeProject({ ...(files && { files }), ...(config && { config }) });
  const result = await project.run(...argv);
  // Names of many variables stand below it.
  expect(result.stderr.replace(/\n {2}.*/g, '').split('\n')).toHaveLength(2);
  if (typeof stderr === 'string') expect(result.stderr).toBe(`${stderr}\n`);
  else expect(result.stderr.trimEnd()).toMatch(stderr);
  expect(result.code).toBe(2);
  expect(result.stdout).toBe('');
  expect(result.report).toBeNull();
  expect(leaksIn(result.everything)).toEqual([]);
});

test('a metadata document without network says so, and the pin is kept', async () => {
  const origin = await closedOrigin();
  const metadata = {
    canonicalUrl: `${origin}/view/metadata/AbC123`,
    collection: { info: { name: 'Published', owner: '4711', publishedId: 'AbC123' } },
  };
  project = makeProject({ files: { 'metadata.json': JSON.stringify(metadata) } });
  const before = readFileSync(PIN, 'utf8');
  for (const command of ['run', 'pull']) {
    const { code, stderr } = await project.run(command, 'metadata.json');
    expect(stderr).toMatch(
      /^driftgate: cannot fetch the collection \(ECONNREFUSED\), http.*\/api\/collections\/4711\/AbC123\?.*, .*only the metadata of "Published", the pin is kept; try again with network\n$/,
    );
    expect(code).toBe(2);
  }
  expect(readFileSync(PIN, 'utf8')).toBe(before);
});

test('a sandbox that is not there is down, once, with code 3', async () => {
  project = makeProject();
  const { code, report, stderr, everything } = await project.run(
    'run',
    '--runner',
    'both',
    '--target',
    await closedOrigin(),
  );
  expect({ code, verdict: report?.verdict, stderr }).toEqual({ code: 3, verdict: 'down', stderr: '' });
  expect(report?.summary).toMatchObject({
    requests: 142,
    passed: 0,
    failed: 1,
    skipped: 141,
    down: 1,
    breaking: 0,
  });
  expect(new Set(report?.requests.flatMap(({ reason }) => (reason === undefined ? [] : [reason]))).size).toBe(
    1,
  );
  expect(leaksIn(everything)).toEqual([]);
});

test('a run that fails early leaves no report of an earlier run behind', async () => {
  project = makeProject();
  expect((await project.run('run')).report?.verdict).toBe('healthy');
  writeFileSync(join(project.directory, 'driftgate.config.json'), '{');
  const { code, report } = await project.run('run');
  expect({ code, report }).toEqual({ code: 2, report: null });
});

test('--debug adds the stack and still no secret', async () => {
  project = makeProject();
  const { stderr } = await project.run('--debug', 'run', 'nothing.json');
  expect(stderr).toMatch(/\n {4}at /);
  expect(leaksIn(stderr)).toEqual([]);
});

test('a credential that stands in the collection is in no list', async () => {
  const header = [{ key: 'X-Api-Key', value: 'written-out-4711' }];
  const url = 'http://127.0.0.1/x?access_token=written-out-4711';
  const item = [{ name: 'a', request: { method: 'GET', header, url } }];
  project = makeProject({ files: { 'c.json': JSON.stringify({ info: { name: 'C' }, item }) } });
  const { code, stdout } = await project.run('list', 'c.json', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([{ url: 'http://127.0.0.1/x?access_token=[hidden]' }]);
});
