/**
 * What test files import: `describeContract` for a folder of the collection, `openSession` for flows, and the matcher
 * `toMatchContract`.
 */
import type { Session } from '../engine/session';
import type { ContractHost, FolderRun } from './host';
import { toMatchContract } from './matcher';
import { HOST, SKIPPED } from './symbols';

export type { FlowResponse, Session } from '../engine/session';
export type { Checked } from './matcher';

declare global {
  namespace jest {
    interface Matchers<R> {
      /** Holds a response to the contract of its request. */
      toMatchContract(): R;
    }
  }
}

expect.extend({ toMatchContract });

/**
 * Declares one test a request and runner for a folder of the collection.
 *
 * Titles are `<folder> / <runner> / <request key>`: unique, and the same in every run; what is known not to be sent has its
 * reason behind it. The folder `''` is that of the requests which are in none. What the folder's requests stand on runs first
 * and is no test of this file.
 */
export function describeContract({ folder }: { folder: string }): void {
  const host = contractHost();
  const plan = host.plan(folder);
  const patienceMs = host.patienceMs(plan);
  describe(folder === '' ? 'requests in no folder' : folder, () => {
    describe.each([...host.runners])('%s', (runner) => {
      let run: FolderRun;
      // Starting is all that is done here: the tests await their own requests, so that their times are true.
      beforeAll(() => {
        run = host.start(plan, runner);
      });
      afterAll(() => run.finish(), patienceMs);
      for (const { request, prerequisite, lacking } of plan.requests) {
        if (prerequisite) continue;
        const key = host.mask(request.key);
        if (lacking?.cause === 'selection') {
          // It is known before the run that nothing is sent, and meant.
          test(`${key} (${host.mask(lacking.text)})`, skipped());
          continue;
        }
        test(key, async () => holdToContract(await withoutStack(run.result(key))), patienceMs);
      }
    });
  });
}

/** Opens a conversation with the environment. Close it in `afterAll`. */
export function openSession(): Session {
  return contractHost().session();
}

/** What the environment skips when its turn comes. */
function skipped(): () => void {
  return Object.assign(() => {}, { [SKIPPED]: true });
}

function holdToContract(row: Awaited<ReturnType<FolderRun['result']>>): void {
  const { pass, message } = toMatchContract(row);
  // Thrown by hand because the stack would show the inside of this package and nothing of the reader's.
  if (!pass) throw plain(message());
}

async function withoutStack<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw plain(String((error as { message?: unknown }).message));
  }
}

function plain(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}

function contractHost(): ContractHost {
  const host = (globalThis as unknown as Record<symbol, ContractHost | undefined>)[HOST];
  if (host === undefined) {
    throw plain(
      "driftgate: no contract host, this test file, set testEnvironment to 'driftgate/jest/environment' in jest.config.js",
    );
  }
  return host;
}
