import { loadCollection } from '../../../src/collection/load';
import { lockOf } from '../../../src/collection/pin';
import { makeProject, type TestProject } from './project';

/** One request of a small collection. */
export interface Item {
  name: string;
  path: string;
  method?: string;
  test?: string;
  prerequest?: string;
  header?: { key: string; value: string }[];
  body?: object;
  auth?: object;
  code?: number;
  host?: string;
}

/** A project whose collection has these requests, each with an example and a schema for any JSON object; `more` is of the collection. */
export function makeCollection(
  origin: string,
  items: Item[],
  extra: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): TestProject {
  const [hostname = '', port = ''] = new URL(origin).host.split(':');
  const document = {
    info: { name: 'Fixture', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    ...more,
    item: items.map(({ name, path, method = 'GET', test, prerequest, code = 200, host, ...request }) => ({
      name,
      event: [
        ...(test === undefined ? [] : [{ listen: 'test', script: { exec: [test] } }]),
        ...(prerequest === undefined ? [] : [{ listen: 'prerequest', script: { exec: [prerequest] } }]),
      ],
      request: {
        method,
        ...request,
        url:
          host === undefined
            ? {
                raw: `${origin}/${path}`,
                protocol: 'http',
                host: hostname.split('.'),
                port,
                path: path.split('/'),
              }
            : { raw: `http://${host}/${path}`, protocol: 'http', host: [host], path: path.split('/') },
      },
      response: [
        { name: 'ok', code, header: [{ key: 'Content-Type', value: 'application/json' }], body: '{}' },
      ],
    })),
  };
  const lock = lockOf(loadCollection(document, 'fixture', 'fixture'), { source: 'a test', name: 'Fixture' });
  const files: Record<string, string> = {
    'collections/fixture.postman_collection.json': JSON.stringify(document),
    'collections/fixture.lock.json': JSON.stringify(lock),
  };
  for (const { name, code = 200 } of items)
    files[`schemas/fixture/${name}.${code}.json`] = '{"type":"object"}';
  return makeProject({
    env: '',
    files,
    config: (config) => {
      for (const name of Object.keys(config)) delete config[name];
      Object.assign(config, { collection: 'collections/fixture.postman_collection.json', ...extra });
    },
  });
}
