import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHANGE_RULES } from '../../src/diff/change';
import { FINDING_KINDS } from '../../src/findings/kinds';
import { WRITERS } from '../../src/report/writers';

const ROOT = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

test('docs/findings.md is the table of kinds, row by row', () => {
  const rows = [...read('docs/findings.md').matchAll(/^\| `([a-z-]+)` \| (\w+) \| (.+) \|$/gm)];
  expect(rows.map(([, kind, severity, when]) => ({ kind, severity, when }))).toEqual(FINDING_KINDS);
});

test('docs/reports.md is the table of formats, row by row', () => {
  const rows = [...read('docs/reports.md').matchAll(/^\| `(\w+)` \| (.+) \| (.+) \|$/gm)];
  const formats = Object.entries(WRITERS).map(([name, { file, for: reader }]) => [
    name,
    file === null ? '–' : `\`${file}\``,
    reader,
  ]);
  expect(rows.map(([, ...cells]) => cells)).toEqual(formats);
});

test('docs/changes.md is the table of changes, row by row', () => {
  const rows = [...read('docs/changes.md').matchAll(/^\| `([a-z-]+)` \| (\w+) \| `([a-z-]+)` \|$/gm)];
  const rules = Object.entries(CHANGE_RULES).map(([rule, { weight, mirror }]) => [rule, weight, mirror]);
  expect(rows.map(([, ...cells]) => cells)).toEqual(rules);
});

test('docs/configuration.md names every key of the configuration', () => {
  const schema = JSON.parse(read('src/config/config.schema.json')) as {
    properties: object;
    $defs: { requestSettings: { properties: object }; capture: { properties: object } };
  };
  const { requestSettings, capture } = schema.$defs;
  const keys = [schema, requestSettings, capture].flatMap(({ properties }) => Object.keys(properties));
  const documented = read('docs/configuration.md');
  expect(keys.filter((key) => key !== '$schema' && !documented.includes(`| \`${key}\` |`))).toEqual([]);
});

test('docs/starter-pack.md has a row for every request, in order, with its method and path', () => {
  const pin = JSON.parse(read('collections/starter-pack.postman_collection.json')) as {
    item: { name: string; item: { name: string; request: { method: string; url: { raw: string } } }[] }[];
  };
  const slugOf = (name: string) =>
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
  const pathOf = (raw: string) =>
    raw
      .replace(/^https:\/\/[^/]+/, '')
      .replace('/priv/v1/apps/{{api_key}}', '')
      .replace(/\?.*/, '')
      .replace(/\{\{(\w+)\}\}/g, ':$1');
  const expected = pin.item.flatMap(({ name: folder, item }) => [
    `## ${folder}`,
    ...item.map(
      ({ name, request }) => `| \`${slugOf(name)}\` | \`${request.method} ${pathOf(request.url.raw)}\` |`,
    ),
  ]);
  const label =
    /\| (documented \((docs|code)\)|(partly )?inferred) \| (documented \((docs|code)\)|(partly )?inferred) \| \S.* \|$/;
  const rows = read('docs/starter-pack.md')
    .split('\n')
    .filter((line) => line.startsWith('## ') || line.startsWith('| `'));
  expect(rows.filter((line) => line.startsWith('| `') && !label.test(line))).toEqual([]);
  expect(rows.map((line) => line.replace(label, '|'))).toEqual(expected);
});

test('.env.example has a line for every variable that the collection takes from the environment', () => {
  const names = [...read('.env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name ?? '');
  const pin = read('collections/starter-pack.postman_collection.json');
  const { variables, safeVariables, captures } = JSON.parse(read('driftgate.config.json')) as Record<
    string,
    Record<string, object>
  >;
  const made = [...Object.keys(variables ?? {}), ...Object.values(captures ?? {}).flatMap(Object.keys)];
  const texts = pin + JSON.stringify(safeVariables);
  const used = new Set([...texts.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''));
  expect([...used].filter((name) => !made.includes(name)).sort()).toEqual([...names].sort());
});
