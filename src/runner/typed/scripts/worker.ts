import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Assertion } from '../../../exchange/exchange';
import { messageOf, SCRIPT_TIMEOUT_MS } from '../../scripts';
import type { SdkObject } from '../postman-libraries';
import { keepBootCode } from './boot-code';
import type { FromScripts, ScriptAsk, ScriptJob, ScriptThreadData, ToScripts } from './messages';
import { KEEP_COMPILED_SCHEMAS } from './schema-cache';

/**
 * The thread in which Postman's own sandbox runs the scripts, so that they hold up neither sending nor checking.
 *
 * One sandbox serves a run, as in Newman.
 */

/** A context of uvm, which the sandbox runs in. Source: uvm, `lib/index.js`. */
interface Context {
  on(event: string, listener: (...args: SdkObject[]) => void): void;
  once(event: string, listener: (...args: SdkObject[]) => void): void;
  off(event: string, listener: (...args: SdkObject[]) => void): void;
  removeAllListeners(event: string): void;
  dispatch(event: string, ...args: unknown[]): void;
}

/** The sandbox's own words for a script that was stopped come by its timers, right after. Units: milliseconds. */
const LAST_WORDS_MS = 1_000;

/** What is known so far of a script that runs. */
interface Running {
  readonly assertions: Assertion[];
  readonly errors: string[];
  isSkipped: boolean;
  unforeseen: string | null;
  /** Ends it, once. */
  end(error?: unknown, result?: SdkObject): void;
}

const port = parentPort as MessagePort;
const { mark } = workerData as ScriptThreadData;
/** By their ids; the latest is the last. */
const running = new Map<string, Running>();

// A promise that a script rejects and nobody awaits would end the thread, and the run with it.
process.on('unhandledRejection', (reason) => {
  const latest = [...running.values()].at(-1);
  if (latest === undefined) throw reason;
  latest.errors.push(messageOf(reason));
});

const waiting: Extract<ToScripts, { type: 'execute' }>[] = [];

const writeBootCode = keepBootCode();
const ready = createSandbox();

port.on('messageerror', (error) => {
  throw error;
});
port.on('message', async (message: ToScripts) => {
  if (message.type === 'close') {
    writeBootCode();
    process.exit();
  }
  if (message.type === 'ping') return tell({ type: 'pong' });
  const sandbox = await ready;
  if (message.type === 'dispatch') dispatch(sandbox, message.id, message.event, ...message.args);
  else if (waiting.push(message) === 1) setImmediate(executeNext, sandbox);
});

/** Messages that came together are heard together: without a turn for each, none would be done before all of them are. */
function executeNext(sandbox: Context): void {
  const [next] = waiting;
  if (next !== undefined) execute(sandbox, next.id, next.job);
  waiting.shift();
  if (waiting.length > 0) setImmediate(executeNext, sandbox);
}

function execute(sandbox: Context, id: string, { target, context, options }: ScriptJob): void {
  const script: Running = { assertions: [], errors: [], isSkipped: false, unforeseen: null, end: () => {} };
  running.set(id, script);
  const heard: Record<string, (...args: SdkObject[]) => void> = {
    [`execution.assertion.${id}`]: (_cursor, assertions: SdkObject[]) => {
      for (const { name: title, passed, skipped, error } of assertions) {
        if (skipped) continue;
        script.assertions.push({ name: title, passed, ...(!passed && { error: messageOf(error) }) });
      }
    },
    [`execution.error.${id}`]: (_cursor, error) => keep(script, error),
    [`execution.skipRequest.${id}`]: () => {
      script.isSkipped = true;
    },
    [`execution.request.${id}`]: (...args) => asks(id, { what: 'request', args }),
    [`execution.cookies.${id}`]: (...args) => asks(id, { what: 'cookies', args }),
  };
  for (const [event, listener] of Object.entries(heard)) sandbox.on(event, listener);
  script.end = (error, result) => {
    script.end = () => {};
    for (const event of Object.keys(heard)) sandbox.removeAllListeners(event);
    sandbox.removeAllListeners(`execution.result.${id}`);
    if (error !== null && error !== undefined) keep(script, error);
    // Rejections are told when the queue of microtasks is empty.
    setImmediate(() => {
      running.delete(id);
      const { assertions, errors, isSkipped, unforeseen } = script;
      const executed = { assertions, errors, isSkipped, unforeseen, result: result ?? null };
      tell({ type: 'done', id, executed });
    });
  };
  sandbox.once(`execution.result.${id}`, (error, result) => script.end(error, result));
  dispatch(sandbox, id, 'execute', id, target, context, options);
}

/** Tells the sandbox something for a script. What stops in the middle of it may never come to an end of its own. */
function dispatch(sandbox: Context, id: string, event: string, ...args: unknown[]): void {
  const onError = (error: Error) => setTimeout(() => running.get(id)?.end(error), LAST_WORDS_MS);
  sandbox.on('error', onError);
  sandbox.dispatch(event, ...args);
  sandbox.off('error', onError);
}

/**
 * As `createContext` of postman-sandbox does it, which loads all of postman-collection for what we have no use for. Source:
 * postman-sandbox 4.7.1, `lib/postman-sandbox.js`.
 */
async function createSandbox(): Promise<Context> {
  const readBootCode = require('postman-sandbox/lib/bootcode') as (done: Done<string>) => void;
  const { spawn } = require('uvm') as { spawn(options: object, done: Done<Context>): void };
  const bootCode = await called<string>(readBootCode);
  const sandbox = await called<Context>((done) =>
    spawn({ bootCode, dispatchTimeout: SCRIPT_TIMEOUT_MS }, done),
  );
  sandbox.on('error', () => {});
  sandbox.on('execution.console', (cursor, _level, text: string) => {
    const script = running.get(cursor?.ref);
    if (script === undefined || !text.includes(mark)) return;
    const told = (JSON.parse(text) as unknown[]).find(
      (value) => typeof value === 'string' && value.startsWith(mark),
    );
    if (told !== undefined) script.unforeseen = String(told).slice(mark.length);
  });
  await heard(sandbox, 'initialize', 'initialize', {});
  const response = { code: 200, header: [], stream: { type: 'Base64', data: 'e30=' } };
  const target = { listen: 'test', script: { exec: [KEEP_COMPILED_SCHEMAS] } };
  await heard(sandbox, 'execution.result.setup', 'execute', 'setup', target, { response }, {});
  return sandbox;
}

type Done<T> = (error: Error | null | undefined, value?: T) => void;

function called<T>(call: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, value) => (error ? reject(error) : resolve(value as T)));
  });
}

/** Dispatches something to the sandbox, and waits for the event that tells of its end. */
function heard(sandbox: Context, end: string, event: string, ...args: unknown[]): Promise<void> {
  return new Promise((resolve, reject) => {
    sandbox.once(end, (error) => (error ? reject(new Error(messageOf(error))) : resolve()));
    sandbox.dispatch(event, ...args);
  });
}

function asks(id: string, ask: ScriptAsk): void {
  tell({ type: 'asks', id, ask });
}

function tell(message: FromScripts): void {
  port.postMessage(message);
}

function keep({ errors }: Running, error: unknown): void {
  const text = messageOf(error);
  if (!errors.includes(text)) errors.push(text);
}
