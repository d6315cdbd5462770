import { addressOfLink, collectionAddress, pageLink, publishedFacts } from '../../../src/source/published';

const INFO = {
  name: 'Invented Shop API',
  owner: '1234567',
  publishedId: 'AbCdEf12',
  collectionId: '0b6f0000-0000-4000-8000-000000000001',
  publishDate: '2024-05-01T10:00:00.000Z',
};
const metadata = (more: Record<string, unknown> = {}) => ({ collection: { info: { ...INFO, ...more } } });

describe('publishedFacts', () => {
  test('reads what a metadata document says, and nothing else of it', () => {
    const document = metadata({ activeVersionTag: 'v3', customColor: {}, description: '# Shop' });
    expect(publishedFacts(document)).toEqual({ ...INFO, versionTag: 'v3' });
  });

  test.each<[given: string, document: object, want: object]>([
    ['the version tag of the root', { ...metadata(), activeVersionTag: 'latest' }, { versionTag: 'latest' }],
    ['no version tag', metadata(), { name: INFO.name }],
    ['no name', metadata({ name: '' }), { name: INFO.publishedId }],
    ['only a Postman id', metadata({ collectionId: undefined, _postman_id: 'p1' }), { collectionId: 'p1' }],
  ])('takes %s', (_case, document, want) => {
    expect(publishedFacts(document)).toMatchObject(want);
  });

  test('leaves out what the document does not say', () => {
    const facts = publishedFacts(metadata({ collectionId: null, publishDate: '' }));
    expect(facts).toEqual({ name: INFO.name, owner: INFO.owner, publishedId: INFO.publishedId });
  });

  test.each<[given: string, document: unknown]>([
    ['a collection', { info: INFO, item: [] }],
    ['a wrapped collection with requests', { collection: { info: INFO, item: [] } }],
    ['metadata without an owner', metadata({ owner: undefined })],
    ['metadata with a number for its id', metadata({ publishedId: 12 })],
    ['a collection that is no object', { collection: [] }],
    ['a list', [metadata()]],
    ['null', null],
  ])('is null for %s', (_case, document) => {
    expect(publishedFacts(document)).toBeNull();
  });
});

describe('addressOfLink', () => {
  const json = (origin: string, version = 'latest') =>
    `${origin}/api/collections/1234567/AbCdEf12?segregateAuth=true&versionTag=${version}`;
  const POSTMAN = 'https://documenter.getpostman.com';

  test.each<[link: string, want: string | null]>([
    [`${POSTMAN}/view/1234567/AbCdEf12`, json(POSTMAN)],
    [`${POSTMAN}/view/1234567/AbCdEf12/`, json(POSTMAN)],
    [`${POSTMAN}/view/1234567/AbCdEf12#intro`, json(POSTMAN)],
    [`${POSTMAN}/view/1234567/AbCdEf12?version=v2#intro`, json(POSTMAN, 'v2')],
    ['http://docs.example.test:8080/view/1234567/AbCdEf12', json('http://docs.example.test:8080')],
    [`${POSTMAN}/view/metadata/AbCdEf12`, null],
    [`${POSTMAN}/view/1234567/AbCdEf12/more`, null],
    [`${POSTMAN}/api/collections/1234567/AbCdEf12`, null],
    ['ftp://docs.example.test/view/1234567/AbCdEf12', null],
    ['collections/shop.json', null],
  ])('of %s is %s', (link, want) => {
    expect(addressOfLink(link)).toBe(want);
  });
});

describe('collectionAddress', () => {
  const facts = { name: 'Shop', owner: '1234567', publishedId: 'AbCdEf12' };
  const path = '/api/collections/1234567/AbCdEf12?segregateAuth=true&versionTag=latest';

  test.each<[given: string, document: unknown, readFrom: string, origin: string]>([
    [
      'the origin it was read from',
      {},
      'https://docs.example.test/view/metadata/AbCdEf12',
      'https://docs.example.test',
    ],
    [
      'its canonical origin',
      { canonicalUrl: 'https://docs.example.test/a' },
      'saved.json',
      'https://docs.example.test',
    ],
    ['Postman where a file says nothing', {}, 'saved.json', 'https://documenter.gw.postman.com'],
    [
      'Postman where it says nonsense',
      { canonicalUrl: 'javascript:x' },
      'a.json',
      'https://documenter.gw.postman.com',
    ],
  ])('uses %s', (_case, document, readFrom, origin) => {
    expect(collectionAddress(facts, document, readFrom)).toBe(origin + path);
  });

  test('asks for the published version, and no id can leave its place in the path', () => {
    const odd = { ...facts, owner: '../1', publishedId: 'a?b', versionTag: 'v2&x=1' };
    expect(collectionAddress(odd, {}, 'a.json')).toBe(
      'https://documenter.gw.postman.com/api/collections/..%2F1/a%3Fb?segregateAuth=true&versionTag=v2%26x%3D1',
    );
  });
});

test('pageLink is the page that people read', () => {
  const page = pageLink({ name: 'Shop', owner: '1234567', publishedId: 'AbCdEf12' });
  expect(page).toBe('https://documenter.getpostman.com/view/1234567/AbCdEf12');
  expect(addressOfLink(page)).not.toBeNull();
});
