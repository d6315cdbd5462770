import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { slug } from '../collection/key';
import { loadCollection } from '../collection/load';
import type { Collection } from '../collection/model';
import { notesAsLines } from '../collection/notes';
import { lockFileOf, lockOf, provenanceOf, readPin } from '../collection/pin';
import { CONFIG_FILE, type Config, defaultConfig, readConfig } from '../config/config';
import { settingsOf } from '../config/settings';
import { commandText, UsageError } from '../errors';
import { makeFolder } from '../folder';
import { isRecord } from '../json';
import { learnSchema, samplesOf } from '../learn/samples';
import { type Creation, creationsIn } from '../lint/cleanups';
import { type CaptureProposal, capturesOf, proposeCaptures } from '../lint/propose';
import { withoutCredentials } from '../masking/urls';
import { describeRequests } from '../plan/plan';
import { quoted } from '../report/advice';
import { visible } from '../report/escape';
import { parseJson } from '../source/json-text';
import { factsIn } from '../source/published';
import { readSource, type SourceDocument } from '../source/read';
import { captureLines, closingLines, creationLines } from './init-lines';
import { wrapFor } from './io';
import type { CommandContext } from './main';
import { nextSteps } from './next-steps';
import { type SourceFlags, sourceOptions, withSourceFlags } from './options';

interface InitFlags extends SourceFlags {
  readonly dir?: string;
  readonly name?: string;
}

/** `driftgate init`: a suite for any collection, which passes against its own examples at once. */
export function initCommand(context: CommandContext): Command {
  const { io } = context;
  return withSourceFlags(new Command('init'))
    .description('pin a collection, learn its schemas from its examples, and make a Jest suite of it')
    .argument('<source>', 'file, folder, -, URL, published link or id, Postman uid')
    .option('--dir <folder>', 'where the suite goes (default: this folder)')
    .option('--name <name>', 'short name of the collection, for files (default: from its own name)')
    .action(async (source: string, flags: InitFlags) => {
      const directory = resolve(io.directory, flags.dir ?? '.');
      const document = await readSource(source, sourceOptions(context, flags));
      const named = loadCollection(document.json, document.source, 'new');
      const id = slug(flags.name ?? named.name);
      const writer = new Writer(directory);
      const { collection, other } = pin(writer, id, document, directory, io.directory);
      const learned = writeSchemas(writer, id, collection);
      const described = describeRequests(collection, UNCONFIGURED);
      const proposals = proposeCaptures(collection, described, UNCONFIGURED);
      const creations = creationsIn(described, proposals);
      const isConfigured = writeSuite(writer, id, collection, proposals, creations);
      const say = (text: string): void => void io.stdout.write(`${wrapFor(io.stdout, visible(text), 2)}\n`);
      for (const note of [...document.notes, ...notesAsLines(named.notes)]) say(`note: ${note}`);
      for (const line of writer.summary()) say(line);
      if (other !== null)
        say(`the pin is of another text and stays; ${commandText(`pull ${other}`)} takes the new one`);
      // A configuration that was there already has what somebody decided; `lint` says what it could have.
      if (isConfigured) for (const line of captureLines(proposals)) say(line);
      const left = isConfigured ? creations : withoutCleanup(creations, directory);
      for (const line of creationLines(left)) say(line);
      for (const line of closingLines(collection, learned)) say(line);
      // A command is not broken: it is there to be copied.
      for (const line of nextSteps(directory, io.directory)) io.stdout.write(`${visible(line)}\n`);
    });
}

const UNCONFIGURED = defaultConfig('x.json', '.');

/** Writes what is not there yet; what is there may be somebody's work and stays as it is. */
class Writer {
  readonly #written: string[] = [];
  readonly #kept: string[] = [];

  constructor(readonly directory: string) {}

  /** Whether it was written now. */
  write(name: string, text: string): boolean {
    const file = join(this.directory, name);
    if (existsSync(file)) {
      this.#kept.push(name);
      return false;
    }
    try {
      makeFolder(dirname(file));
      writeFileSync(file, text);
    } catch (cause) {
      throw new UsageError('cannot write', file, 'give a folder that can be written to', { cause });
    }
    this.#written.push(name);
    return true;
  }

  summary(): string[] {
    const folders = (names: readonly string[]) => {
      const counts = new Map<string, number>();
      for (const name of names) {
        const top = name.startsWith('schemas/') ? 'schemas/' : name;
        counts.set(top, (counts.get(top) ?? 0) + 1);
      }
      return [...counts].map(([name, count]) => (count > 1 ? `${name} (${count} files)` : name));
    };
    return [
      ...folders(this.#written).map((name) => `+ ${name}`),
      ...(this.#kept.length > 0 ? [`= ${this.#kept.length} files were there already and are kept`] : []),
    ];
  }
}

/** What a configuration that was there already removes nothing of. What is wrong with it, a run tells. */
function withoutCleanup(creations: readonly Creation[], directory: string): Creation[] {
  let config: Config;
  try {
    config = readConfig(directory);
  } catch {
    return [];
  }
  const left = creations.filter(({ key }) => settingsOf(config, key).cleanup === undefined);
  return left.map(({ key }) => ({ key, remover: null }));
}

/**
 * The pin and its lock. A pin that is there is what counts: `pull` is how it changes. `other` is what to pull, as it is typed
 * in the suite's folder, where the pin is of another text.
 */
function pin(
  writer: Writer,
  id: string,
  document: SourceDocument,
  directory: string,
  from: string,
): { readonly collection: Collection; readonly other: string | null } {
  const name = `collections/${id}.postman_collection.json`;
  const file = join(directory, name);
  refuseOther(directory, name);
  const collection = loadCollection(document.json, document.source, id);
  const isFile = !/^https?:|^-$/.test(document.source) && existsSync(resolve(from, document.source));
  // A later pull reads it from the suite's own folder.
  const source = isFile ? relative(directory, resolve(from, document.source)) : document.source;
  const facts = document.published ?? factsIn(isRecord(document.json) ? document.json.info : null) ?? {};
  const lock = lockOf(collection, provenanceOf(withoutCredentials(source), collection.name, facts));
  writer.write(name, `${JSON.stringify(collection.document, null, 2)}\n`);
  writer.write(relative(directory, lockFileOf(file)), `${JSON.stringify(lock, null, 2)}\n`);
  const pinned = readPin(file).collection;
  const other = pinned.sha256 === collection.sha256 ? null : quoted(withoutCredentials(source));
  return { collection: pinned, other };
}

/** One folder is one suite. */
function refuseOther(directory: string, name: string): void {
  const file = join(directory, CONFIG_FILE);
  if (!existsSync(file)) return;
  const config = statSync(file).isFile() ? parseJson(readFileSync(file, 'utf8'), file) : null;
  const configured = isRecord(config) ? config.collection : undefined;
  if (configured === name) return;
  throw new UsageError(
    `here is a suite of ${typeof configured === 'string' ? configured : 'something else'} already`,
    file,
    `give another folder with --dir, or bring the collection up to date with ${commandText('pull')}`,
  );
}

function writeSchemas(writer: Writer, id: string, { requests }: Collection): number {
  let learned = 0;
  for (const request of requests) {
    for (const [status, samples] of samplesOf(request)) {
      const schema = learnSchema(`${request.name}: ${status}`, samples);
      writer.write(`schemas/${id}/${request.key}.${status}.json`, `${JSON.stringify(schema, null, 2)}\n`);
      learned += 1;
    }
  }
  return learned;
}

/** Whether the configuration was written now. */
function writeSuite(
  writer: Writer,
  id: string,
  collection: Collection,
  proposals: readonly CaptureProposal[],
  creations: readonly Creation[],
): boolean {
  const config = {
    collection: `collections/${id}.postman_collection.json`,
    environment: 'mock',
    undocumented: 'skip',
    public: [],
    captures: capturesOf(proposals),
    requests: Object.fromEntries(
      creations.flatMap(({ key, remover }) =>
        remover === null ? [] : [[key, { cleanup: { request: remover } }]],
      ),
    ),
  };
  const isWritten = writer.write(CONFIG_FILE, `${JSON.stringify(config, null, 2)}\n`);
  const folders = new Set(collection.requests.map(({ folder }) => folder[0] ?? ''));
  for (const folder of folders) {
    const name = folder === '' ? 'requests-in-no-folder' : slug(folder);
    writer.write(`tests/contract/${name}.test.js`, testFile(folder));
  }
  writer.write('jest.config.js', JEST_CONFIG);
  writer.write('.env.example', envExample(collection, proposals));
  writer.write('.gitignore', 'node_modules/\nreports/\n.env\n.env.*\n!.env.example\n');
  return isWritten;
}

function testFile(folder: string): string {
  return `const { describeContract } = require('driftgate/jest');\n\ndescribeContract({ folder: ${JSON.stringify(folder)} });\n`;
}

const JEST_CONFIG = `// The contract suite: one test a request and runner, reports in reports/.
module.exports = {
  globalSetup: 'driftgate/jest/global-setup',
  globalTeardown: 'driftgate/jest/global-teardown',
  testEnvironment: 'driftgate/jest/environment',
  testMatch: ['<rootDir>/tests/**/*.test.js'],
  // With --watch a run would start the next one by its own reports.
  watchPathIgnorePatterns: ['<rootDir>/reports/'],
  reporters: [
    'default',
    [
      'driftgate/jest/junit',
      {
        outputDirectory: process.env.DRIFTGATE_REPORTS || 'reports',
        outputName: 'junit.xml',
        // A test file that dies while loading would otherwise be absent from the XML.
        reportTestSuiteErrors: 'true',
        classNameTemplate: '{classname}',
        titleTemplate: '{title}',
        ancestorSeparator: ' / ',
        addFileAttribute: 'true',
      },
    ],
    'driftgate/jest/reporter',
  ],
};
`;

/** What an environment has to provide: variables that neither the collection, its scripts nor a capture give a value. */
function envExample(collection: Collection, proposals: readonly CaptureProposal[]): string {
  const given = new Set(collection.variables.filter(({ value }) => value !== '').map(({ key }) => key));
  const described = describeRequests(collection, UNCONFIGURED);
  const captured = new Set(proposals.map(({ variable }) => variable));
  const yielded = new Set(described.flatMap(({ yields }) => yields));
  const needed = [...new Set(described.flatMap(({ needs }) => needs))];
  const lines = needed
    .filter((name) => !given.has(name) && !captured.has(name))
    .map((name) => (yielded.has(name) ? `# set by a script of the collection\n# ${name}=` : `${name}=`));
  const head = [
    `# One environment of ${collection.name.replace(/\s+/g, ' ')}. For an environment named "staging":`,
    '#   cp .env.example .env.staging     git ignores it: it holds credentials',
    '#   fill in the values',
    '#   npx driftgate run --env staging',
    `# No report shows a value, but for a plain address that requests go to and what "public" in ${CONFIG_FILE} names.`,
    '',
  ];
  const captures = proposals.map(({ key, variable }) => `# ${variable}: captured from ${key}`);
  const defaults = [...given].sort().map((name) => `# ${name}=    (the collection has a value)`);
  return `${[...head, ...lines.sort(), ...captures, ...defaults].join('\n')}\n`;
}
