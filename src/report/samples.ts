import { placeholderOf } from '../collection/placeholder';
import { type Finding, isOfOtherAnswer, isOpen } from '../findings/finding';
import { isRecord } from '../json';
import { getPointer } from '../json-pointer';
import type { FitSample } from '../learn/fit';
import type { Unlearned } from '../learn/recording';
import { sampleOf } from '../learn/samples';
import { EXAMPLES } from '../learn/shape';
import { isAside, type Report, type ReportRequest } from './report';

/** What a report has to be learned from, and what of it could not be. */
export interface Reported {
  readonly samples: readonly FitSample[];
  readonly unlearned: readonly Unlearned[];
}

/**
 * The answers of a report that drifted, as samples: it keeps no others, and these hold. As for a run that widens, those of
 * another status than the expected one are no new contract, and what is accepted widens nothing.
 *
 * A text that was masked stands for any text: nobody knows what it was.
 */
export function samplesIn(report: Report, isSelected: (row: ReportRequest) => boolean): Reported {
  const samples: FitSample[] = [];
  const unlearned = new Map<string, Unlearned>();
  for (const row of report.requests) {
    if (!isSelected(row) || !isMeant(row)) continue;
    const sample = sampleIn(row);
    if (typeof sample !== 'string') {
      samples.push(sample);
      continue;
    }
    const known = unlearned.get(sample) ?? { reason: sample, first: row.key, count: 0 };
    known.count += 1;
    unlearned.set(sample, known);
  }
  return { samples, unlearned: [...unlearned.values()] };
}

/**
 * Whether what a row was answered can be learned from the report, and settles its findings: what a masked text breaks but by
 * being one, nobody knows any more.
 */
export function isLearnable(row: ReportRequest): boolean {
  if (!isMeant(row) || typeof sampleIn(row) === 'string') return false;
  const body: unknown = JSON.parse(row.detail?.response?.body?.text ?? 'null');
  const isHidden = ({ kind, pointer }: Finding): boolean => {
    const value = kind === 'property-missing' || kind === 'type-changed' ? null : valueAt(body, pointer);
    return typeof value === 'string' && MASKED.test(value);
  };
  return !row.findings.some((found) => isOpen(found) && isHidden(found));
}

function valueAt(body: unknown, pointer: string): unknown {
  return pointer === '' || pointer.startsWith('/') ? getPointer(body, pointer) : undefined;
}

function isMeant(row: ReportRequest): boolean {
  const { findings, status } = row;
  return !isAside(row) && status !== null && !findings.some(isOfOtherAnswer) && findings.some(isOpen);
}

function sampleIn({ key, detail, unrecorded }: ReportRequest): FitSample | string {
  const response = detail?.response;
  const body = response?.body;
  if (unrecorded === true) return 'a body that was not recorded';
  if (response === undefined || body?.truncated === true || body?.binary === true)
    return 'a body that the report does not keep whole';
  const { headers, status, statusText } = response;
  const sample = sampleOf({
    key,
    failure: null,
    response: {
      status,
      statusText,
      headers: headers.map(({ name, value }) => [name, value] as const),
      body: body?.text ?? '',
      sizeBytes: body?.sizeBytes ?? 0,
    },
  });
  if (typeof sample === 'string') return sample;
  if (hasMaskedName(sample.body)) return 'a name in it is a secret';
  return { ...sample, body: withoutMasked(sample.body), reading: EXAMPLES };
}

/** What the report writes in place of a credential, or of a value that a variable has. */
const MASKED = /\[hidden\]|\{\{[^{}]+\}\}/;

function hasMaskedName(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => MASKED.test(name) || hasMaskedName(inner));
}

/** A body with the word for any text in place of masked ones, and of those that would be taken for a word. */
function withoutMasked(value: unknown): unknown {
  if (typeof value === 'string')
    return MASKED.test(value) || placeholderOf(value) !== null ? '<string>' : value;
  if (Array.isArray(value)) return value.map(withoutMasked);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutMasked(inner)]));
}
