import { type ExampleJson, readLeniently } from '../collection/example';
import type { Collection, CollectionRequest } from '../collection/model';
import { headerOf } from '../collection/model';
import { withoutPlaceholders } from '../collection/placeholder';
import type { Captures, Config } from '../config/config';
import { checkExchange } from '../contract/check';
import type { SchemaStore } from '../contract/store';
import type { Exchange } from '../exchange/exchange';
import { isRecord, isTooDeep, textOf } from '../json';
import { getPointer } from '../json-pointer';
import { isCredentialName } from '../masking/masker';
import { tokenSecrets } from '../masking/token-secrets';
import type { PlannedRequest } from '../plan/plan';
import { variablesIn } from '../variables/resolve';
import { type CaptureProposal, capturesOf, proposeCaptures } from './propose';

/** What weakens a contract: `error` is plainly wrong, `warning` is what nothing can be held to, `hint` what could be better. */
export const LINT_RULES = {
  'document-odd': { level: 'warning', when: 'the document is odd at one place' },
  'no-url': { level: 'error', when: 'a request has no URL' },
  'no-example': { level: 'warning', when: 'a request has no saved example' },
  'no-status': { level: 'warning', when: 'an example does not say its status' },
  'no-schema': { level: 'warning', when: 'a JSON example has no schema for its status' },
  'not-json': { level: 'warning', when: 'an example calls itself JSON and does not parse' },
  'breaks-schema': { level: 'error', when: 'an example breaks the schema of its own status' },
  'foreign-example': { level: 'warning', when: 'an example was saved from another request' },
  'unknown-variable': {
    level: 'warning',
    when: 'no .env.example names a variable that only an environment can give',
  },
  credential: { level: 'error', when: 'a credential stands in the collection itself' },
  'no-capture': { level: 'hint', when: 'a request needs what the example of an earlier one plainly yields' },
} as const satisfies Readonly<Record<string, { level: LintLevel; when: string }>>;

/** How much a weakness matters; only an `error` makes the command fail. */
export type LintLevel = 'error' | 'warning' | 'hint';

/** The published name of a weakness. */
export type LintRule = keyof typeof LINT_RULES;

/** One weakness; never with the value of a credential. */
export interface Weakness {
  readonly rule: LintRule;
  readonly level: LintLevel;
  /** The request, or empty for the collection itself. */
  readonly key: string;
  readonly text: string;
  /** What to add to `captures` of the configuration, where that is the remedy. */
  readonly captures?: Captures;
}

/**
 * Everything that weakens a collection's contract, request by request. `documented` are the variables that an environment
 * is known to give.
 */
export function lint(
  collection: Collection,
  described: readonly PlannedRequest[],
  store: SchemaStore,
  config: Config,
  documented: ReadonlySet<string> = new Set(),
): Weakness[] {
  const proposals = proposeCaptures(collection, described, config, documented);
  const known = new Set([
    ...proposals.map(({ variable }) => variable),
    ...collection.variables.map(({ key }) => key),
    ...Object.keys(config.variables),
    ...described.flatMap(({ yields }) => yields),
    ...documented,
  ]);
  const unknown = [...new Set(described.flatMap(({ needs }) => needs))].filter((name) => !known.has(name));
  return [
    ...collection.notes.warnings.map(({ pointer, text }) =>
      weakness('document-odd', '', `${pointer}: ${text}`),
    ),
    ...credentialsOf(collection),
    ...(unknown.length > 0
      ? [weakness('unknown-variable', '', `only an environment can give {{${unknown.join('}}, {{')}}}`)]
      : []),
    ...described.flatMap((planned) => [
      ...requestWeaknesses(planned),
      ...exampleWeaknesses(planned, store),
      ...foreignExamples(collection, planned.request),
    ]),
    ...proposals.map(proposal),
  ];
}

function proposal(proposed: CaptureProposal): Weakness {
  const { key, variable, source, why } = proposed;
  const captures = capturesOf([proposed]);
  const text = `yields {{${variable}}}: ${why}; add ${JSON.stringify({ [variable]: source })} to its "captures"`;
  return { ...weakness('no-capture', key, text), captures };
}

function weakness(rule: LintRule, key: string, text: string): Weakness {
  return { rule, level: LINT_RULES[rule].level, key, text };
}

function requestWeaknesses({ request }: PlannedRequest): Weakness[] {
  const { key } = request;
  return [
    ...(request.url.raw === '' ? [weakness('no-url', key, 'there is no URL')] : []),
    ...(request.examples.length === 0 ? [weakness('no-example', key, 'there is no saved example')] : []),
  ];
}

function exampleWeaknesses(planned: PlannedRequest, store: SchemaStore): Weakness[] {
  const { request } = planned;
  const statuses = new Set(store.statusesOf(request.key));
  return request.examples.flatMap((example): Weakness[] => {
    const name = `example "${example.name}"`;
    if (example.code === null) return [weakness('no-status', request.key, `${name} does not say its status`)];
    const media = headerOf(example.headers, 'content-type') ?? '';
    const isJson = /^\s*[[{]/.test(example.body) || /json/i.test(media);
    if (example.body === '' || !isJson) return [];
    const read = readLeniently(example.body);
    const fault =
      read === null ? cutOff(example.body) : read.oddities.map((oddity) => `it has ${oddity}`).join(', ');
    const odd = fault === '' ? [] : [weakness('not-json', request.key, `${name} does not parse: ${fault}`)];
    if (read === null || isTooDeep(read.value)) return odd;
    if (!statuses.has(example.code)) {
      return [...odd, weakness('no-schema', request.key, `${name} has no schema for ${example.code}`)];
    }
    const broken = checkExchange(
      { ...planned, settings: {}, request: { ...request, examples: [example] } },
      answering(request, { ...example, body: asAnswered(example.body, read) }),
      store,
    ).filter(({ severity }) => severity === 'breaking');
    const [first] = broken;
    if (first === undefined) return odd;
    const text = `${name} is ${first.kind} at ${first.pointer || 'its root'}`;
    return [...odd, weakness('breaks-schema', request.key, text)];
  });
}

/** The body that a server would send, which has values where the example has placeholders, and no comments. */
function asAnswered(body: string, { value, oddities }: ExampleJson): string {
  const filled = withoutPlaceholders(value);
  const isAnswer = oddities.length === 0 && JSON.stringify(filled) === JSON.stringify(value);
  return isAnswer ? body : JSON.stringify(filled);
}

/** The exchange that the example is a record of. */
function answering(request: CollectionRequest, example: CollectionRequest['examples'][number]): Exchange {
  return {
    key: request.key,
    runner: 'example',
    sent: { method: request.method, url: '', headers: [], body: '' },
    response: {
      status: example.code ?? 0,
      statusText: '',
      headers: example.headers.map(({ key, value }) => [key, value] as const),
      body: example.body,
      sizeBytes: example.body.length,
    },
    failure: null,
    startedAt: 0,
    durationMs: 0,
    attempts: 0,
    assertions: [],
    scriptErrors: [],
  };
}

/** Where a text stops being JSON. */
function cutOff(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    const reason = textOf((error as { message?: string }).message);
    return /position \d+/.exec(reason)?.[0] ?? 'it is cut off';
  }
}

/** Examples can be copied from one request to another and then document the wrong one. */
function foreignExamples(collection: Collection, request: CollectionRequest): Weakness[] {
  const item = getPointer(collection.document, request.pointer);
  const responses = isRecord(item) && Array.isArray(item.response) ? item.response : [];
  return responses.flatMap((response: unknown): Weakness[] => {
    const asked = isRecord(response) && isRecord(response.originalRequest) ? response.originalRequest : null;
    const name = isRecord(response) ? textOf(response.name ?? 'unnamed') : 'unnamed';
    if (asked === null || asked.method === undefined) return [];
    const path = isRecord(asked.url) && Array.isArray(asked.url.path) ? asked.url.path.map(textOf) : [];
    const isSame =
      textOf(asked.method).toUpperCase() === request.method && path.length === request.url.path.length;
    if (isSame || path.length === 0) return [];
    return [
      weakness(
        'foreign-example',
        request.key,
        `example "${name}" was saved from ${textOf(asked.method)} ${path.join('/')}`,
      ),
    ];
  });
}

/** Values in the place of credentials that are no variables. */
function credentialsOf(collection: Collection): Weakness[] {
  const isLiteral = (text: string) => text !== '' && variablesIn(text).length === 0 && !/\{\{\$/.test(text);
  const seen = new Set<string>();
  const found = collection.requests.flatMap(({ key, auth, headers, url }) => {
    const parameters = Object.entries(auth?.parameters ?? {})
      .filter(([name]) =>
        /^(password|token|value|secret\w*|accessToken|clientSecret|privateKey|authKey)$/i.test(name),
      )
      .map(([name, value]) => ({ place: `auth ${auth?.type ?? ''} ${name}`, value }));
    const ofToken =
      auth?.type === 'oauth2'
        ? tokenSecrets(auth).map(({ name, text }) => ({ place: `auth oauth2 ${name}`, value: text }))
        : [];
    const sent = [...headers, ...url.query]
      .filter((entry) => isCredentialName(entry.key))
      .map((entry) => ({ place: entry.key, value: entry.value ?? '' }));
    return [...parameters, ...ofToken, ...sent]
      .filter(({ value }) => isLiteral(value) && !/^(basic|bearer|token)?\s*<[^>]*>$/i.test(value))
      .filter(({ place, value }) => {
        // Inherited ones would be told with every request.
        const identity = `${place} ${value}`;
        const isNew = !seen.has(identity);
        seen.add(identity);
        return isNew;
      })
      .map(({ place }) =>
        weakness('credential', key, `${place} has a value; make it a variable of the environment`),
      );
  });
  const variables = collection.variables
    .filter(({ key, value }) => isCredentialName(key) && isLiteral(value))
    .map(({ key }) =>
      weakness('credential', '', `the variable ${key} has a value; leave it to the environment`),
    );
  return [...variables, ...found];
}
