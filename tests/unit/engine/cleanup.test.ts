import { Cleanup } from '../../../src/engine/cleanup';
import { describeRequests, type PlannedRequest } from '../../../src/plan/plan';
import type { ResultRow } from '../../../src/report/build';
import type { RunContext, Runner, RunOutcome } from '../../../src/runner/runner';
import { VariableScope } from '../../../src/variables/scope';
import { configOf, exchangeOf, item, load, responseOf, script } from '../collections';

const config = configOf({
  captures: {
    create: { id: { pointer: '/id' } },
    'create-other': { other_id: { pointer: '/id' } },
  },
  requests: {
    create: { cleanup: { request: 'remove' } },
    'create-other': { cleanup: { request: 'remove', variables: { id: '{{other_id}}' } } },
  },
});
const post = { method: 'POST' };
const described = describeRequests(
  load([
    item('create', 'https://a.test/c', post),
    item('create other', 'https://a.test/c', post),
    item('remove', 'https://a.test/{{id}}', { method: 'DELETE' }),
  ]),
  config,
);
const [create, createOther, remove] = described as [PlannedRequest, PlannedRequest, PlannedRequest];

const row = (outcome: 'passed' | 'failed', more: object = {}) =>
  ({ row: { outcome }, order: 0, ...more }) as unknown as ResultRow;
const answered = (planned: PlannedRequest, body: string): RunOutcome => ({
  planned,
  exchange: exchangeOf({ key: planned.request.key, response: responseOf(body) }),
});

let scope: VariableScope;
let cleanup: Cleanup;
beforeEach(() => {
  scope = new VariableScope({});
  cleanup = new Cleanup(described, { scope, isEmbedded: false });
});

/** What would be removed: the id that each clean-up is sent with, or why it is not sent. */
async function removed(): Promise<(string | undefined)[]> {
  const seen: (string | undefined)[] = [];
  const runner: Runner = {
    name: 'typed',
    close: async () => {},
    stop: () => {},
    async *run({ requests }, context, each) {
      for (const planned of requests) {
        expect(planned).toMatchObject({ cleanup: true, request: { key: 'remove' } });
        seen.push(context.scope.get('id'));
        yield each(answered(planned, '{}'));
      }
    },
  };
  const outcomes = cleanup.run(runner, { scope } as unknown as RunContext, (outcome) => outcome);
  for await (const { skipped } of outcomes) {
    if (skipped !== undefined) seen.push(skipped.text);
  }
  return seen;
}

test('what was made is removed, the last one first, even if its contract was broken', async () => {
  cleanup.heard(answered(create, '{"id":"one"}'), row('failed'), scope);
  cleanup.heard(answered(createOther, '{"id":"two"}'), row('passed'), scope);
  expect(await removed()).toEqual(['two', 'one']);
  expect(await removed()).toEqual([]);
});

test('a default names nothing that was made, and is not removed', async () => {
  const captures = { id: { pointer: '/id', default: 'demo' }, etag: { pointer: '/etag' } };
  const careful = { ...create, captures };
  const renaming = {
    ...createOther,
    captures: { other_id: { pointer: '/id', default: 'demo' }, etag: { pointer: '/etag' } },
  };
  scope.set('other_id', 'demo');
  for (const planned of [careful, renaming]) {
    cleanup.heard(answered(planned, '{"error":"full","etag":"e"}'), row('failed'), scope);
  }
  expect(await removed()).toEqual([]);
  cleanup.heard(answered(careful, '{"id":"one"}'), row('passed'), scope);
  expect(await removed()).toEqual(['one']);
});

test('what the run removed by itself is not removed again', async () => {
  cleanup.heard(answered(create, '{"id":"one"}'), row('passed'), scope);
  cleanup.heard(answered(create, '{"id":"two"}'), row('passed'), scope);
  cleanup.heard(answered(remove, '{}'), row('passed'), scope.with({ id: 'one' }));
  expect(await removed()).toEqual(['two']);
});

test('a removal that failed is tried again at the end', async () => {
  cleanup.heard(answered(create, '{"id":"one"}'), row('passed'), scope);
  cleanup.heard(answered(remove, '{}'), row('failed'), scope.with({ id: 'one' }));
  expect(await removed()).toEqual(['one']);
});

test('what the answer did not name, and what was never sent, cannot be removed', async () => {
  cleanup.heard(answered(create, '{}'), row('failed'), scope);
  cleanup.heard({ planned: create, skipped: { cause: 'stopped', text: 'x' } }, row('failed'), scope);
  expect(await removed()).toEqual([]);
});

test('an environment that is down is not asked, and the report says what stays', async () => {
  cleanup.heard(answered(create, '{"id":"one"}'), row('passed'), scope);
  cleanup.heard(answered(remove, ''), row('failed', { downOrigin: 'https://a.test' }), scope);
  expect(await removed()).toEqual(['not cleaned up: the environment is down']);
});

describe('what a script sets', () => {
  const described = describeRequests(
    load([
      {
        ...item('create', 'https://a.test/c', post),
        event: [
          script('prerequest', "pm.environment.set('time', '1')"),
          script(
            'test',
            "if (pm.response.code === 201) pm.collectionVariables.set('id', pm.response.json().id)",
          ),
        ],
      },
      item('remove', 'https://a.test/{{id}}', {
        method: 'DELETE',
        header: [{ key: 'X-Time', value: '{{time}}' }],
      }),
      item('list', 'https://a.test/c'),
    ]),
    configOf({ requests: { create: { cleanup: { request: 'remove' } } } }),
  );
  const [create, remove] = described as [PlannedRequest, PlannedRequest];
  const created = (id: string | undefined, status = 201, environment: Record<string, string> = {}) => {
    scope = new VariableScope(environment);
    cleanup = new Cleanup(described, { scope, isEmbedded: false });
    hear(id, status);
  };
  const hear = (id: string | undefined, status = 201) => {
    scope.set('time', '2');
    if (id !== undefined) scope.set('id', id, 'collection');
    const exchange = exchangeOf({ key: 'create', response: responseOf('{}', { status }) });
    cleanup.heard({ planned: create, exchange }, row(status === 201 ? 'passed' : 'failed'), scope);
  };
  const LEFT = 'not cleaned up: create gave no new {{id}}';

  test('is removed', async () => {
    created('one');
    hear('two');
    expect(await removed()).toEqual(['two', 'one']);
  });

  test('is removed once, though it is given again', async () => {
    created('one');
    hear('one');
    expect(await removed()).toEqual(['one']);
  });

  test('is not removed by an address that only the environment gives, whatever is in the body', async () => {
    const withBody = describeRequests(
      load([
        {
          ...item('create', 'https://a.test/c', post),
          event: [script('test', "pm.environment.set('token', pm.response.json().token)")],
        },
        item('remove', 'https://a.test/{{id}}', {
          method: 'DELETE',
          body: { mode: 'raw', raw: '{"token":"{{token}}"}' },
        }),
      ]),
      configOf({ requests: { create: { cleanup: { request: 'remove' } } } }),
    );
    scope = new VariableScope({ id: 'mine' });
    cleanup = new Cleanup(withBody, { scope, isEmbedded: false });
    scope.set('token', 'new', 'environment');
    const exchange = exchangeOf({ key: 'create', response: responseOf('{}', { status: 201 }) });
    cleanup.heard({ planned: withBody[0] as PlannedRequest, exchange }, row('passed'), scope);
    expect(await removed()).toEqual(['not cleaned up: nothing that create yields says what it made']);
  });

  test('is removed by what is in the body, where the address has but a host of the environment', async () => {
    const body = { mode: 'raw', raw: '{"token":"{{token}}"}' };
    const withHost = describeRequests(
      load([
        {
          ...item('create', '{{base}}/c', post),
          event: [script('test', "pm.environment.set('token', pm.response.json().token)")],
        },
        item('remove', '{{base}}/remove', { ...post, body }),
      ]),
      configOf({ requests: { create: { cleanup: { request: 'remove' } } } }),
    );
    scope = new VariableScope({ base: 'https://a.test' });
    cleanup = new Cleanup(withHost, { scope, isEmbedded: false });
    scope.set('token', 'new', 'environment');
    const exchange = exchangeOf({ key: 'create', response: responseOf('{}', { status: 201 }) });
    cleanup.heard({ planned: withHost[0] as PlannedRequest, exchange }, row('passed'), scope);
    // It is sent, and without an id.
    expect(await removed()).toEqual([undefined]);
  });

  test('and was removed by the run itself is not removed again', async () => {
    created('one');
    cleanup.heard(answered(remove, '{}'), row('passed'), scope);
    expect(await removed()).toEqual([]);
  });

  test.each([undefined, '', 'null', 'undefined'])('and is %p is told, since it stays', async (id) => {
    created(id);
    expect(await removed()).toEqual([LEFT]);
  });

  test('is told once for each that stays, unless the run removed something', async () => {
    created(undefined);
    hear(undefined);
    expect(await removed()).toEqual([LEFT, LEFT]);
    hear(undefined);
    cleanup.heard(answered(remove, '{}'), row('passed'), scope);
    expect(await removed()).toEqual([]);
  });

  test('is not what the environment gives: that is not removed', async () => {
    created(undefined, 201, { id: 'mine' });
    expect(await removed()).toEqual([LEFT]);
    created(undefined, 409, { id: 'mine' });
    expect(await removed()).toEqual([]);
  });

  test('is not what is there already, of which a refusal tells', async () => {
    created('theirs', 409);
    expect(await removed()).toEqual([]);
  });

  test('is not what another request has found', async () => {
    created('one');
    const list = { ...(described[2] as PlannedRequest), access: create.access };
    scope.set('id', 'theirs', 'collection');
    cleanup.heard(answered(list, '{}'), row('passed'), scope);
    hear(undefined);
    expect(await removed()).toEqual([LEFT, 'one']);
  });

  test('outranks a variable of the script’s own', async () => {
    created('one');
    scope.set('id', 'two', 'locals');
    expect(await removed()).toEqual(['one']);
  });
});

test('a capture that finds nothing in what was made is told, unless that is foreseen', async () => {
  cleanup.heard(answered(create, '{}'), row('passed'), scope);
  for (const foreseen of [{ default: 'demo' }, { required: false }]) {
    const captures = { id: { pointer: '/id', ...foreseen } };
    cleanup.heard(answered({ ...create, captures }, '{}'), row('passed'), scope);
  }
  expect(await removed()).toEqual(['not cleaned up: create gave no new {{id}}']);
});
