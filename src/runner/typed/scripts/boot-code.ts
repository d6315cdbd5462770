import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import type * as Vm from 'node:vm';
import { threadId } from 'node:worker_threads';
import { makeFolder } from '../../../folder';

/** Postman's boot code is 2 MB of script, by far the longest one that its sandbox runs. Units: characters. */
const LONG = 1_000_000;

/** Only this installation of the package reads it, and `npm ci` removes it. */
const CACHE = join(__dirname, '../../../../node_modules/.cache/driftgate');

const DIGEST_BYTES = 32;

/**
 * Lets V8 keep what it compiled of the sandbox's boot code from one run to the next, which is most of what the sandbox's
 * start takes. For the calling thread alone: uvm has no way to be given a compiled script.
 *
 * Gives what writes it down, once the code has run and what it needs is compiled. A folder that cannot be written, or
 * what another V8 compiled, only costs the time.
 */
export function keepBootCode(directory = CACHE): () => void {
  const vm = require('node:vm') as typeof Vm;
  const { runInContext } = vm;
  let write = () => {};
  vm.runInContext = (code, context, options) => {
    if (code.length < LONG) return runInContext(code, context, options);
    const file = join(directory, nameOf(code));
    const cachedData = read(file);
    const script = new vm.Script(code, cachedData === undefined ? {} : { cachedData });
    if (script.cachedDataRejected !== false) write = () => save(file, script.createCachedData());
    return script.runInContext(context, typeof options === 'string' ? {} : options);
  };
  return () => write();
}

/** V8 compares its own version, its flags and the length of the code, so that only the code's version is left to us. */
function nameOf(code: string): string {
  const { version } = require('postman-sandbox/package.json') as { version: string };
  return `sandbox-${version}-${code.length}-${cachedDataVersionTag()}.bin`;
}

/** V8 does not look at what it is given: a damaged file would end the process. */
function read(file: string): Buffer | undefined {
  try {
    const bytes = readFileSync(file);
    const data = bytes.subarray(DIGEST_BYTES);
    return digestOf(data).equals(bytes.subarray(0, DIGEST_BYTES)) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: others may read it meanwhile. */
function save(file: string, data: Buffer): void {
  const half = `${file}.${process.pid}.${threadId}`;
  try {
    makeFolder(dirname(file));
    writeFileSync(half, Buffer.concat([digestOf(data), data]));
    renameSync(half, file);
  } catch {}
}

function digestOf(data: Buffer): Buffer {
  return createHash('sha256').update(data).digest();
}
