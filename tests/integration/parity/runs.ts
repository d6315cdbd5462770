import type { RunOptions } from '../support/parity';
import { item, passes, raw } from './behaviours';

type Json = Record<string, unknown>;

/** One run of a small collection: what is sent, in which order, is a matter of its iterations, data and scripts. */
export interface Run extends RunOptions {
  readonly items: readonly Json[];
  /** What the collection has besides. */
  readonly more?: Json;
}

const named = (name: string, json: Json): Json => ({ ...json, name });
const typeOf = 'pm.test(typeof pm.iterationData.get("a") + "/" + typeof pm.variables.get("a"), () => {});';
const rows = (text: string, name = 'rows.json'): RunOptions => ({
  files: { [name]: text },
  project: { data: name },
});

/** What Newman does over a whole run, by the name of it. */
export const RUNS: Readonly<Record<string, Run>> = {
  'iterations: so many, over what scripts have set before': {
    items: [
      item(
        '/n/{{count}}',
        {},
        {
          pre: 'pm.environment.set("count", Number(pm.environment.get("count") || 0) + 1);',
          test: 'pm.test([pm.info.iteration, pm.info.iterationCount, iteration].join(), () => {});',
        },
      ),
    ],
    project: { iterationCount: 3 },
  },
  'iterations: a local variable stays for the next one': {
    items: [
      item(
        '/l',
        {},
        {
          pre: 'pm.test(String(pm.variables.get("mine")), () => {}); pm.variables.set("mine", pm.info.iteration);',
        },
      ),
    ],
    project: { iterationCount: 2 },
  },
  'iterations: cookies stay for the next one': {
    items: [item('/cookies/x'), item('/after')],
    project: { iterationCount: 2 },
  },
  'data: rows of JSON, of every type': {
    items: [item('/r/{{a}}?b={{b}}', raw('{"a":{{a}},"b":"{{b}}","v":"{{v}}"}', 'json'), passes(typeOf))],
    ...rows('[{"a":1,"b":"x y"},{"a":true,"b":"","v":"from data"},{"a":1.50,"b":"null"}]'),
  },
  'data: rows of CSV, quoted and bare': {
    items: [item('/c/{{a}}?b={{b}}', {}, passes(typeOf))],
    ...rows('a,b\n1,"x, ""y"""\n"2",  z \n007,-1.50\n1e3,true\n', 'rows.csv'),
  },
  'data: more iterations than rows': {
    items: [item('/m/{{a}}')],
    files: { 'rows.json': '[{"a":1},{"a":2}]' },
    project: { data: 'rows.json', iterationCount: 4 },
  },
  'data: fewer iterations than rows': {
    items: [item('/m/{{a}}')],
    files: { 'rows.json': '[{"a":1},{"a":2},{"a":3}]' },
    project: { data: 'rows.json', iterationCount: 2 },
  },
  'data: it stands before the environment and behind what a script sets': {
    items: [
      item('/p/{{a}}/{{b}}', {}, { pre: 'pm.variables.set("b", "local"); pm.environment.set("a", "set");' }),
    ],
    files: { 'rows.json': '[{"a":"row","b":"row"}]' },
    project: { data: 'rows.json', flags: { a: 'environment' } },
  },
  'globals: behind every other scope': {
    items: [
      item(
        '/g/{{v}}/{{g}}',
        {},
        passes('pm.test([pm.globals.get("g"), pm.variables.get("v"), globals.g].join(), () => {});'),
      ),
    ],
    project: { globals: { v: 'global', g: 'only' } },
  },
  'globals: exported by Postman': {
    items: [item('/g/{{g}}')],
    files: {
      'globals.json':
        '{"name":"Globals","values":[{"key":"g","value":"x","enabled":true},{"key":"off","value":"x","enabled":false}]}',
    },
    project: { globalsFile: 'globals.json' },
  },
  'environment: exported by Postman': {
    items: [item('/e/{{e}}/{{n}}')],
    files: {
      'env.json':
        '{"name":"Mine","values":[{"key":"e","value":"x","type":"default","enabled":true},{"key":"n","value":"8","enabled":true}]}',
    },
    project: { environmentFile: 'env.json' },
  },
  'next request: back, until a variable says so': {
    items: [
      named(
        'poll',
        item(
          '/poll',
          {},
          {
            pre: 'pm.environment.set("turn", Number(pm.environment.get("turn") || 0) + 1);',
            test: 'pm.test("turn " + pm.environment.get("turn"), () => {}); if (pm.environment.get("turn") < 3) pm.execution.setNextRequest("poll");',
          },
        ),
      ),
      named('done', item('/done')),
    ],
  },
  'next request: back over others, in each iteration': {
    items: [
      named(
        'first',
        item(
          '/1/{{round}}',
          {},
          { pre: 'pm.globals.set("round", Number(pm.globals.get("round") || 0) + 1);' },
        ),
      ),
      named('second', item('/2')),
      named(
        'third',
        item('/3', {}, passes('if (Number(pm.globals.get("round")) % 2) postman.setNextRequest("first");')),
      ),
      named('fourth', item('/4')),
    ],
    project: { iterationCount: 2 },
  },
  'next request: the last of a name, or by id': {
    items: [
      named('start', item('/0', {}, passes('pm.execution.setNextRequest("twin");'))),
      named('twin', item('/1')),
      named('twin', item('/2', {}, passes('pm.execution.setNextRequest("abc-1");'))),
      named('between', item('/3')),
      { ...named('by id', item('/4', {}, passes('pm.test(pm.info.requestId, () => {});'))), id: 'abc-1' },
    ],
  },
  'next request: one that is not there ends an iteration, not the run': {
    items: [
      named('first', item('/1', {}, passes('pm.execution.setNextRequest("nowhere");'))),
      named('never', item('/2')),
    ],
    project: { iterationCount: 2 },
  },
  'next request: forward, and back to what was passed over': {
    items: [
      named('a', item('/a', {}, passes('pm.execution.setNextRequest("c");'))),
      named('b', item('/b', {}, passes('pm.execution.setNextRequest("d");'))),
      named('c', item('/c', {}, passes('pm.execution.setNextRequest("b");'))),
      named('d', item('/d')),
    ],
  },
  'next request: from a pre-request script that skips': {
    items: [
      named('a', item('/a', {}, { pre: 'pm.execution.setNextRequest("c"); pm.execution.skipRequest();' })),
      named('b', item('/b')),
      named('c', item('/c')),
    ],
  },
};
