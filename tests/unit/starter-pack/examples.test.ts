import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getPointer, removePointer, setPointer } from '../../../src/json-pointer';
import { compileSchemas, pinnedRequests, readSchema, schemaFiles } from './pack';

const requests = pinnedRequests();
const validatorOf = compileSchemas();
const examples = requests.flatMap(({ key, item }) =>
  item.response.map((example, index) => ({
    title: `${key} ${example.code} ${example.name}`,
    key,
    example,
    index,
  })),
);

test('the pack has its 71 requests, each with its own id and a description', () => {
  expect(requests).toHaveLength(71);
  expect(new Set(requests.map(({ item }) => item.id)).size).toBe(71);
  expect(requests.filter(({ item }) => item.request.description.length < 40)).toEqual([]);
});

test.each(examples)('$title holds its schema', ({ key, example, index }) => {
  const validate = validatorOf(`${key}.${example.code}.json`, index === 0 ? 'success' : undefined);
  validate(JSON.parse(example.body));
  expect(validate.errors ?? []).toEqual([]);
});

test.each(requests)('$key begins with a success and documents refused credentials', ({ item }) => {
  expect(item.response[0]?.code).toBe(200);
  expect(item.response[0]?.body).not.toContain('"error"');
  expect(item.response.some(({ code, body }) => code === 401 && body.includes('access_denied'))).toBe(true);
  const untyped = item.response.filter(
    ({ header }) => !header.some(({ key, value }) => key === 'Content-Type' && value === 'application/json'),
  );
  expect(untyped).toEqual([]);
});

test('every schema belongs to an example, or is shared and used', () => {
  const used = new Set(examples.map(({ key, example }) => `${key}.${example.code}.json`));
  const all = schemaFiles();
  const references = all.map((file) => JSON.stringify(readSchema(file))).join();
  for (const file of all.filter((name) => name.startsWith('shared/'))) {
    if (references.includes(`${file}"`) || references.includes(`"${file.slice('shared/'.length)}"`)) {
      used.add(file);
    }
  }
  expect([...used].sort()).toEqual([...all].sort());
});

test.each(schemaFiles())('%s compiles, and is open', (file) => {
  expect(validatorOf(file)).toEqual(expect.any(Function));
  const schema = readSchema(file);
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(JSON.stringify(schema)).not.toContain('"additionalProperties":false');
});

test('every property says what it is and where that is known from', () => {
  const silent: string[] = [];
  const walk = (schema: unknown, place: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    const { properties = {} } = schema as { properties?: Record<string, Record<string, unknown>> };
    for (const [name, property] of Object.entries(properties)) {
      const isTold =
        /^(documented|inferred)/.test(String(property['x-source'])) && property.description !== undefined;
      if (!isTold) silent.push(`${place}/${name}`);
    }
    for (const [name, inner] of Object.entries(schema)) walk(inner, `${place}/${name}`);
  };
  for (const file of schemaFiles()) walk(readSchema(file), file);
  expect(silent).toEqual([]);
});

test('where a status has a success and an error, they are titled variants, success first', () => {
  const variants = schemaFiles()
    .map(readSchema)
    .flatMap((schema) => (Array.isArray(schema.anyOf) ? [schema.anyOf.map((variant) => variant.title)] : []));
  expect(variants.length).toBeGreaterThan(0);
  expect(new Set(variants.map(String))).toEqual(new Set(['success,error']));
});

test('an error never holds the success variant', () => {
  const error = { status: 'error', errors: { code: 'validation', message: 'No.' } };
  const passing = requests.filter(({ key }) => validatorOf(`${key}.200.json`, 'success')(error));
  expect(passing).toEqual([]);
});

test('every capture is found in the example of its request, and nothing else yields what later requests need', () => {
  const { captures, variables } = JSON.parse(
    readFileSync(join(__dirname, '../../../driftgate.config.json'), 'utf8'),
  ) as { captures: Record<string, Record<string, { pointer?: string; header?: string }>>; variables: object };
  const environment = readFileSync(join(__dirname, '../../../.env.example'), 'utf8');
  const known = new Set([...environment.matchAll(/^(\w+)=/gm)].map(([, name]) => name));
  for (const name of Object.keys(variables)) known.add(name);
  const unknown: string[] = [];
  for (const { key, item } of requests) {
    const texts = [
      item.request.url.raw,
      item.request.body?.raw,
      ...item.request.header.map(({ value }) => value),
    ];
    const needed = [...texts.join(' ').matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
    unknown.push(...needed.filter((name) => !known.has(name)).map((name) => `${key} needs {{${name}}}`));
    const [example] = item.response;
    for (const [name, { pointer, header }] of Object.entries(captures[key] ?? {})) {
      known.add(name);
      const isThere =
        pointer === undefined
          ? example?.header.some((entry) => entry.key.toLowerCase() === header?.toLowerCase())
          : getPointer(JSON.parse(example?.body ?? 'null'), pointer) !== undefined;
      if (isThere !== true) unknown.push(`${key} does not yield {{${name}}}`);
    }
  }
  expect(unknown).toEqual([]);
  expect(Object.keys(captures).filter((key) => !requests.some((request) => request.key === key))).toEqual([]);
});

test('credentials stand in the pin as variables only', () => {
  for (const { item } of requests) {
    const { header, url } = item.request;
    expect(header.map(({ key }) => key.toLowerCase())).not.toContain('authorization');
    expect(url.raw).toMatch(/^https:\/\/\{\{(core|connect|pos)_host\}\}\//);
  }
});

// Twins of valid examples, each with one drift that its schema must refuse.
test.each([
  ['customers/get-customer', '/user/id', undefined],
  ['customers/get-customer', '/user/id', 'not-a-uuid'],
  ['customers/get-customer', '/user/proxy_ids', null],
  ['customers/get-customer', '/user/gender', 'x'],
  ['customers/get-customer', '/user/email', 'robin'],
  ['customers/get-customer', '/user/dob', '12.04.1990'],
  ['customers/get-customer', '/user/created_at', 'yesterday'],
  ['customers/get-customer', '/user/unclaimed_achievement_count', -1],
  ['customers/get-customer', '/user/phone_numbers/0/phone_number', undefined],
  ['customers/get-customer-with-profile-identifiers-and-incentives', '/user/tier_details', undefined],
  ['customers/get-customer-with-profile-identifiers-and-incentives', '/user/user_profile/_version', '1'],
  ['customers/get-customer-with-profile-identifiers-and-incentives', '/user/identifiers/0/external_id', 7],
  ['customers/search-customers', '/players/0/user_id', undefined],
  ['customers/search-customers', '/players/0/gender', 'great'],
  ['customer-tags/list-tags', '/tags/vip/count', 0],
  ['customer-tags/list-tags', '/tags/vip/ttl', 10],
  ['customer-tags/list-tags', '/tags/vip/count', undefined],
  ['setup-and-authentication/check-core-credentials', '/campaigns/tiles/0/campaign_id', '4101'],
  ['setup-and-authentication/check-core-credentials', '/page', 0],
  ['setup-and-authentication/check-connect-credentials', '/payload/details/0/available_balance', undefined],
])('%s does not hold with %s as %j', (key, pointer, value) => {
  const body: unknown = JSON.parse(examples.find((row) => row.key === key)?.example.body ?? 'null');
  const validate = validatorOf(`${key}.200.json`, 'success');
  expect(validate(body)).toBe(true);
  if (value === undefined) {
    expect(removePointer(body, pointer)).toBe(true);
  } else {
    setPointer(body, pointer, value);
  }
  expect(validate(body)).toBe(false);
});

test('null is taken where it is documented', () => {
  const body: unknown = JSON.parse(
    examples.find((row) => row.key === 'customers/get-customer')?.example.body ?? 'null',
  );
  for (const name of ['email', 'registered_at', 'profile_photo_url', 'referrer_code', 'phone_numbers']) {
    setPointer(body, `/user/${name}`, null);
  }
  expect(validatorOf('customers/get-customer.200.json')(body)).toBe(true);
});
