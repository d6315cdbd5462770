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
  const running = thread.execute('a', JOB, () => {});
  worker.emit('error', new Error('out of memory'));
  await expect(running).rejects.toThrow('out of memory');
  await expect(thread.execute('b', JOB, () => {})).rejects.toThrow('out of memory');
});

test('it holds the process open for as long as a script runs', async () => {
  const { thread, worker } = started();
  expect(worker.isHeld).toBe(false);
  const [one, other] = [thread.execute('a', JOB, () => {}), thread.execute('b', JOB, () => {})];
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
  const running = thread.execute('a', JOB, () => {});
  thread.close();
  expect(worker.isTerminated).toBe(true);
  expect((await running).errors).toEqual(['the run ended before its script did']);
});

test('what a script asks for after its end is heard by nobody', async () => {
  const { thread, worker } = started();
  const asked: unknown[] = [];
  const running = thread.execute('a', JOB, (ask) => asked.push(ask));
  const ask = { type: 'asks', id: 'a', ask: { what: 'request', args: [] } };
  worker.emit('message', ask);
  worker.emit('message', { type: 'done', id: 'a', executed: EXECUTED });
  worker.emit('message', ask);
  await running;
  expect(asked).toEqual([ask.ask]);
});
