import { answerIn } from '../collection/example';
import type { Collection, CollectionRequest } from '../collection/model';
import { SchemaStore } from '../contract/store';
import { type Edit, editsFor, type Naming } from './changes';
import { askFor, type FitSample } from './fit';
import { Learner } from './learner';
import { type Where, Wishes } from './wish';

/** The schemas that are learned into: their texts by path from the folder, whether they are written there or not. */
export interface Contracts {
  readonly folder: string;
  /** The folder as people know it. */
  readonly label: string;
  readonly texts: ReadonlyMap<string, string>;
}

/** Samples, as often as they are asked for: the same ones each time. */
export type Samples = () => Iterable<FitSample> | AsyncIterable<FitSample>;

/** What was learned. `edits` in order make every schema take every sample that is not `stuck`. */
export interface Learned {
  readonly edits: readonly Edit[];
  /** How many samples were held to schemas, or schemas learned from them. */
  readonly samples: number;
  /** Schema files that the samples belong to. */
  readonly files: ReadonlySet<string>;
  /** Places that some body does not hold to, and nothing could be widened for. */
  readonly stuck: readonly Where[];
}

/** A schema that is not wide enough after so often will not be. */
const MOST_PASSES = 12;

/**
 * Learns schemas of requests and statuses that have none, and widens those that are there to take all samples; it narrows
 * none, and writes nothing.
 *
 * The samples are gone through as often as they ask for anything, so that none is kept: memory grows with the shapes, and
 * their order means nothing. When it ends they ask for nothing, so that learning them again changes nothing.
 * Errors: SchemaCompileError for schemas that do not compile; whatever the samples throw.
 */
export async function learnContracts(
  collection: Collection,
  contracts: Contracts,
  samples: Samples,
): Promise<Learned> {
  const before = storeOf(contracts);
  const fixed = new Set<string>();
  for (;;) {
    const { learned, after } = await converge(collection, contracts, before, samples, fixed);
    const moved = movedExpectations(collection, before, after).filter((file) => !fixed.has(file));
    if (moved.length === 0) return learned;
    // A variant that got wide enough for the first example would change what a run expects.
    for (const file of moved) fixed.add(file);
  }
}

/** The files that edits change, with their new texts. */
export function filesAfter(contracts: Contracts, edits: readonly Edit[]): Map<string, string> {
  const texts = new Map(contracts.texts);
  for (const { file, apply } of edits) {
    const text = apply(texts.get(file) ?? null);
    if (text !== null) texts.set(file, text);
  }
  return new Map([...texts].filter(([file, text]) => contracts.texts.get(file) !== text));
}

async function converge(
  collection: Collection,
  contracts: Contracts,
  before: SchemaStore,
  samples: Samples,
  fixed: ReadonlySet<string>,
): Promise<{ learned: Learned; after: SchemaStore }> {
  const requests = new Map(collection.requests.map((request) => [request.key, request]));
  const naming = namingBy(before, requests);
  const texts = new Map(contracts.texts);
  const edits: Edit[] = [];
  const files = new Set<string>();
  let store = before;
  for (let pass = 1; ; pass += 1) {
    const wishes = new Wishes();
    const learners = new Map<string, { learner: Learner; sample: FitSample }>();
    const stuck = new Map<string, Where>();
    let count = 0;
    for await (const sample of samples()) {
      if (!requests.has(sample.key)) continue;
      count += 1;
      const file = fileOf(sample);
      files.add(file);
      if (texts.has(file)) {
        if (!askFor(store, { file, pointer: '' }, sample, wishes, fixed.has(file)))
          stuck.set(file, { key: sample.key, status: sample.status, pointer: '' });
      } else {
        const entry = learners.get(file) ?? { learner: new Learner(sample.reading), sample };
        learners.set(file, entry);
        entry.learner.add(sample.name, sample.body);
      }
    }
    const made = [...newFiles(learners, requests), ...editsFor(wishes.all(), store, naming)];
    const changed = filesAfter({ ...contracts, texts }, made);
    if (changed.size === 0 || pass === MOST_PASSES) {
      // Whoever still asks has been given all that there is.
      const open = [...stuck.values(), ...wishes.all().map(({ where }) => where)];
      return { learned: { edits, samples: count, files, stuck: open }, after: store };
    }
    edits.push(...made);
    for (const [file, text] of changed) texts.set(file, text);
    store = storeOf({ ...contracts, texts });
  }
}

function newFiles(
  learners: ReadonlyMap<string, { learner: Learner; sample: FitSample }>,
  requests: ReadonlyMap<string, CollectionRequest>,
): Edit[] {
  return [...learners]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([
        file,
        {
          learner,
          sample: { key, status },
        },
      ]) => {
        const schema = learner.schema(`${requests.get(key)?.name ?? key}: ${status}`);
        const now = `learned from ${learner.count} ${learner.count === 1 ? 'sample' : 'samples'}`;
        return {
          file,
          change: { key, status, pointer: '', file, was: 'no schema', now },
          apply: (text) => text ?? `${JSON.stringify(schema, null, 2)}\n`,
        };
      },
    );
}

/** New variants have titles only where a run knows already what it expects: a title would take part in that choice. */
function namingBy(before: SchemaStore, requests: ReadonlyMap<string, CollectionRequest>): Naming {
  const exampleOf = (file: string) => {
    const [, key = '', status = ''] = /^(.*)\.(\d{3})\.json$/s.exec(file) ?? [];
    const request = requests.get(key);
    return {
      request,
      status: Number(status),
      example: request?.examples.find(({ code }) => code === Number(status)),
    };
  };
  const isHeld = (file: string, body: string): boolean => {
    const answer = before.has(file) ? answerIn(body) : null;
    return answer !== null && before.accepts({ file, pointer: '' }, answer.value);
  };
  return {
    mayTitle: (file) => {
      const { request, status, example } = exampleOf(file);
      // A body that nobody can read is never held to a variant.
      if (request === undefined || example === undefined || answerIn(example.body) === null) return true;
      const contract = before.contractOf(request, status);
      const hasVariants = contract !== null && (contract.variant !== null || contract.others.length > 0);
      return hasVariants ? contract.variant !== null : isHeld(file, example.body);
    },
    titleOf: (file) => {
      const { example } = exampleOf(file);
      return example !== undefined && isHeld(file, example.body) ? example.name : 'documented';
    },
  };
}

/** Files of which a run would expect another variant than before. */
function movedExpectations(collection: Collection, before: SchemaStore, after: SchemaStore): string[] {
  return collection.requests.flatMap((request) =>
    before.statusesOf(request.key).flatMap((status) => {
      const was = before.contractOf(request, status);
      const now = after.contractOf(request, status);
      const hadVariants = was !== null && (was.variant !== null || was.others.length > 0);
      return hadVariants && was.variant !== now?.variant ? [fileOf({ key: request.key, status })] : [];
    }),
  );
}

function storeOf({ texts, folder, label }: Contracts): SchemaStore {
  return SchemaStore.of(texts, folder, label);
}

function fileOf({ key, status }: Pick<FitSample, 'key' | 'status'>): string {
  return `${key}.${status}.json`;
}
