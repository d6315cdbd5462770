import { item, passes } from './behaviours';
import type { Run } from './runs';

const exported = (name: string, values: readonly object[]): string => JSON.stringify({ name, values });
const seen =
  'pm.test(JSON.stringify([pm.environment.toObject(), environment, pm.environment.has("off"), pm.environment.get("a")]), () => {});';

/** What Newman makes of the scopes of a run, by the name of it. */
export const SCOPES: Readonly<Record<string, Run>> = {
  'scopes: what is disabled is listed, and is not used': {
    items: [
      item('/s?a={{a}}', {}, { pre: seen, test: `pm.environment.set("a", "set");${seen}` }),
      item('/s?a={{a}}', {}, passes(`pm.environment.unset("a");${seen}`)),
      item('/s', {}, passes(`pm.environment.set("off", "on");${seen}`)),
      item('/s?off={{off}}', {}, passes(`pm.environment.clear();${seen}`)),
      item('/s', {}, passes(seen)),
    ],
    files: {
      'env.json': exported('Mine', [
        { key: 'off', value: 'x', disabled: true },
        { key: 'a', value: '1' },
        { key: 'a', value: '2', disabled: true },
      ]),
    },
    project: { environmentFile: 'env.json' },
  },
  'scopes: what is disabled in the collection': {
    items: [
      item('/s?a={{a}}'),
      item('/s?a={{a}}', {}, passes('pm.test(JSON.stringify(pm.collectionVariables.toObject()), () => {});')),
    ],
    more: {
      variable: [
        { key: 'a', value: '1' },
        { key: 'a', value: '2', disabled: true },
        { key: 'off', value: 'x', disabled: true },
      ],
    },
  },
  'scopes: variables of a collection have the types beside them': {
    items: [
      item('/s?n={{n}}&b={{b}}&o={{o}}&null={{null}}&none={{none}}'),
      item(
        '/s?n={{n}}&b={{b}}&o={{o}}&null={{null}}&none={{none}}',
        {},
        passes('pm.test(JSON.stringify(pm.collectionVariables.toObject()), () => {});'),
      ),
    ],
    more: {
      variable: [
        { key: 'n', value: '07', type: 'number' },
        { key: 'b', value: 'true', type: 'boolean' },
        { key: 'o', value: '{"a":1}', type: 'object' },
        { key: 'null', value: null },
        { key: 'none' },
      ],
    },
  },
  'scopes: the environment has the name that is in its file': {
    items: [
      item('/s', {}, passes('pm.test(String([pm.environment.name, pm.globals.name]), () => {});')),
      item('/s', {}, passes('pm.test(Object.keys(pm.environment.toJSON()).join(), () => {});')),
    ],
    files: { 'env.json': exported('Mine', []) },
    project: { environmentFile: 'env.json' },
  },
  'scopes: an environment without a file has no name': {
    items: [item('/s', {}, passes('pm.test(String(pm.environment.name), () => {});'))],
  },
};
