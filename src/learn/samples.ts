import { exampleJson, isContainer, isJsonMedia, isUnspecific, mediaOf } from '../collection/example';
import type { CollectionRequest, Example } from '../collection/model';
import { type Exchange, headerValue } from '../exchange/exchange';
import { isTooDeep, type JsonRecord } from '../json';
import type { FitSample } from './fit';
import { Learner } from './learner';
import { withFractions } from './literals';
import { EXAMPLES, RECORDED } from './shape';

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
    // Where the same status also answers with other text under that media type, a schema would refuse it.
    const isText = (other: Example) =>
      other.code === example.code && mediaOf(other) === mediaOf(example) && exampleJson(other) === null;
    if (isUnspecific(mediaOf(example)) && examples.some(isText)) continue;
    const before = samples.get(example.code) ?? [];
    samples.set(example.code, [
      ...before,
      { name: example.name, body: withFractions(read.value, read.text) },
    ]);
  }
  return samples;
}

/** Every saved example that can be learned from, as a sample of its request. */
export function* exampleSamples(requests: readonly CollectionRequest[]): Generator<FitSample> {
  for (const request of requests) {
    for (const [status, samples] of samplesOf(request)) {
      for (const { name, body } of samples) yield { key: request.key, status, name, body, reading: EXAMPLES };
    }
  }
}

/** What an exchange has to be learned from: its body, or why there is none. */
export function sampleOf({
  key,
  failure,
  response,
}: Pick<Exchange, 'key' | 'failure' | 'response'>): FitSample | string {
  if (failure !== null || response === null) return 'no answer';
  const media =
    (headerValue(response.headers, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isOther = media !== '' && !isJsonMedia(media);
  if (isOther && !isUnspecific(media)) return 'no JSON';
  if (response.body === '') return 'an empty body';
  try {
    const body: unknown = JSON.parse(response.body.replace(/^\uFEFF/, ''));
    if (isTooDeep(body) || (isOther && !isContainer(body))) return 'no JSON';
    return { key, status: response.status, name: 'recorded', body, reading: RECORDED };
  } catch {
    return 'no JSON';
  }
}

/** The schema of one request and status, from examples. Their order means nothing. */
export function learnSchema(title: string, samples: readonly Sample[]): JsonRecord {
  const learner = new Learner(EXAMPLES);
  for (const { name, body } of samples) learner.add(name, body);
  return learner.schema(title);
}
