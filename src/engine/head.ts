import { randomUUID } from 'node:crypto';
import { relative } from 'node:path';
import type { CollectionRequest } from '../collection/model';
import { lockFileOf } from '../collection/pin';
import { documentedOf } from '../contract/coverage';
import type { Masker } from '../masking/masker';
import { credentialsIn } from '../masking/urls';
import type { Basis, ReportHead, ResultRow } from '../report/build';
import { isAside, type RunCommand } from '../report/report';
import type { Project } from './project';

/** What rows of a project are measured against. `selected` are keys; without them, those that the rows are tests of. */
export function basisOf(
  { collection, config, store, masker }: Project,
  rows: readonly ResultRow[],
  selected?: readonly string[],
): Basis {
  const answered = new Map<string, Set<number>>();
  for (const { row } of rows) {
    if (isAside(row) && !answered.has(row.key)) continue;
    const statuses = answered.get(row.key) ?? new Set();
    if (row.status !== null) statuses.add(row.status);
    answered.set(row.key, statuses);
  }
  const names = collection.requests.map((request) => [masker.text(request.key), request] as const);
  // What is skipped in every run for want of documents is never answered, and keeps no acceptance waiting.
  const isTested = (request: CollectionRequest) => config.undocumented === 'fail' || store.documents(request);
  const isSelected = (name: string, key: string) => selected?.includes(key) ?? answered.has(name);
  return {
    accepted: config.accepted,
    keys: names.flatMap(([name, request]) => (isTested(request) ? [name] : [])),
    // Read when it is asked for, one request after the other.
    documented: {
      *[Symbol.iterator]() {
        for (const [key, request] of names) {
          if (!isSelected(key, request.key)) continue;
          yield { key, ...documentedOf(store, request, answered.get(key) ?? []) };
        }
      },
    },
  };
}

/** The head of a report: when, where, and which collection. */
export function headOf(project: Project, startedAt: Date, durationMs: number, runner: string): ReportHead {
  const { collection, lock, config, environment, targetLabel, command, masker } = project;
  return {
    run: {
      id: randomUUID(),
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(durationMs),
      environment: environment.name,
      runner,
      target: masker.text(targetLabel),
      ...(command !== null && { command: withoutSecrets(command, masker) }),
    },
    collection: {
      name: collection.name,
      ...(lock?.publishedId !== undefined && { publishedId: lock.publishedId }),
      ...(lock?.versionTag !== undefined && { versionTag: lock.versionTag }),
      ...(lock?.publishDate !== undefined && { publishDate: lock.publishDate }),
      sha256: collection.sha256,
      ...(lock !== null && { lockFile: relative(config.directory, lockFileOf(config.collection)) }),
      ...(lock?.reconstruction !== undefined && { reconstruction: true }),
    },
  };
}

/** A word in which a secret stands is left for people to fill in. */
function withoutSecrets({ collection, flags, reports }: RunCommand, masker: Masker): RunCommand {
  const isPlain = (word: string) => masker.text(word) === word && credentialsIn(word).length === 0;
  const plain = (word: string) => (isPlain(word) ? word : 'VALUE');
  return {
    ...(collection !== undefined && { collection: plain(collection) }),
    ...(flags !== undefined && { flags: flags.map(plain) }),
    ...(reports !== undefined && { reports: plain(reports) }),
  };
}
