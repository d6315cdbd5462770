import { savedValues } from '../../../src/lint/evidence';
import { item, load } from '../collections';

type Json = Record<string, unknown>;
const API = 'https://api.example.test';

/** What stood in the place of `{{v}}` when the examples of one request were saved. */
function valuesOf(template: Json, ...originals: Json[]): string[] {
  const response = originals.map((original) => ({
    name: 'ok',
    code: 200,
    body: '{}',
    originalRequest: { method: 'POST', url: `${API}/x`, ...original },
  }));
  const collection = load([{ ...item('use', `${API}/x`, { method: 'POST', ...template }), response }]);
  const [request] = collection.requests;
  if (request === undefined) throw new Error('no request');
  return [...savedValues(collection.document, request, 'v')];
}

const raw = (text: string) => ({ body: { mode: 'raw', raw: text } });
const form = (mode: string, value: string) => ({
  body: { mode, [mode]: [{ key: 'a', value, type: 'text' }] },
});
const header = (value: string) => ({ header: [{ key: 'X-Auth', value }] });
const variable = (value: string) => ({
  url: { raw: `${API}/x/:id`, host: [API], path: ['x', ':id'], variable: [{ key: 'id', value }] },
});

test.each<[place: string, template: Json, original: Json]>([
  ['the path', { url: `${API}/x/{{v}}/y` }, { url: `${API}/x/7/y` }],
  ['a path with another base', { url: '{{base}}/x/{{v}}' }, { url: `${API}/v2/x/7` }],
  ['a path variable', variable('{{v}}'), variable('7')],
  ['the query', { url: `${API}/x?a={{v}}&b=1` }, { url: `${API}/x?b=1&a=7` }],
  ['a header', header('Bearer {{v}}'), header('Bearer 7')],
  ['a JSON body', raw('{"n": {{n}}, "a": [{"b": "{{v}}"}]}'), raw('{"n": 1, "a": [{"b": "7"}]}')],
  ['a number of a JSON body', raw('{"b": {{v}}}'), raw('{"b": 7}')],
  ['a form', form('urlencoded', '<{{v}}>'), form('urlencoded', '<7>')],
  ['a form of parts', form('formdata', '{{v}}'), form('formdata', '7')],
])('%s has it', (_place, template, original) => {
  expect(valuesOf(template, original, {})).toEqual(['7']);
});

test.each<[why: string, template: Json, original: Json]>([
  ['the variable itself', header('{{v}}'), header('{{v}}')],
  ['a path variable without a value', variable('{{v}}'), { url: `${API}/x/:id` }],
  ['nothing', header('Bearer {{v}}'), header('Bearer ')],
  ['another form of text', header('Bearer {{v}}'), header('Basic 7')],
  ['two variables side by side', header('{{u}}:{{v}}'), header('a:7')],
  ['a body that is no JSON', raw('a={{v}}'), raw('a=7')],
  ['another place', { url: `${API}/x?a={{v}}` }, { url: `${API}/x?b=7` }],
])('%s is no value', (_why, template, original) => {
  expect(valuesOf(template, original)).toEqual([]);
});

test('each example may have its own', () => {
  expect(valuesOf(header('{{v}}'), header('1'), header('2'), header('1'))).toEqual(['1', '2']);
});
