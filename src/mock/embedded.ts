import type { Collection } from '../collection/model';
import type { EmbeddedServer } from '../engine/project';

/** The collection's own examples as the server behind the environment `mock`. */
export const embeddedMock: EmbeddedServer = {
  name: 'mock',
  variablesFor,
  start: (_variables, collection) => (require('./index') as typeof import('./index')).startMock(collection),
};

const HOST = 'mock.localhost';

/** A value for every variable that the collection leaves open: what a URL begins with must be one, the rest any text. */
function variablesFor(collection: Collection, names: readonly string[]): Record<string, string> {
  const given = new Set(collection.variables.filter(({ value }) => value !== '').map(({ key }) => key));
  const open = names.filter((name) => !given.has(name));
  const urls = collection.requests.map(({ url }) => url.raw);
  const values = open.map((name) => {
    const place = `{{${name}}}`;
    if (urls.some((raw) => raw.startsWith(`${place}://`))) return [name, 'http'];
    if (urls.some((raw) => raw.startsWith(place))) return [name, `http://${HOST}`];
    if (urls.some((raw) => raw.includes(`://${place}`))) return [name, HOST];
    return [
      name,
      urls.some((raw) => new RegExp(`^[^/]*//[^/]*:\\{\\{${escaped(name)}\\}\\}`).test(raw))
        ? '80'
        : `mock-${name}`,
    ];
  });
  return Object.fromEntries(values);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
