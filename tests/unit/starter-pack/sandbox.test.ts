import { basic, Sandboxes } from '../sandbox/client';
import { compileSchemas, pinnedRequests } from './pack';

const sandboxes = new Sandboxes();
afterAll(() => sandboxes.closeAll());

test('pin, schemas and sandbox agree: every request in order is answered as documented', async () => {
  const client = await sandboxes.start();
  const validatorOf = compileSchemas();
  const variables: Record<string, string> = {
    ...client.sandbox.variables,
    external_id: 'pack-1',
    email: 'pack-1@example.com',
    message_id: '5c0e6f5c-7f57-4d8f-8a83-8f6c7b0a4a11',
    tag_name: 'pack_tag',
  };
  const fill = (text: string): string =>
    text.replace(/\{\{(\$?\w+)\}\}/g, (_all, name: string) => {
      const value = name === '$guid' ? crypto.randomUUID() : variables[name];
      if (value === undefined) {
        throw new Error(`nothing provides {{${name}}}`);
      }
      return value;
    });

  for (const { key, item } of pinnedRequests()) {
    const { method, url, header, body, auth } = item.request;
    const family = auth === undefined ? 'api' : 'connect';
    const answer = await client.raw(method, fill(url.raw).replace(/^https:\/\/[^/]+/, ''), {
      authorization: basic(variables[`${family}_key`], variables[`${family}_secret`]),
      headers: Object.fromEntries(header.map((entry) => [entry.key, fill(entry.value)])),
      ...(body === undefined ? {} : { body: fill(body.raw) }),
    });
    const validate = validatorOf(`${key}.${answer.status}.json`, 'success');
    validate(answer.json);
    expect({ key, status: answer.status, errors: validate.errors ?? [] }).toEqual({
      key,
      status: 200,
      errors: [],
    });

    const first = item.response[0];
    const missing = first?.header.filter((entry) => !answer.headers.has(entry.key));
    expect({ key, missing }).toEqual({ key, missing: [] });
    // No property is undocumented, and none of the example's is left out, apart from what depends on the customer.
    expect({ key, root: Object.keys(answer.json) }).toEqual({
      key,
      root: Object.keys(JSON.parse(first?.body ?? '{}')),
    });
    if (key === 'customers/create-customer') {
      variables.user_id = answer.json.user.id;
      expect(Object.keys(answer.json.user).sort()).toEqual(
        Object.keys(JSON.parse(first?.body ?? '{}').user).sort(),
      );
    }
  }
});
