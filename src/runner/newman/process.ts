import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { RunnerError } from '../../errors';
import { type NewmanEvent, type NewmanJob, STOP } from './protocol';

/** Nothing heard for this long beyond the request timeout means that the process hangs. */
const SILENCE_MARGIN_MS = 30_000;
const MAX_STDERR = 4_000;
/** Longer ones would fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;
/** Bodies are soon done with there: a small heap for what is new costs no time, and takes a third of the memory. */
const HEAP = ['--max-semi-space-size=2', '--heap-growing-percent=30'];

/**
 * The process that Newman lives in. It is started with the first job and stays for the next ones, because loading
 * Newman takes longer than most runs.
 */
export class NewmanProcess {
  #child: ChildProcess | null = null;
  #stderr = '';
  /** There from when the job was to stop until it did. */
  #late: NodeJS.Timeout | undefined;
  #isRunning = false;

  /**
   * Runs one job and gives its events as they come; the last one is `end`.
   *
   * Errors: RunnerError when the process ends, or is silent for too long, before the job does.
   */
  async *run(job: NewmanJob): AsyncGenerator<NewmanEvent> {
    const child = this.#start();
    const longestMs = Math.max(0, ...Object.values(job.timeoutsMs));
    const queue: NewmanEvent[] = [];
    let wake = () => {};
    let crash: string | null = null;
    const onMessage = (event: unknown) => {
      queue.push(event as NewmanEvent);
      wake();
    };
    const onExit = (code: number | null, signal: string | null) => {
      crash = `the Newman process ended (${signal ?? `exit code ${code}`})${this.#lastWords()}`;
      wake();
    };
    child.on('message', onMessage);
    child.on('exit', onExit);
    // A process that cannot be started, or cannot be written to, says so here and never exits.
    const onError = (error: Error) => {
      crash = `the Newman process failed: ${error.message}`;
      wake();
    };
    child.on('error', onError);
    let ended = false;
    this.#isRunning = true;
    try {
      child.ref();
      child.send(job);
      while (!ended) {
        const event = queue.shift();
        if (event !== undefined) {
          ended = event.type === 'end';
          yield event;
        } else if (crash !== null) {
          throw new RunnerError(
            crash,
            'runner newman',
            'see the collection scripts, or run with `--runner typed`',
          );
        } else {
          await new Promise<void>((resolve) => {
            const silence = setTimeout(() => {
              crash = 'the Newman process does not answer any more';
              resolve();
            }, longestMs + SILENCE_MARGIN_MS);
            wake = () => {
              clearTimeout(silence);
              resolve();
            };
          });
        }
      }
    } finally {
      child.off('message', onMessage);
      child.off('exit', onExit);
      child.off('error', onError);
      this.#isRunning = false;
      const isStopped = this.#late !== undefined;
      clearTimeout(this.#late);
      this.#late = undefined;
      // A job that was stopped goes on in there, though it reaches nobody any more.
      if (ended && !isStopped) this.#letGo(child);
      else await this.close();
    }
  }

  /** The job ends with the request that is under way, or without it where that takes longer. */
  stop(graceMs: number): void {
    const child = this.#child;
    if (!this.#isRunning || child === null || this.#late !== undefined) return;
    this.#late = setTimeout(() => void this.close(), Math.min(graceMs, LONGEST_DELAY_MS));
    if (child.connected) child.send(STOP);
  }

  /** Ends the process and waits until it has. */
  async close(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    // An idle process was let go of; without this nothing would keep us alive to hear that it ended.
    child.ref();
    child.kill('SIGKILL');
    await exited;
  }

  #start(): ChildProcess {
    const running = this.#child;
    if (running?.connected && running.exitCode === null) return running;
    const child = fork(join(__dirname, 'child.js'), [], {
      execArgv: HEAP,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#stderr = '';
    // Whatever the process prints goes nowhere but into an error message, and that is masked like every other.
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-MAX_STDERR);
    });
    // Between two jobs nobody else hears of a process that failed; the next job starts another one.
    child.on('error', () => {});
    this.#child = child;
    return child;
  }

  /** An idle process must not keep its parent alive; when the parent ends, the channel closes and so does it. */
  #letGo(child: ChildProcess): void {
    child.unref();
    child.channel?.unref();
    (child.stderr as { unref?: () => void } | null)?.unref?.();
  }

  #lastWords(): string {
    const line = this.#stderr.split('\n').find((text) => /^\s*(Uncaught )?\w*Error\b/.test(text));
    return line === undefined ? '' : `: ${line.trim()}`;
  }
}
