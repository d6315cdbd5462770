import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import { loadCollection, sha256 } from '../collection/load';
import type { Collection } from '../collection/model';
import { notesAsLines } from '../collection/notes';
import {
  collectionId,
  hostsOf,
  type Lock,
  lockFileOf,
  provenanceOf,
  readLock,
  readPin,
  writePin,
} from '../collection/pin';
import { readConfig } from '../config/config';
import { compareCollections } from '../diff/compare';
import { changeLines, summaryOf } from '../diff/text';
import { maskerFor } from '../engine/secrets';
import { UsageError } from '../errors';
import { withoutCredentials } from '../masking/urls';
import { visible } from '../report/escape';
import { readSource } from '../source/read';
import { type FormatFlags, formatOf, withFormatFlags, writeChanges } from './changes';
import { wrapFor } from './io';
import type { CommandContext } from './main';
import { type SourceFlags, sourceOptions, withSourceFlags } from './options';

interface PullFlags extends SourceFlags, FormatFlags {
  readonly check?: boolean;
  readonly acceptScripts?: boolean;
  readonly acceptHosts?: boolean;
}

/** `driftgate pull`: what is published now becomes the pin, or with `--check` is only compared with it. */
export function pullCommand(context: CommandContext): Command {
  return withFormatFlags(withSourceFlags(new Command('pull')))
    .description('fetch what is published now and make it the pin')
    .argument(
      '[source]',
      'file, folder, -, URL, published link or id, Postman uid (default: the source in the lock)',
    )
    .option('--check', 'change nothing; exit 1 where the pin is not what is published')
    .option('--accept-scripts', 'pin scripts that are new or changed')
    .option('--accept-hosts', 'let requests go to hosts that are new')
    .action(async (source: string | undefined, flags: PullFlags) => {
      const { io } = context;
      const file = readConfig(io.directory).collection;
      const lockFile = lockFileOf(file);
      // The first pull has nothing to compare with: it makes the lock.
      const isFirst = source !== undefined && !existsSync(lockFile);
      const lock = isFirst ? null : readLock(lockFile);
      const pinned = existsSync(file) ? readPin(file).collection : null;
      const document = await readSource(source ?? lock?.source ?? '', {
        ...sourceOptions(context, flags),
        todo: 'the pin is kept; try again with network',
      });
      const published = loadCollection(document.json, document.source, collectionId(file));

      const same = lock !== null && pinned?.sha256 === published.sha256;
      const masker = maskerFor(published, { variables: {}, given: [] }, []);
      const changes = pinned === null ? [] : masker.deep(compareCollections(pinned, published));
      const format = formatOf(flags);
      if (format !== 'text') io.stdout.write(`${writeChanges(changes, format)}\n`);
      else {
        const summary = same
          ? 'the pin is what is published'
          : `the pin is not what is published: ${summaryOf(changes)}`;
        for (const note of [...document.notes, ...notesAsLines(published.notes)])
          io.stdout.write(`${wrapFor(io.stdout, visible(`note: ${note}`), 2)}\n`);
        // Each change stays one line.
        for (const line of [...changeLines(changes), summary]) io.stdout.write(`${visible(line)}\n`);
      }
      if (flags.check === true) {
        context.exitCode = same ? 0 : 1;
        return;
      }
      refuseNewScripts(lock, published, flags.acceptScripts === true);
      refuseNewHosts(lock, published, flags.acceptHosts === true);
      // The collection itself does not say its version tag; that of the lock still stands.
      const facts = { versionTag: lock?.versionTag, ...(document.published ?? lock) };
      writePin(file, published, provenanceOf(withoutCredentials(document.source), published.name, facts));
      if (!same && format === 'text')
        io.stdout.write(`pinned ${basename(file)} (${published.sha256.slice(0, 12)})\n`);
    });
}

/** A collection is code from elsewhere: a script runs only after somebody looked at it. */
function refuseNewScripts(lock: Lock | null, published: Collection, accepted: boolean): void {
  const known = new Set(Object.values(lock?.scripts ?? {}));
  const unknown = published.requests
    .flatMap(({ scripts }) => scripts)
    .filter((script) => !known.has(sha256(script.source)));
  const first = unknown[0];
  if (first === undefined || accepted) return;
  throw new UsageError(
    `${unknown.length} scripts are new or changed`,
    `first at ${first.pointer}`,
    'read them, then pull again with --accept-scripts',
  );
}

/** Credentials go wherever the pin says; so nobody but a person lets them go somewhere else. */
function refuseNewHosts(lock: Lock | null, published: Collection, accepted: boolean): void {
  if (lock === null || accepted) return;
  const unknown = hostsOf(published).filter((host) => !lock.hosts.includes(host));
  if (unknown.length === 0) return;
  throw new UsageError(
    `requests would go to new hosts: ${unknown.join(' ')}`,
    published.name,
    'check that they are yours, then pull again with --accept-hosts',
  );
}
