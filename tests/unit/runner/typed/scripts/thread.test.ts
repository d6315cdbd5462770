import { EventEmitter } from 'node:events';
import { ScriptThread } from '../../../../../src/runner/typed/scripts/thread';

// What ends the thread itself cannot be made at will, so that the thread is one of ours here.
class FakeWorker extends EventEmitter {
  static made: FakeWorker[] = [];
  readonly told: { type: string }[] = [];
  isHeld = true;
  isTerminated = false;
  constructor() {
    super();
    FakeWorker.made.push(this);
  }
  postMessage(message: { type: string }): void {
    this.told.push(message);
  }
  ref(): void {
    this.isHeld = true;
  }
  unref(): void {
    this.isHeld = false;
  }
  terminate(): void {
    this.isTerminated = true;
  }
}
jest.mock('node:worker_threads', () => ({
  get Worker() {
    return FakeWorker;
  },
}));

const JOB = { target: {}, context: {}, options: {} };
const EXECUTED = { assertions: [], errors: [], isSkipped: false, unforeseen: null, result: {} };

function started(): { thread: ScriptThread; worker: FakeWorker } {
  const thread = new ScriptThread();
  return { thread, worker: FakeWorker.made.at(-1) as FakeWorker };
}

test('a thread that fails fails what runs in it, and all that would run in it', async () => {
  const { thread, worker } = started();
  const running = thread.execute('shop/it', 'a', JOB, () => {});
  worker.emit('error', new Error('out of memory'));
  await expect(running).rejects.toThrow('out of memory');
  await expect(thread.execute('shop/it', 'b', JOB, () => {})).rejects.toThrow('out of memory');
});

test.each([
  ['that says what cannot be read', 'messageerror', new Error('too deep'), 'too deep'],
  ['that is gone', 'exit', 0, 'it is gone'],
])('a thread %s fails what runs in it', async (_what, event, given, words) => {
  const { thread, worker } = started();
  const running = thread.execute('shop/it', 'a', JOB, () => {});
  worker.emit(event, given);
  await expect(running).rejects.toThrow(`the script engine ended: ${words}, shop/it`);
});

test('it holds the process open for as long as a script runs', async () => {
  const { thread, worker } = started();
  expect(worker.isHeld).toBe(false);
  const [one, other] = [
    thread.execute('shop/it', 'a', JOB, () => {}),
    thread.execute('shop/it', 'b', JOB, () => {}),
  ];
  expect(worker.isHeld).toBe(true);
  worker.emit('message', { type: 'done', id: 'b', executed: EXECUTED });
  expect(await other).toBe(EXECUTED);
  expect(worker.isHeld).toBe(true);
  worker.emit('message', { type: 'done', id: 'a', executed: EXECUTED });
  expect(await one).toBe(EXECUTED);
  expect(worker.isHeld).toBe(false);
});

test('an idle one ends by itself; what still runs ends with the thread, and says so', async () => {
  const idle = started();
  idle.thread.close();
  expect(idle.worker).toMatchObject({ told: [{ type: 'close' }], isTerminated: false, isHeld: true });
  const { thread, worker } = started();
  const running = thread.execute('shop/it', 'a', JOB, () => {});
  thread.close();
  expect(worker.isTerminated).toBe(true);
  expect((await running).errors).toEqual(['the run ended before its script did']);
});

test('a thread that answers nothing any more fails what runs in it, by the names of the requests', async () => {
  jest.useFakeTimers();
  try {
    const { thread, worker } = started();
    const [one, other] = [
      thread.execute('shop/one', 'a', JOB, () => {}),
      thread.execute('shop/two', 'b', JOB, () => {}),
    ];
    const failed = [one, other].map((running) =>
      expect(running).rejects.toThrow('a script goes on for ever, shop/one or 1 more, end its loop'),
    );
    const pings = () => worker.told.filter(({ type }) => type === 'ping').length;
    jest.advanceTimersByTime(5_000);
    expect(pings()).toBe(1);
    worker.emit('message', { type: 'pong' });
    jest.advanceTimersByTime(30_000);
    expect([pings(), worker.isTerminated]).toEqual([2, false]);
    jest.advanceTimersByTime(5_000);
    expect(worker.isTerminated).toBe(true);
    await Promise.all(failed);
  } finally {
    jest.useRealTimers();
  }
});

test('an idle thread is not watched', async () => {
  jest.useFakeTimers();
  try {
    const { thread, worker } = started();
    const running = thread.execute('shop/it', 'a', JOB, () => {});
    worker.emit('message', { type: 'done', id: 'a', executed: EXECUTED });
    await running;
    expect(jest.getTimerCount()).toBe(0);
    // Heard late: it was asked before the script ended.
    worker.emit('message', { type: 'pong' });
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});

test('what a script asks for after its end is heard by nobody', async () => {
  const { thread, worker } = started();
  const asked: unknown[] = [];
  const running = thread.execute('shop/it', 'a', JOB, (ask) => asked.push(ask));
  const ask = { type: 'asks', id: 'a', ask: { what: 'request', args: [] } };
  worker.emit('message', ask);
  worker.emit('message', { type: 'done', id: 'a', executed: EXECUTED });
  worker.emit('message', ask);
  await running;
  expect(asked).toEqual([ask.ask]);
});
