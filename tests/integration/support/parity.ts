import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as ProjectModule from '../../../src/engine/project';
import type * as RunModule from '../../../src/engine/run';
import type { ReportRequest } from '../../../src/report/report';
import type { Runner, RunnerName } from '../../../src/runner/runner';
import { type EchoServer, type Recorded, startEcho } from './echo';
import { ROOT } from './project';

// The built engine: Newman lives in a process of its own, which runs JavaScript.
const { openProject } = require(join(ROOT, 'dist/engine/project')) as typeof ProjectModule;
const { createRunner, runContract } = require(join(ROOT, 'dist/engine/run')) as typeof RunModule;

/** What a runner did with a collection: the wire, and what its scripts asserted. */
export interface Told {
  readonly wire: readonly Recorded[];
  readonly rows: readonly unknown[];
  /** Why it could not be tested, where it could not. */
  readonly error: string | null;
}

/** A run, of one runner or of both. */
interface Ran {
  readonly wire: readonly Recorded[];
  readonly requests: readonly ReportRequest[];
  readonly error: string | null;
}

/** What a collection is run with. `files` are written beside it. */
export interface RunOptions {
  readonly target?: boolean;
  readonly variables?: 'all';
  readonly files?: Readonly<Record<string, string>>;
  readonly project?: Partial<ProjectModule.ProjectOptions>;
}

/** The two runners, to hold one collection after the other to. */
export class Parity {
  readonly #runners: Readonly<Record<'newman' | 'typed', Runner>> = {
    newman: createRunner('newman'),
    typed: createRunner('typed'),
  };
  readonly #directory = mkdtempSync(join(tmpdir(), 'driftgate-parity-'));

  /** Runs a collection by both, each against an echo server of its own. `HOST` in it is that server. */
  async run(document: string, options: RunOptions = {}): Promise<{ newman: Told; typed: Told }> {
    // One server for both: signatures hold its port as well.
    const echo = await startEcho();
    try {
      return {
        newman: byRunner(await this.#one([this.#runners.newman], document, echo, options), 'newman'),
        typed: byRunner(await this.#one([this.#runners.typed], document, echo, options), 'typed'),
      };
    } finally {
      await echo.close();
    }
  }

  /** One run of a collection as by `--runner both`, against one echo server. `difference` is what that says of the runners. */
  async both(document: string): Promise<{ newman: Told; typed: Told; difference: string | null }> {
    const echo = await startEcho();
    const { newman, typed } = this.#runners;
    let first = 0;
    const second: Runner = {
      name: typed.name,
      run: (...args) => {
        first = echo.recorded.length;
        return typed.run(...args);
      },
      stop: (graceMs) => typed.stop(graceMs),
      close: () => typed.close(),
    };
    try {
      const ran = await this.#one([newman, second], document, echo, {});
      return {
        newman: { ...byRunner(ran, 'newman'), wire: ran.wire.slice(0, first) },
        typed: { ...byRunner(ran, 'typed'), wire: ran.wire.slice(first) },
        difference: ran.error,
      };
    } finally {
      await echo.close();
    }
  }

  async #one(
    runners: readonly Runner[],
    document: string,
    echo: EchoServer,
    { target = false, variables, files = {}, project: more = {} }: RunOptions,
  ): Promise<Ran> {
    echo.recorded.length = 0;
    const file = join(this.#directory, 'collection.json');
    const { host, hostname, port } = new URL(echo.origin);
    const placed = target
      ? document
      : document
          .replaceAll('HOST:PORT', host)
          .replaceAll(/"(HOST|PORT)"/g, (_, part) => `"${part === 'HOST' ? hostname : port}"`);
    // Random values and the time differ between any two runs.
    writeFileSync(file, placed.replaceAll(/\{\{\$(\w+)\}\}/g, 'dynamic-$1'));
    for (const [path, text] of Object.entries(files)) writeFileSync(join(this.#directory, path), text);
    try {
      const project = await openProject({
        directory: this.#directory,
        collection: file,
        processEnv: {},
        embedded: [],
        flags: variables === 'all' ? valuesFor(document) : {},
        concurrency: 1,
        ...more,
        ...(target && { target: echo.origin }),
      });
      const { requests } = await runContract(project, { runners });
      return { wire: told(echo), requests, error: null };
    } catch (error) {
      const message = (error as Error).message.replaceAll(host, 'HOST');
      return { wire: told(echo), requests: [], error: message };
    }
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#runners).map((runner) => runner.close()));
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

/** What one runner did in a run, in words that are the same for both. */
function byRunner({ wire, requests, error }: Ran, name: RunnerName): Told {
  const rows = requests.flatMap(({ key, status, assertions, iteration, repeat, reason, runner }) =>
    runner === name ? [{ key, status, assertions, turn: [iteration, repeat], reason }] : [],
  );
  return { wire, rows, error };
}

/** A value for each variable that stands anywhere in a collection: what is meant by it does not matter to an echo. */
function valuesFor(document: string): Record<string, string> {
  const names = [...document.matchAll(/\{\{([^{}$\s"]+)\}\}/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, `value-of-${name.replace(/\W/g, '')}`]));
}

/** How the client names itself and each of its requests is its own matter. */
const IDENTITY = new Set(['user-agent', 'postman-token']);
const OWN_NAME = /^(PostmanRuntime|driftgate)\//;

/** The wire without what is no difference: the client's identity, the port, and the random edge of a form's parts. */
function told({ recorded, origin }: EchoServer): Recorded[] {
  const { host } = new URL(origin);
  return recorded.map(({ line, headers, body }) => {
    const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
    const edge = /boundary=(\S+)/.exec(type)?.[1];
    const plain = (text: string) =>
      (edge === undefined ? text : text.replaceAll(edge, 'EDGE')).replaceAll(host, 'HOST');
    return {
      line: plain(line),
      headers: headers
        .filter(
          ([name, value]) =>
            !IDENTITY.has(name.toLowerCase()) || (name === 'User-Agent' && !OWN_NAME.test(value)),
        )
        .map(
          ([name, value]) =>
            [name, name === 'Authorization' ? withoutTime(plain(value)) : plain(value)] as const,
        ),
      // Scripts put the time of day into bodies.
      body: plain(body).replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'TIME'),
    };
  });
}

/** A signature of this moment is another one a moment later. */
function withoutTime(authorization: string): string {
  const seconds = Number(/ts="(\d+)"/.exec(authorization)?.[1] ?? 0);
  const isNow = Math.abs(Date.now() / 1000 - seconds) < 120;
  return isNow ? authorization.replace(/(ts|mac)="[^"]*"/g, '$1="NOW"') : authorization;
}
