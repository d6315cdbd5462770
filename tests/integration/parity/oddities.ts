import { form, header, item, passes, raw } from './behaviours';
import type { Run } from './runs';

type Json = Record<string, unknown>;

const url = (parts: Json): Json => ({
  protocol: 'http',
  host: ['HOST'],
  port: 'PORT',
  path: ['p'],
  ...parts,
});
const asserts = 'pm.test("asserted " + pm.info.requestName, () => {});';
const told = passes('pm.test(pm.request.url.toString(), () => {});');
/** Once built by our own code and once by Postman's objects. */
export const twice = (one: Json): Json[] => [
  one,
  { ...one, event: [{ listen: 'test', script: { exec: [asserts] } }] },
];
const event = (script: unknown): Json => ({ listen: 'test', script });

/** What Newman makes of collections that are written oddly, by the name of it. */
export const ODDITIES: Readonly<Record<string, Run>> = {
  'odd: a collection without info': { items: [item('/i', {}, passes(asserts))], more: { info: undefined } },
  'odd: scripts as a text, as a list, and an event that stands alone': {
    items: [
      { ...item('/1'), event: [event(asserts)] },
      { ...item('/2'), event: [event([asserts, asserts])] },
      { ...item('/3'), event: event({ exec: asserts }) },
    ],
  },
  'odd: headers as names with values': { items: twice(item('/h', { header: { 'X-A': '1' } })) },
  'odd: bodies as texts and as JSON': {
    items: [
      item('/b', { method: 'POST', body: 'text' }),
      item('/b', { method: 'POST', body: { mode: 'raw', raw: { a: 1 } } }),
      item('/b', { method: 'POST', body: { mode: 'urlencoded', urlencoded: 'a=1&b=2%20x=y&c' } }),
      item('/b', { method: 'POST', body: { mode: 'graphql', graphql: {} } }),
      item(
        '/b',
        form('urlencoded', [{ key: 'a', value: ['1', '2'] }, { key: 'b' }, { key: 'a', value: '3' }]),
      ),
      item(
        '/b',
        form('urlencoded', [
          { key: '__proto__', value: 'x' },
          { key: 'b', value: '1' },
        ]),
      ),
      item('/b', { method: 'POST', body: { mode: 'urlencoded', urlencoded: { a: '1', b: '2' } } }),
      item('/b', { method: 'POST', body: { mode: 'urlencoded', urlencoded: { key: 'a', value: '1' } } }),
      item('/b', { method: 'POST', body: { mode: 'unheard-of', raw: 'x' } }),
      item('/b', { method: 'POST', body: { mode: 'unheard-of' } }),
      item('/b', raw('{{order}}')),
      item('/b', raw('{{order}}', 'json')),
    ].flatMap(twice),
  },
  'files: their types, names and places': {
    items: [
      item('/b', { method: 'POST', body: { mode: 'file', file: { src: 'a.txt' } } }),
      item('/b', { method: 'POST', body: { mode: 'file', file: { src: 'b.bin' } } }),
      item('/b', {
        ...header(['Content-Type', 'image/png']),
        method: 'POST',
        body: { mode: 'file', file: { src: 'a.txt' } },
      }),
      item('/b', form('formdata', [{ key: 'f', type: 'file', src: ['a.txt', 'b.bin'] }])),
      item('/b', form('formdata', [{ key: 'f', type: 'file', src: 'a.txt', fileName: 'other.json' }])),
    ].flatMap(twice),
    files: { 'a.txt': 'text\n', 'b.bin': '\u0000\u0001' },
  },
  'redirects: a form in parts is sent again': {
    items: [307, 308, 302].map((status) =>
      item(`/redirect/${status}`, form('formdata', [{ key: 'a', value: '1', type: 'text' }])),
    ),
  },
  'redirects: a referer of the collection': {
    items: [item('/redirect/302', header(['referer', 'mine'], ['X', '1']))],
  },
  'redirects: a location that is empty': { items: [item('/redirect/302?to=', {}, passes(asserts))] },
  'cookies: one without a name': {
    items: [item('/cookie?is=bad'), item('/cookie?is=%3Dx'), item('/c'), item('/c', {}, told)],
  },
  'auth: a challenge serves all requests of its folder, and the next iteration': {
    items: [
      {
        name: 'folder',
        auth: {
          type: 'digest',
          digest: [
            { key: 'username', value: 'user' },
            { key: 'password', value: 'pass' },
            { key: 'clientNonce', value: 'cn0nce' },
          ],
        },
        item: [item('/digest/1'), item('/digest/2', {}, passes(asserts)), item('/digest/3')],
      },
    ],
    project: { iterationCount: 2 },
  },
  'url: what scripts see of it': {
    items: ['/a b/é?q={x}&"', '/a%20b?x=1 2', '?x=1'].map((at) => item(at, {}, told)),
  },
  'url: a variable that is the whole of it': {
    items: twice({ name: 'it', request: '{{whole}}' }),
    more: { variable: [{ key: 'whole', value: 'http://HOST:PORT/get?a=1' }] },
  },
  'url: path variables that are odd': {
    items: [
      item(
        url({
          path: [':a', '::a', 'x:a'],
          variable: [
            { key: 'a', value: '1' },
            { key: 'a', value: '2' },
          ],
        }),
      ),
    ].flatMap(twice),
  },
  'url: a user without a password': {
    items: twice({ name: 'it', request: { method: 'GET', url: 'http://us@HOST:PORT/u' } }),
  },
  'variables: odd names': {
    items: ['a b', 'a/b', 'a.b', 'b\\ar', '123'].map((name) => item(`/v?x={{${name}}}`)),
    more: {
      variable: ['a b', 'a/b', 'a.b', 'b\\ar', '123'].map((key) => ({ key, value: 'v' })),
    },
  },
  'variables: one named like a dynamic one': {
    items: twice(item('/v?x={{ $own}}')),
    more: { variable: [{ key: ' $own', value: 'mine' }] },
  },
  'variables: those of a collection are not only texts': {
    items: [
      ...twice(item('/v?n={{n}}&b={{b}}&o={{o}}&l={{l}}')),
      item(
        '/v',
        {},
        passes(
          'pm.test(JSON.stringify(["n", "b", "o", "l"].map((key) => pm.collectionVariables.get(key))), () => {});',
        ),
      ),
    ],
    more: {
      variable: [
        { key: 'n', value: 5 },
        { key: 'b', value: false },
        { key: 'o', value: { a: 1 } },
        { key: 'l', value: [1, 2] },
      ],
    },
  },
  'variables: those of an exported environment are not only texts': {
    items: [
      ...twice(item('/v?n={{n}}&b={{b}}&o={{o}}&t={{t}}&e={{e}}&null={{null}}&none={{none}}&g={{g}}')),
      item(
        '/v',
        {},
        passes('pm.test(JSON.stringify([pm.environment.toObject(), pm.globals.toObject()]), () => {});'),
      ),
    ],
    files: {
      'env.json': JSON.stringify({
        name: 'My own',
        values: [
          { key: 'n', value: 5 },
          { key: 'b', value: false },
          { key: 'o', value: { a: [1] } },
          { key: 't', value: '08', type: 'number' },
          { key: 'e', value: '' },
          { key: 'null', value: null },
          { key: 'none' },
        ],
      }),
      'globals.json': '[{"key":"g","value":0}]',
    },
    project: { environmentFile: 'env.json', globalsFile: 'globals.json' },
  },
  'variables: of two of the same name, the last that is not disabled': {
    items: twice(item('/v?a={{a}}&b={{b}}')),
    more: {
      variable: [
        { key: 'a', value: '1' },
        { key: 'a', value: '2' },
        { key: 'b', value: '1' },
        { key: 'b', value: '2', disabled: true },
      ],
    },
  },
  'data: of every type, in a form': {
    items: [
      item(
        '/d',
        form('formdata', [
          { key: 'a', value: '{{a}}', type: 'text' },
          { key: 'b', value: '{{b}}', type: 'text' },
        ]),
        passes('pm.test(JSON.stringify([data, pm.iterationData.toObject()]), () => {});'),
      ),
    ],
    files: { 'rows.json': '[{"a":1,"b":"x"},{"a":true,"b":{"c":1}},{"a":[1,2],"b":""}]' },
    project: { data: 'rows.json' },
  },
  'data: what a script reads and takes away': {
    items: [
      item('/d/{{a}}', raw('{{a}}'), {
        pre: 'pm.test(JSON.stringify([pm.iterationData.has("a"), pm.iterationData.has("z"), pm.iterationData.toObject()]), () => {}); pm.iterationData.unset("a"); pm.test(String(pm.variables.get("a")), () => {});',
        test: 'pm.test(JSON.stringify(pm.iterationData.toJSON().values), () => {});',
      }),
    ],
    files: { 'rows.json': '[{"a":1},{"a":"x"}]' },
    project: { data: 'rows.json' },
  },
  'scripts: names with spaces, and where they run': {
    items: [
      {
        ...item('/1', {}, passes('pm.test("[" + pm.info.requestName + "]", () => {});')),
        name: '  spaced  ',
      },
      {
        name: 'f',
        item: [item('/2', {}, passes('pm.test(JSON.stringify(pm.execution.location), () => {});'))],
      },
    ],
  },
  "scripts: the id of a request has the form of Postman's own": {
    items: [item('/i', {}, passes('pm.test(String(/^[0-9a-f-]{36}$/.test(pm.info.requestId)), () => {});'))],
  },
  'scripts: tests that are no booleans': {
    items: [
      item(
        '/t',
        {},
        passes(
          '[undefined, null, 0, "", NaN, {}, 1, "x"].forEach((one, at) => { tests[String(at)] = one; });',
        ),
      ),
    ],
  },
  'scripts: the data of a request': {
    items: [
      item('/r', form('urlencoded', [{ key: 'b', value: '{{x}}' }]), {
        pre: 'pm.variables.set("x", "y"); pm.test("before " + JSON.stringify(request.data), () => {});',
        test: 'pm.test("after " + JSON.stringify(request.data), () => {});',
      }),
    ],
  },
};
