import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { RunnerError } from '../../../errors';
import { SCRIPT_TIMEOUT_MS } from '../../scripts';
import type { Executed, FromScripts, ScriptAsk, ScriptJob, ScriptThreadData, ToScripts } from './messages';
import { UNFORESEEN } from './watch';

const ENDED: Executed = {
  assertions: [],
  errors: ['the run ended before its script did'],
  isSkipped: false,
  unforeseen: null,
  result: null,
};

/** A thread that has not answered for so long runs something that nothing inside can end. Units: milliseconds. */
const DEAF_MS = 6 * SCRIPT_TIMEOUT_MS;

/** A script that runs: whose it is, who hears what it asks for, and who waits for its end. */
interface Running {
  readonly key: string;
  hear(ask: ScriptAsk): void;
  resolve(executed: Executed): void;
  reject(error: Error): void;
}

/** The thread that scripts run in, as seen from outside. It is started by making it, and holds no process open while it is idle. */
export class ScriptThread {
  readonly #worker: Worker;
  readonly #running = new Map<string, Running>();
  #failure: Error | null = null;
  #watch: NodeJS.Timeout | undefined;

  constructor() {
    const workerData: ScriptThreadData = { mark: UNFORESEEN };
    // Scripts of a collection have no business with our environment.
    this.#worker = new Worker(join(__dirname, 'worker.js'), { env: {}, workerData });
    this.#worker.on('message', (message: FromScripts) => this.#heard(message));
    this.#worker.on('error', (error) => this.#fail(this.#ended(error)));
    // What cannot be read here, or is never answered, must not be waited for.
    this.#worker.on('messageerror', (error) => this.#fail(this.#ended(error)));
    this.#worker.on('exit', () => this.#fail(this.#ended(new Error('it is gone'))));
    this.#worker.unref();
  }

  /**
   * Runs a script of the request of this key.
   *
   * Errors: RunnerError when the thread ended, because a script used up its memory or goes on for ever where the sandbox
   *         cannot stop it, such as in a timer of its own.
   */
  execute(key: string, id: string, job: ScriptJob, hear: (ask: ScriptAsk) => void): Promise<Executed> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      if (this.#running.size === 0) this.#watchLater();
      this.#running.set(id, { key, hear, resolve, reject });
      this.#worker.ref();
      this.#tell({ type: 'execute', id, job });
    });
  }

  /** Answers what a script asked for. */
  dispatch(id: string, event: string, ...args: unknown[]): void {
    this.#tell({ type: 'dispatch', id, event, args });
  }

  /** Ends the thread, which nobody has to wait for; a script that still runs ends with it. */
  close(): void {
    clearTimeout(this.#watch);
    this.#worker.ref();
    if (this.#running.size === 0) this.#tell({ type: 'close' });
    else void this.#worker.terminate();
    for (const { resolve } of this.#running.values()) resolve(ENDED);
    this.#running.clear();
  }

  #heard(message: FromScripts): void {
    if (message.type === 'pong') {
      if (this.#running.size > 0) this.#watchLater();
      return;
    }
    const script = this.#running.get(message.id);
    if (script === undefined) return;
    if (message.type === 'asks') {
      script.hear(message.ask);
      return;
    }
    this.#running.delete(message.id);
    if (this.#running.size === 0) {
      clearTimeout(this.#watch);
      this.#worker.unref();
    }
    script.resolve(message.executed);
  }

  /** Whoever runs longer than a script may is asked whether anybody still listens. */
  #watchLater(): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      this.#tell({ type: 'ping' });
      this.#watch = setTimeout(() => {
        this.#fail(new RunnerError('a script goes on for ever', this.#where(), 'end its loop'));
        void this.#worker.terminate();
      }, DEAF_MS);
    }, SCRIPT_TIMEOUT_MS);
  }

  /** Whose scripts run: one of them is what is told of. */
  #where(): string {
    const [first = 'scripts of the collection', ...more] = new Set(
      [...this.#running.values()].map(({ key }) => key),
    );
    return more.length === 0 ? first : `${first} or ${more.length} more`;
  }

  #ended(cause: Error): RunnerError {
    const isMemory = Reflect.get(cause, 'code') === 'ERR_WORKER_OUT_OF_MEMORY';
    const todo = isMemory ? 'let it take less memory' : 'run with --runner newman';
    return new RunnerError(`the script engine ended: ${cause.message}`, this.#where(), todo, { cause });
  }

  /** The first failure is the one that is told. */
  #fail(failure: RunnerError): void {
    clearTimeout(this.#watch);
    this.#failure ??= failure;
    for (const { reject } of this.#running.values()) reject(this.#failure);
    this.#running.clear();
  }

  #tell(message: ToScripts): void {
    this.#worker.postMessage(message);
  }
}
