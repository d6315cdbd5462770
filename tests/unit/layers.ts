import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** The stations of the data flow, in order; those of one line may not import each other. */
const ORDER = [
  ['source'],
  ['collection'],
  ['config'],
  ['environment'],
  ['variables'],
  ['masking'],
  ['plan'],
  ['exchange'],
  ['findings'],
  ['runner'],
  ['contract'],
  ['types', 'learn'],
  ['diff', 'lint'],
  ['report'],
  ['history'],
  ['notify', 'metrics'],
  ['engine'],
  ['sandbox', 'mock'],
  ['embedded'],
  ['cli', 'jest'],
];
/** Files that every station may use, and that use nothing but each other. */
const SHARED = ['errors', 'folder', 'json', 'json-pointer', 'nearest', 'percent', 'url'];
const ADAPTERS = ['sandbox', 'mock', 'embedded', 'cli', 'jest'];
const OPENS_SOCKETS = ['source', 'runner', 'sandbox', 'mock'];
const NETWORK = /^(node:)?(http|https|http2|net|tls|dgram)$|^(newman|undici|axios|got|node-fetch)(\/|$)/;
const JEST = /^(jest|expect|jest-[^/]+|@jest\/.*)(\/|$)/;
const PROVIDER = /sessionm|starter[ -]?pack/i;

/** One import of a file; a type-only import counts as any other. */
interface Import {
  readonly name: string;
  readonly isType: boolean;
}

/** Every TypeScript file below a folder with its text, by its path from there. */
export function sourceFiles(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.tsx?$/.test(name));
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** What a file of src/ does that the order forbids; `file` is its path from src/. */
export function faultsOf(file: string, text: string): string[] {
  const station = file.includes('/') ? (file.split('/')[0] ?? '') : '';
  const lines = text.split('\n');
  const isComment = (line: string) => /^\s*(\/\/|\/\*|\*)/.test(line);
  const code = lines.filter((line) => !isComment(line)).join('\n');
  const faults = importsIn(code).flatMap((found) => faultOf(file, station, found) ?? []);
  if (station !== '' && rankOf(station) < 0) faults.push(`${station} has no place in the order`);
  if (/\b(import|require)\(\s*[^\s'"]/.test(code)) faults.push('imports what only runs can tell');
  if (/\bfetch\(/.test(code) && !OPENS_SOCKETS.includes(station)) faults.push('calls fetch');
  // The suite is data. What a person reads may name it: the texts of the command line, and a comment's `example`.
  const prose = lines
    .filter(isComment)
    .join('\n')
    .replace(/`[^`]*`/g, '');
  if (station !== 'sandbox' && station !== 'cli' && PROVIDER.test(`${code}\n${prose}`)) {
    faults.push('knows the provider of the built-in suite');
  }
  return faults.map((fault) => `src/${file}: ${fault}`);
}

function importsIn(code: string): Import[] {
  const statement =
    /\b(?:import|export)\b(\s+type\b)?[^'"`;()=]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*['"]([^'"]+)['"]|\b(?:import|require|require\.resolve)\(\s*['"]([^'"]+)['"]/g;
  return [...code.matchAll(statement)].map(([, type, from, bare, call]) => ({
    name: from ?? bare ?? call ?? '',
    isType: type !== undefined,
  }));
}

function faultOf(file: string, station: string, { name, isType }: Import): string | null {
  if (!name.startsWith('.')) {
    if (JEST.test(name) && station !== 'jest') return `imports ${name}, which is for src/jest`;
    if (NETWORK.test(name) && !OPENS_SOCKETS.includes(station)) return `imports ${name} and opens no sockets`;
    return null;
  }
  const target = posix.join(posix.dirname(file), name);
  if (target.startsWith('../'))
    return target === '../package.json' ? null : `imports ${name} from outside src`;
  if (SHARED.includes(target)) return null;
  const [other = ''] = target.split('/');
  if (station === '') {
    const isPublic = file === 'index.ts' && rankOf(other) >= 0 && !ADAPTERS.includes(other);
    return isPublic ? null : `imports ${other}, which is not above it`;
  }
  if (other === station) return null;
  if (station === 'sandbox') {
    const isItsType = file === 'sandbox/embedded.ts' && other === 'engine' && isType;
    return isItsType ? null : `imports ${other}, but the sandbox stands alone`;
  }
  return rankOf(other) >= 0 && rankOf(other) < rankOf(station)
    ? null
    : `imports ${other}, which is not above it`;
}

function rankOf(station: string): number {
  return ORDER.findIndex((line) => line.includes(station));
}
