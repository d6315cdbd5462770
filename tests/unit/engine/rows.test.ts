import { ReturnedProperties } from '../../../src/contract/coverage';
import { detailRoom } from '../../../src/engine/detail';
import { rowOf } from '../../../src/engine/rows';
import { Masker } from '../../../src/masking/masker';
import { plannedWith, storeOf } from '../contract/support';

test('a skip hides secrets in all that it says: where it is, and what to do, end up in reports as well', () => {
  const masker = new Masker();
  masker.add('key', 'hush-hush-hush');
  const skipped = {
    cause: 'unsendable' as const,
    text: 'cannot read hush-hush-hush',
    where: 'up: hush-hush-hush.bin',
    todo: 'put hush-hush-hush.bin there',
  };
  const row = rowOf(
    { planned: plannedWith([{ body: {} }]), skipped },
    {
      store: storeOf({}),
      masker,
      strict: false,
      order: new Map(),
      runner: 'typed',
      room: detailRoom(),
      accepted: [],
      today: '2026-03-01',
      returned: new ReturnedProperties(),
    },
  );
  expect(JSON.stringify(row)).not.toContain('hush-hush-hush');
  expect(row.skip?.where).toContain('up: ');
});
