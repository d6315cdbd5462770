import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { RunnerError } from '../../../errors';
import type { Executed, FromScripts, ScriptAsk, ScriptJob, ScriptThreadData, ToScripts } from './messages';
import { UNFORESEEN } from './watch';

const ENDED: Executed = {
  assertions: [],
  errors: ['the run ended before its script did'],
  isSkipped: false,
  unforeseen: null,
  result: null,
};

/** A script that runs: who hears what it asks for, and who waits for its end. */
interface Running {
  hear(ask: ScriptAsk): void;
  resolve(executed: Executed): void;
  reject(error: Error): void;
}

/** The thread that scripts run in, as seen from outside. It is started by making it, and holds no process open while it is idle. */
export class ScriptThread {
  readonly #worker: Worker;
  readonly #running = new Map<string, Running>();
  #failure: Error | null = null;

  constructor() {
    const workerData: ScriptThreadData = { mark: UNFORESEEN };
    // Scripts of a collection have no business with our environment.
    this.#worker = new Worker(join(__dirname, 'worker.js'), { env: {}, workerData });
    this.#worker.on('message', (message: FromScripts) => this.#heard(message));
    this.#worker.on('error', (error) => {
      this.#failure = ended(error);
      for (const { reject } of this.#running.values()) reject(this.#failure);
      this.#running.clear();
    });
    this.#worker.unref();
  }

  /**
   * Runs a script.
   *
   * Errors: RunnerError when the thread ended, which no script can make it do but by using up its memory.
   */
  execute(id: string, job: ScriptJob, hear: (ask: ScriptAsk) => void): Promise<Executed> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#running.set(id, { hear, resolve, reject });
      this.#worker.ref();
      this.#tell({ type: 'execute', id, job });
    });
  }

  /** Answers what a script asked for. */
  dispatch(event: string, ...args: unknown[]): void {
    this.#tell({ type: 'dispatch', event, args });
  }

  /** Ends the thread, which nobody has to wait for; a script that still runs ends with it. */
  close(): void {
    this.#worker.ref();
    if (this.#running.size === 0) this.#tell({ type: 'close' });
    else void this.#worker.terminate();
    for (const { resolve } of this.#running.values()) resolve(ENDED);
    this.#running.clear();
  }

  #heard(message: FromScripts): void {
    const script = this.#running.get(message.id);
    if (script === undefined) return;
    if (message.type === 'asks') {
      script.hear(message.ask);
      return;
    }
    this.#running.delete(message.id);
    if (this.#running.size === 0) this.#worker.unref();
    script.resolve(message.executed);
  }

  #tell(message: ToScripts): void {
    this.#worker.postMessage(message);
  }
}

function ended(cause: Error): RunnerError {
  const todo = 'find the script that takes too much memory, or run with --runner newman';
  return new RunnerError(`the script engine ended: ${cause.message}`, 'scripts of the collection', todo, {
    cause,
  });
}
