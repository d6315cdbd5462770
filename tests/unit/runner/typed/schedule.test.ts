import { Schedule, tellAnswered } from '../../../../src/runner/typed/schedule';

// What the first request gates: its answer lets the others go, and not what its scripts make of it.

/** Steps that end when they are told to, and what has started of them so far. */
function steps(schedule: Schedule<number>) {
  const started: number[] = [];
  const ends = new Map<number, () => void>();
  return {
    started,
    begin: (at: number, waits: Parameters<Schedule<number>['begin']>[1]) =>
      schedule.begin(at, waits, async () => {
        started.push(at);
        await new Promise<void>((resolve) => ends.set(at, resolve));
        return at;
      }),
    end: (at: number) => ends.get(at)?.(),
  };
}

/** All that can go on without anything from outside has gone on. */
const idle = () => new Promise((resolve) => setImmediate(resolve));
const ANSWER = [{ at: 0, why: '', isForAnswer: true }];

test('who waits for an answer begins with it, and who waits for the step with its end', async () => {
  const { started, begin, end } = steps(new Schedule<number>(16));
  const first = begin(0, []);
  begin(1, ANSWER);
  begin(2, [{ at: 0, why: '' }]);
  await idle();
  expect(started).toEqual([0]);
  tellAnswered(first);
  begin(3, ANSWER);
  await idle();
  expect(started).toEqual([0, 1, 3]);
  end(0);
  await idle();
  expect(started).toEqual([0, 1, 3, 2]);
});

test('what never gets an answer lets the others go when it ends', async () => {
  const { started, begin, end } = steps(new Schedule<number>(16));
  begin(0, []);
  begin(1, ANSWER);
  await idle();
  expect(started).toEqual([0]);
  end(0);
  await idle();
  expect(started).toEqual([0, 1]);
});

test('what the answer brings may put all in order, and then it is not enough', async () => {
  const schedule = new Schedule<number>(16);
  const { started, begin, end } = steps(schedule);
  const first = begin(0, []);
  begin(1, ANSWER);
  await idle();
  schedule.goInOrder();
  tellAnswered(first);
  await idle();
  expect(started).toEqual([0]);
  end(0);
  await idle();
  expect(started).toEqual([0, 1]);
});
