import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { variableText } from '../collection/variables';
import { EnvironmentError } from '../errors';
import { nearest } from '../nearest';

/**
 * A named set of variable values.
 *
 * Shape: `given` are the names whose values came from files, the process or flags: what a person filled in, and so a
 *        secret unless the configuration calls the name public. An empty value counts as not set, except in what Postman
 *        exported. `place` is the file to give others in. `outright` are those that the process or flags gave, over any
 *        file. `values` are those variables that are no texts in a file.
 */
export interface Environment {
  readonly name: string;
  readonly place: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly given: readonly string[];
  readonly outright?: readonly string[];
  readonly values?: Readonly<Record<string, unknown>>;
}

/** What an environment is read from, weakest first: `defaults`, `.env`, `.env.<name>`, `exported`, the process, flags. */
export interface EnvironmentSources {
  readonly name: string;
  readonly directory: string;
  /** Values of an embedded server; null where the name stands for nothing embedded. */
  readonly defaults: Readonly<Record<string, string>> | null;
  /** Values of a file that Postman exported, which the name is then that of. */
  readonly exported?: Readonly<Record<string, unknown>>;
  readonly processEnv: Readonly<Record<string, string | undefined>>;
  /** Names that the collection asks for: only these are taken from the process. */
  readonly names: readonly string[];
  readonly flags: Readonly<Record<string, string>>;
  /** The file that a person fills in. @default `.env.<name>` */
  readonly place?: string;
  /** Other environments that need no file, for who misspelt one. */
  readonly known?: readonly string[];
}

/**
 * Reads an environment.
 *
 * Errors: EnvironmentError for a name that has neither a file nor an embedded server, or a file that cannot be read.
 */
export function readEnvironment(sources: EnvironmentSources): Environment {
  const { name, directory, defaults, exported, processEnv, names, flags, known = [] } = sources;
  const file = join(directory, `.env.${name}`);
  const isKnown = defaults !== null || exported !== undefined || existsSync(file);
  if (!isName(name) || !isKnown) {
    throw unknownEnvironment(name, [...new Set([...known, ...environmentFiles(directory)])]);
  }
  // A variable may be named `constructor`, which every object has.
  const own = (key: string) => (Object.hasOwn(processEnv, key) ? processEnv[key] : undefined) ?? '';
  const fromProcess = Object.fromEntries(names.map((key) => [key, own(key)]));
  const files = [readEnvFile(join(directory, '.env')), readEnvFile(file)];
  const texts = Object.entries(exported ?? {}).map(([key, value]) => [key, variableText(value)]);
  const before = files.map(filledIn);
  const after = [fromProcess, flags].map(filledIn);
  const layers = [...before, Object.fromEntries(texts) as Record<string, string>, ...after];
  const outright = [...new Set(after.flatMap(Object.keys))];
  const given = Object.fromEntries(layers.flatMap((layer) => Object.entries(layer)));
  const values = Object.entries(exported ?? {}).filter(
    ([key, value]) => typeof value !== 'string' && given[key] === variableText(value),
  );
  return {
    name,
    place: sources.place ?? `.env.${name}`,
    variables: { ...defaults, ...given },
    given: Object.keys(given),
    ...(outright.length > 0 && { outright }),
    ...(values.length > 0 && { values: Object.fromEntries(values) }),
  };
}

/** The name of the template is that of no environment. */
function isName(name: string): boolean {
  return /^[\w.-]+$/.test(name) && name !== 'example';
}

function unknownEnvironment(name: string, known: readonly string[]): EnvironmentError {
  const what = `unknown environment "${name}"`;
  const ofFile = /(?:^|[\\/])\.env(?:\.(.*))?$/.exec(name);
  if (ofFile !== null || !isName(name)) {
    const alone = ofFile?.[1] ?? '';
    const others = known.length > 0 ? `give one of: ${known.join(', ')}` : `${COPY}.<name> and fill it in`;
    return new EnvironmentError(
      what,
      'the file of an environment is .env.<name>',
      isName(alone) ? `give the name alone: ${alone}` : others,
    );
  }
  const meant = nearest(name, known);
  const copy = `${COPY}.${name} and fill it in${known.length === 0 ? '' : ` (known: ${known.join(', ')})`}`;
  const todo = meant === null ? copy : `did you mean "${meant}"? Otherwise ${copy}`;
  return new EnvironmentError(what, `no file .env.${name}`, todo);
}

const COPY = 'copy .env.example to .env';

/** Without the empty values: a line that was left empty hides nothing that a weaker layer provides. */
function filledIn(layer: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(layer).filter(([, value]) => value !== ''));
}

function readEnvFile(file: string): Record<string, string> {
  if (!existsSync(file)) return {};
  try {
    return parse(readFileSync(file));
  } catch (cause) {
    throw new EnvironmentError('cannot read the environment', file, 'check that it is a readable file', {
      cause,
    });
  }
}

function environmentFiles(directory: string): string[] {
  return readdirSync(directory)
    .filter((entry) => /^\.env\..+/.test(entry) && entry !== '.env.example')
    .map((entry) => entry.slice('.env.'.length));
}
