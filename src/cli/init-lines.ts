import type { Collection } from '../collection/model';
import { CONFIG_FILE } from '../config/config';
import type { Creation } from '../lint/cleanups';
import type { CaptureProposal } from '../lint/propose';
import { counted } from '../report/group';

/** As many requests as are named one by one. */
const MOST_NAMED = 10;

/** Which captures the configuration begins with, and why. */
export function captureLines(proposals: readonly CaptureProposal[]): string[] {
  if (proposals.length === 0) return [];
  const lines = proposals.map(({ key, variable, source, why }) => {
    const [[kind = '', place = ''] = []] = Object.entries(source);
    return `  {{${variable}}} from the ${kind} ${place} of ${key}: ${why}`;
  });
  return [
    '',
    `${counted(proposals.length, 'capture')} that the examples speak for, in ${CONFIG_FILE}; read them:`,
    ...lines,
  ];
}

/** What a run creates in an environment: which of it the configuration removes, and what it leaves there. */
export function creationLines(creations: readonly Creation[]): string[] {
  const removed = creations.flatMap(({ key, remover }) =>
    remover === null ? [] : [`  what ${key} creates is removed by ${remover}`],
  );
  const left = creations.flatMap(({ key, remover }) => (remover === null ? [`  ${key}`] : []));
  const more = left.length - MOST_NAMED;
  return [
    ...(removed.length === 0
      ? []
      : ['', `${counted(removed.length, 'clean-up')} in ${CONFIG_FILE}; read them:`, ...removed]),
    ...(left.length === 0
      ? []
      : [
          '',
          `What these create may stay in the environment: "cleanup" in ${CONFIG_FILE} says what removes it`,
          ...left.slice(0, MOST_NAMED),
          ...(more > 0 ? [`  and ${more} more`] : []),
        ]),
  ];
}

/** What there is of the collection. */
export function closingLines(collection: Collection, schemas: number): string[] {
  const { requests } = collection;
  const documented = requests.filter(({ examples }) => examples.some(({ code }) => code !== null)).length;
  const scripts = requests.some((request) => request.scripts.length > 0);
  const open = requests.length - documented;
  return [
    '',
    `${collection.name}: ${counted(requests.length, 'request')}, ${documented} with a saved example, ${counted(schemas, 'schema')}`,
    ...(open > 0
      ? [
          `${counted(open, 'request')} without a saved example: skipped until one is saved or a schema is written`,
        ]
      : []),
    ...(scripts ? ['It has scripts, which are code of somebody else. Read them first.'] : []),
    '',
    'Next:',
  ];
}
