import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { type Report, reportSchema } from 'driftgate';
import { main } from 'driftgate/cli';
import type * as StoreModule from '../../../src/contract/store';
import { shareCompiledSchemas } from './compiled-schemas';

export const ROOT = resolve(__dirname, '../../..');

// The built one, as that of the command line is.
shareCompiledSchemas(require(join(ROOT, 'dist/contract/store')) as typeof StoreModule);

/** Secrets that no stream and no file may ever show, in any of their forms. */
export const CANARIES = {
  api_key: 'canary-key-51c7',
  api_secret: 'canary secret/+51c7&=',
  connect_key: 'canary-connect-key-8d',
  connect_secret: 'canary-connect-secret-8d',
  pos_key: 'canary-pos-key-2f',
  pos_secret: 'canary-pos-secret-2f',
};

/** A throw-away project on the built-in pin, with canaries in its `.env`. */
export interface TestProject {
  readonly directory: string;
  readonly run: (...argv: string[]) => Promise<CliResult>;
  readonly remove: () => void;
}

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly report: Report | null;
  /** Everything that a person or a machine could read of the run. */
  readonly everything: string;
}

/**
 * A project with schemas of its own, which its tests may change: a copy of those of the repository that these requests have
 * and what they refer to. The others would only be compiled, which takes most of a run.
 */
export function makeProjectWithSchemas(keys: readonly string[]): TestProject {
  const project = makeProject({
    config: (config) => {
      config.schemas = 'schemas';
    },
  });
  const from = join(ROOT, 'schemas/starter-pack');
  const copied = new Set<string>();
  const copy = (file: string): void => {
    if (copied.has(file)) return;
    copied.add(file);
    cpSync(join(from, file), join(project.directory, 'schemas', file));
    const text = readFileSync(join(from, file), 'utf8');
    for (const [, to = ''] of text.matchAll(/"\$ref": "([^"#]+)/g)) copy(join(dirname(file), to));
  };
  for (const file of readdirSync(from, { recursive: true, encoding: 'utf8' }))
    if (keys.some((key) => /^\.\d+\.json$/.test(file.replace(key, '')))) copy(file);
  return project;
}

export function makeProject(
  options: {
    config?: (config: Record<string, unknown>) => void;
    files?: Record<string, string>;
    env?: string;
  } = {},
): TestProject {
  const directory = mkdtempSync(join(tmpdir(), 'driftgate-test-'));
  const config = JSON.parse(readFileSync(join(ROOT, 'driftgate.config.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  config.collection = join(ROOT, 'collections/starter-pack.postman_collection.json');
  config.schemas = join(ROOT, 'schemas/starter-pack');
  options.config?.(config);
  const canaries = Object.entries(CANARIES).map(([name, value]) => `${name}="${value}"`);
  const files = {
    'driftgate.config.json': JSON.stringify(config),
    '.env': options.env ?? canaries.join('\n'),
    ...options.files,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return {
    directory,
    run: (...argv) => runCli(directory, argv),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** The command line in a folder. `io` is what is not to be as usual: its clock, its environment. */
export async function runCli(
  directory: string,
  argv: string[],
  io: Partial<Parameters<typeof main>[1]> = {},
): Promise<CliResult> {
  let stdout = '';
  let stderr = '';
  const code = await main(argv, {
    stdout: { write: (text) => (stdout += text), columns: 80 },
    // An error is one line, which tests of its words can read; how it is broken is for tests of that.
    stderr: { write: (text) => (stderr += text), columns: 10_000 },
    env: {},
    directory,
    interrupted: new Promise(() => {}),
    ...io,
  });
  const reports = join(directory, 'reports');
  return {
    code,
    stdout,
    stderr,
    report: readReport(reports),
    everything: stdout + stderr + textsIn(reports),
  };
}

const isReport = new Ajv2020({ strict: true, strictRequired: false }).compile<Report>(reportSchema);

/** The report of a run, which is always held to the published schema of reports. */
export function readReport(directory: string): Report | null {
  const file = join(directory, 'report.json');
  if (!existsSync(file)) return null;
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isReport(report)) throw new Error(`not a report: ${JSON.stringify(isReport.errors)}`);
  const { requests, passed, failed, skipped } = report.summary;
  if (requests !== passed + failed + skipped) throw new Error('requests are not passed + failed + skipped');
  return report;
}

/** The texts of all files of a folder, one after the other. */
export function textsIn(directory: string): string {
  if (!existsSync(directory)) return '';
  return readdirSync(directory)
    .map((file) => readFileSync(join(directory, file), 'utf8'))
    .join('\n');
}

/** The forms in which a canary shows in a text; empty where the text is clean. */
export function leaksIn(text: string, secrets: readonly string[] = Object.values(CANARIES)): string[] {
  const pairs = [
    `${CANARIES.api_key}:${CANARIES.api_secret}`,
    `${CANARIES.connect_key}:${CANARIES.connect_secret}`,
    `${CANARIES.pos_key}:${CANARIES.pos_secret}`,
  ];
  const base64 = [...secrets, ...pairs].map((value) =>
    Buffer.from(value).toString('base64').replace(/=+$/, ''),
  );
  return [...secrets, ...secrets.map(encodeURIComponent), ...base64].filter((form) => text.includes(form));
}

/** Report rows without what differs between two runs of the same thing: times, run id, and the port of a target. */
export function withoutTimes(report: Report): unknown {
  // How a run was asked for is not what came of it.
  const { id: _, startedAt: __, durationMs: ___, command: _____, ...run } = report.run;
  const requests = report.requests.map(({ durationMs: ____, detail, ...row }) => ({
    ...row,
    // What was sent has values that each run makes for itself; that it is there, and what it says of, is the same.
    ...(detail !== undefined && {
      detail: [
        detail.request.method,
        detail.request.headers.map(({ name }) => name),
        detail.response?.status,
      ],
    }),
  }));
  return { ...report, run, requests };
}
