import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getPointer } from '../../../src/json-pointer';
import { basic, Sandboxes } from '../sandbox/client';
import { compileSchemas, pinnedRequests } from './pack';

const configured = JSON.parse(readFileSync(join(__dirname, '../../../driftgate.config.json'), 'utf8')) as {
  readonly variables: Readonly<Record<string, string>>;
  readonly captures: Readonly<Record<string, Readonly<Record<string, { readonly pointer?: string }>>>>;
};
const MADE: Readonly<Record<string, () => string>> = {
  $guid: () => crypto.randomUUID(),
  $isoTimestamp: () => new Date().toISOString(),
};

const sandboxes = new Sandboxes();
afterAll(() => sandboxes.closeAll());

test('pin, schemas and sandbox agree: every request in order is answered as documented', async () => {
  const client = await sandboxes.start();
  const validatorOf = compileSchemas();
  const variables: Record<string, string> = {
    ...client.sandbox.variables,
  };
  const fill = (text: string): string =>
    text.replace(/\{\{(\$?\w+)\}\}/g, (_all, name: string) => {
      const value = MADE[name]?.() ?? variables[name];
      if (value === undefined) {
        throw new Error(`nothing provides {{${name}}}`);
      }
      return value;
    });

  for (const [name, text] of Object.entries(configured.variables)) variables[name] = fill(text);

  for (const { key, item, auth } of pinnedRequests()) {
    const { method, url, header, body } = item.request;
    const user = auth?.basic.find((part) => part.key === 'username')?.value ?? '{{api_key}}';
    const password = user.replace(/_key\}\}$/, '_secret}}');
    const answer = await client.raw(method, fill(url.raw).replace(/^https:\/\/[^/]+/, ''), {
      authorization: basic(fill(user), fill(password)),
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
    for (const [name, source] of Object.entries(configured.captures[key] ?? {})) {
      if (source.pointer !== undefined) variables[name] = String(getPointer(answer.json, source.pointer));
    }
    if (key === 'customers/create-customer') {
      expect(Object.keys(answer.json.user).sort()).toEqual(
        Object.keys(JSON.parse(first?.body ?? '{}').user).sort(),
      );
    }
  }
});
