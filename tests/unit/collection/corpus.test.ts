import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCollection } from '../../../src/collection/load';
import { normalise } from '../../../src/collection/normalise';

/** Real collections of others, which are not ours to copy: read where somebody has put them. */
const CORPUS = join(__dirname, '../../../../shared/corpus');

const documents = existsSync(CORPUS)
  ? readdirSync(CORPUS)
      .filter((name) => name.endsWith('.json'))
      .flatMap((name): [name: string, json: unknown][] => {
        const json = parsed(readFileSync(join(CORPUS, name), 'utf8'));
        return json === null ? [] : [[name, json]];
      })
  : [];

if (documents.length === 0) {
  test('there is no corpus of real collections here: nothing is held to it', () => {
    expect(existsSync(CORPUS)).toBe(false);
  });
} else {
  describe('every real collection', () => {
    test.each(documents)('%s loads, and each key is used once', (name, json) => {
      const { requests } = loadCollection(json, name, 'corpus');
      const keys = requests.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.filter((key) => key === '' || /\/\/|^\/|\/$/.test(key))).toEqual([]);
    });

    test.each(documents)('%s is the same when it is normalised again', (name, json) => {
      const pinned = JSON.parse(JSON.stringify(normalise(json, name)));
      expect(normalise(pinned, name)).toEqual(pinned);
    });
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}
