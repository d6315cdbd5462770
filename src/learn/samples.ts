import type { CollectionRequest, Example } from '../collection/model';
import { headerOf } from '../collection/model';
import { isRecord, isTooDeep, type JsonRecord } from '../json';
import { Shape } from './shape';

/** A body of one request and status, with the name that people know it by. */
export interface Sample {
  readonly name: string;
  readonly body: unknown;
}

/** The saved examples of a request that a JSON Schema can be learned from, by status. */
export function samplesOf({ examples }: CollectionRequest): Map<number, Sample[]> {
  const samples = new Map<number, Sample[]>();
  for (const example of examples) {
    const body = jsonOf(example);
    if (example.code === null || body === undefined) continue;
    samples.set(example.code, [...(samples.get(example.code) ?? []), { name: example.name, body }]);
  }
  return samples;
}

/** The JSON of an example; undefined where its media type, or its text, is something else. */
function jsonOf(example: Example): unknown {
  const media = (headerOf(example.headers, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isOther =
    media !== '' && !media.includes('*') && !/^application\/json$|\+json$|^text\/json$/.test(media);
  if (isOther) return undefined;
  try {
    const body: unknown = JSON.parse(example.body.replace(/^\uFEFF/, ''));
    return isTooDeep(body) ? undefined : body;
  } catch {
    return undefined;
  }
}

/** Less than this of their properties in common, and two bodies are different answers. */
const SAME_SHAPE = 0.5;

/**
 * The schema of one request and status. Samples of distinct shapes are titled variants (`anyOf`), the first one first;
 * samples of one shape merge. `x-samples` says on how many it rests.
 */
export function learnSchema(title: string, samples: readonly Sample[]): JsonRecord {
  const groups: Sample[][] = [];
  for (const sample of samples) {
    const group = groups.find((members) => members.some((member) => isAlike(member.body, sample.body)));
    if (group === undefined) groups.push([sample]);
    else group.push(sample);
  }
  const variants = groups.map((members) => {
    const shape = new Shape();
    for (const { body } of members) shape.add(body);
    return { ...shape.schema(), 'x-samples': members.length };
  });
  const head = { $schema: 'https://json-schema.org/draft/2020-12/schema' };
  const [only, ...others] = variants;
  if (others.length === 0) return { ...head, title, ...only };
  const names = uniqueNames(groups.map(([first]) => first?.name ?? 'unnamed'));
  return {
    ...head,
    title,
    anyOf: variants.map((variant, index) => ({ title: names[index], ...variant })),
  };
}

function isAlike(one: unknown, other: unknown): boolean {
  if (!isRecord(one) || !isRecord(other))
    return isRecord(one) === isRecord(other) && Array.isArray(one) === Array.isArray(other);
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  if (names.size === 0) return true;
  const shared = [...names].filter((name) => Object.hasOwn(one, name) && Object.hasOwn(other, name));
  return shared.length / names.size >= SAME_SHAPE;
}

function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  });
}
