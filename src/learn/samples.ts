import { exampleJson } from '../collection/example';
import type { CollectionRequest } from '../collection/model';
import type { JsonRecord } from '../json';
import { Learner } from './learner';
import { EXAMPLES } from './shape';

/** A body of one request and status, with the name that people know it by. */
export interface Sample {
  readonly name: string;
  readonly body: unknown;
}

/** The saved examples of a request that a JSON Schema can be learned from, by status. */
export function samplesOf({ examples }: CollectionRequest): Map<number, Sample[]> {
  const samples = new Map<number, Sample[]>();
  for (const example of examples) {
    const read = example.code === null ? null : exampleJson(example);
    if (example.code === null || read === null) continue;
    const before = samples.get(example.code) ?? [];
    samples.set(example.code, [...before, { name: example.name, body: read.value }]);
  }
  return samples;
}

/** The schema of one request and status, from examples. Their order means nothing. */
export function learnSchema(title: string, samples: readonly Sample[]): JsonRecord {
  const learner = new Learner(EXAMPLES);
  for (const { name, body } of samples) learner.add(name, body);
  return learner.schema(title);
}
