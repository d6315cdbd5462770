import { randomUUID } from 'node:crypto';
import { openSession } from 'driftgate/jest';

// A new member signs up, the sign-up is sent twice by accident, and the welcome campaign tags the member.
describe('new member', () => {
  const session = openSession();
  afterAll(() => session.close());

  const messageId = randomUUID();
  let userId: string;

  test('signs up', async () => {
    const created = await session.send('customers/create-customer', { message_id: messageId });
    expect(created).toMatchContract();
    expect(created.header('Message-Id')).toBe(messageId);
    expect(created.header('Cached-Message')).toBeUndefined();
    userId = created.success().user.id;
  });

  test('is not created again when the same message is repeated', async () => {
    const repeated = await session.send('customers/create-customer-repeat-with-the-same-message-id', {
      message_id: messageId,
    });
    expect(repeated).toMatchContract();
    expect(repeated.header('Cached-Message')).toBe('true');
    expect(repeated.success()).toMatchObject({ user: { id: userId } });
  });

  test('is found by id and by e-mail', async () => {
    const read = await session.send('customers/get-customer');
    const found = await session.send('customers/search-customer-by-e-mail');
    for (const response of [read, found]) {
      expect(response).toMatchContract();
      expect(response.success().user).toMatchObject({ id: userId, email: session.variable('email') });
    }
  });

  test('gets a counter tag that counts', async () => {
    const tag = session.variable('tag_name') ?? '';
    const first = await session.send('customer-tags/add-counter-tag');
    expect(first.success().tags[tag]).toEqual({ count: 1 });
    const second = await session.send('customer-tags/increment-counter-tag');
    expect(second.success().tags[tag]).toEqual({ count: 2 });
    const listed = await session.send('customer-tags/list-tags');
    expect(listed.success().tags[tag]).toEqual({ count: 2 });
  });
});
