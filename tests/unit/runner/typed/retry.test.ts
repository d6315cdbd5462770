import type { Header, ReceivedResponse } from '../../../../src/exchange/exchange';
import { Retries, type RetryPolicy } from '../../../../src/runner/typed/retry';
import { item, load, plannedOf, responseOf } from '../../collections';

const NOW = Date.parse('2026-03-09T02:00:00Z');
const REQUEST = { method: 'GET', url: 'https://api.example.test/', headers: [], body: '' };
const [request] = load([item('read')]).requests;
if (request === undefined) throw new Error('no request');

type Answer = number | string | readonly [status: number, retryAfter: string];

/** Sends to a server that answers in turn: statuses, statuses with a `Retry-After`, and codes of network faults. */
async function sendTo(
  answers: readonly Answer[],
  more: { safe?: boolean; expected?: number; stop?: boolean } = {},
) {
  const waits: number[] = [];
  let at = 0;
  const stopping = new AbortController();
  const policy: RetryPolicy = {
    retries: 2,
    backoffMs: 1000,
    longestWaitMs: 30_000,
    clock: {
      now: () => NOW,
      delay: async (ms) => {
        waits.push(ms);
        if (more.stop === true) stopping.abort();
      },
      random: () => 0.5,
    },
  };
  const client = {
    send: async (): Promise<ReceivedResponse> => {
      const answer = answers[at] ?? 'no such answer';
      at += 1;
      if (typeof answer === 'string') throw Object.assign(new Error(answer), { code: answer });
      const [status, retryAfter] = typeof answer === 'number' ? [answer] : answer;
      const headers: Header[] = retryAfter === undefined ? [] : [['Retry-After', retryAfter]];
      return responseOf('{}', { status, headers });
    },
  };
  const examples = [{ name: 'saved', code: more.expected ?? 200, headers: [], body: '' }];
  const planned = plannedOf({ ...request, examples } as NonNullable<typeof request>, {
    safe: more.safe ?? true,
  });
  let begun = 0;
  const retries = new Retries(client, policy, planned, {
    signal: stopping.signal,
    onAttempt: () => {
      begun += 1;
    },
  });
  const result = await retries.send(REQUEST, 100).then(
    ({ status }) => status,
    (error: Error) => error.message,
  );
  expect(begun).toBe(retries.count);
  return { result, sent: at, retries: retries.count, waits };
}

test.each<Answer>([429, 502, 503, 504, 'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT'])(
  '%s is sent again',
  async (answer) => {
    expect(await sendTo([answer, 200])).toEqual({ result: 200, sent: 2, retries: 1, waits: [750] });
  },
);

test.each<Answer>([200, 301, 400, 401, 403, 404, 408, 500, 501, 'CERT_HAS_EXPIRED', 'ERR_INVALID_URL'])(
  '%s is what it is',
  async (answer) => {
    expect(await sendTo([answer, 200])).toEqual({ result: answer, sent: 1, retries: 0, waits: [] });
  },
);

test('the wait doubles, and the last answer counts', async () => {
  expect(await sendTo([503, 'ECONNRESET', 502, 200])).toEqual({
    result: 502,
    sent: 3,
    retries: 2,
    waits: [750, 1500],
  });
});

test.each([
  ['seconds', '7', 7000],
  ['a date', 'Mon, 09 Mar 2026 02:00:12 GMT', 12_000],
  ['less than the back-off', '0', 750],
  ['a date that is over', 'Mon, 09 Mar 2026 01:00:00 GMT', 750],
  ['nonsense', 'soon', 750],
  ['what is no whole number of seconds', '-5', 750],
])('Retry-After in %s', async (_name, asked, wait) => {
  expect(await sendTo([[503, asked], 200])).toMatchObject({ result: 200, waits: [wait] });
});

test.each(['31', 'Mon, 09 Mar 2026 02:00:31 GMT'])(
  'a server that wants to be left alone for longer (%s) gets its wish',
  async (asked) => {
    expect(await sendTo([[429, asked], 200])).toEqual({ result: 429, sent: 1, retries: 0, waits: [] });
  },
);

test('what changes something is never sent twice', async () => {
  expect(await sendTo([503, 200], { safe: false })).toMatchObject({ result: 503, sent: 1 });
});

test('an answer that the collection itself documents is meant', async () => {
  expect(await sendTo([503, 200], { expected: 503 })).toMatchObject({ result: 503, sent: 1 });
});

test('who is stopped while it waits sends nothing more', async () => {
  expect(await sendTo([503, 200], { stop: true })).toEqual({
    result: 503,
    sent: 1,
    retries: 0,
    waits: [750],
  });
});
