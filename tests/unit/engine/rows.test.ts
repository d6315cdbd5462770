import { ReturnedProperties } from '../../../src/contract/coverage';
import { detailRoom } from '../../../src/engine/detail';
import { type RowMaker, rowOf } from '../../../src/engine/rows';
import type { Exchange } from '../../../src/exchange/exchange';
import { Masker } from '../../../src/masking/masker';
import { exchangeOf, responseOf } from '../collections';
import { plannedWith, storeOf } from '../contract/support';

const makerWith = (masker: Masker): RowMaker => ({
  store: storeOf({}),
  masker,
  strict: false,
  order: new Map(),
  runner: 'typed',
  room: detailRoom(),
  accepted: [],
  today: '2026-03-01',
  returned: new ReturnedProperties(),
});

test('a skip hides secrets in all that it says: where it is, and what to do, end up in reports as well', () => {
  const masker = new Masker();
  masker.add('key', 'hush-hush-hush');
  const skipped = {
    cause: 'unsendable' as const,
    text: 'cannot read hush-hush-hush',
    where: 'up: hush-hush-hush.bin',
    todo: 'put hush-hush-hush.bin there',
  };
  const row = rowOf({ planned: plannedWith([{ body: {} }]), skipped }, makerWith(masker));
  expect(JSON.stringify(row)).not.toContain('hush-hush-hush');
  expect(row.skip?.where).toContain('up: ');
});

describe('a row keeps where its request went', () => {
  const sent = { method: 'GET', url: 'https://api.example.test:8443/x?y', headers: [], body: '' };
  const down = {
    response: null,
    failure: { kind: 'unreachable', code: 'ECONNREFUSED', message: '' },
  } as const;
  const rowFor = (more: Partial<Exchange>, masker = new Masker()) =>
    rowOf(
      { planned: plannedWith([{ body: {} }]), exchange: exchangeOf({ sent, ...more }) },
      makerWith(masker),
    );

  test.each([401, 403, 500, 503])('%d', (status) => {
    expect(rowFor({ response: responseOf('', { status }) }).origin).toBe('https://api.example.test:8443');
  });

  test('without a connection', () => {
    expect(rowFor(down).downOrigin).toBe('https://api.example.test:8443');
  });

  test('which is not down where it answers', () => {
    expect(rowFor({ response: responseOf('{}') })).not.toHaveProperty('downOrigin');
  });

  test('without what is a secret in it', () => {
    const masker = new Masker();
    masker.add('tenant_token', 'example');
    const hidden = 'https://api.{{tenant_token}}.test:8443';
    expect(rowFor(down, masker).downOrigin).toBe(hidden);
    expect(rowFor({ response: responseOf('', { status: 401 }) }, masker).origin).toBe(hidden);
  });
});
