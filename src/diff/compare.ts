import type * as Diff from 'diff';
import type {
  BodyTemplate,
  Collection,
  CollectionRequest,
  KeyValue,
  ScriptSource,
} from '../collection/model';
import { canonicalJson, isRecord, textOf } from '../json';
import { getPointer } from '../json-pointer';
import { samplesOf } from '../learn/samples';
import { type Change, type ChangeRule, change, type Weight } from './change';
import { fieldChanges, fieldsOf } from './fields';
import { pairsOf, templateOf } from './match';

const ORDER: readonly Weight[] = ['breaking', 'additive', 'cosmetic'];

/**
 * What changed between two collections, from a consumer's view: breaking changes first, each in collection order.
 *
 * A collection and itself differ in nothing; a change and its reverse mirror each other.
 */
export function compareCollections(before: Collection, after: Collection): Change[] {
  const changes = pairsOf(before, after).flatMap((pair): Change[] => {
    if (pair.after === null) return [change('request-removed', pair.before.key, '', line(pair.before), null)];
    if (pair.before === null) return [change('request-added', pair.after.key, '', null, line(pair.after))];
    return [
      ...requestChanges(pair.before, pair.after),
      ...textChanges(before, pair.before, after, pair.after),
    ];
  });
  const all = [
    ...changes,
    ...orderChange(before, after),
    ...variableChanges(before, after),
    ...about(before, after),
  ];
  return all.sort((a, b) => ORDER.indexOf(a.weight) - ORDER.indexOf(b.weight));
}

function requestChanges(before: CollectionRequest, after: CollectionRequest): Change[] {
  const { key } = after;
  const folder = ({ folder }: CollectionRequest) => folder.join(' / ');
  const changed = (rule: ChangeRule, one: string, other: string): Change[] =>
    one === other ? [] : [change(rule, key, '', one, other)];
  return [
    ...changed('request-renamed', before.name, after.name),
    ...changed('request-moved', folder(before), folder(after)),
    ...changed('method-changed', before.method, after.method),
    ...changed('host-changed', hostOf(before), hostOf(after)),
    ...(templateOf(before.url.path) === templateOf(after.url.path)
      ? []
      : changed('path-changed', before.url.path.join('/'), after.url.path.join('/'))),
    ...listChanges(key, 'query', texts(before.url.query), texts(after.url.query)),
    ...listChanges(key, 'header', before.headers, after.headers, (name) => name.toLowerCase()),
    // Values of credentials are nobody's to read; which ones there are is what matters.
    ...changed('auth-changed', authOf(before), authOf(after)),
    ...bodyChanges(key, before.body, after.body),
    ...responseChanges(key, before, after),
    ...scriptChanges(key, before.scripts, after.scripts),
  ];
}

function hostOf({ url }: CollectionRequest): string {
  return `${url.protocol === undefined ? '' : `${url.protocol}://`}${url.host.join('.')}${url.port === undefined ? '' : `:${url.port}`}`;
}

function authOf({ auth }: CollectionRequest): string {
  return auth === null ? 'none' : `${auth.type} ${Object.keys(auth.parameters).sort().join(' ')}`.trim();
}

function texts(query: CollectionRequest['url']['query']): KeyValue[] {
  return query.map(({ value, ...entry }) => ({ ...entry, value: value ?? '' }));
}

/** Named values of a list: a name may stand several times, and a disabled one is documented but not sent. */
function listChanges(
  key: string,
  kind: 'query' | 'header',
  before: readonly KeyValue[],
  after: readonly KeyValue[],
  fold: (name: string) => string = (name) => name,
): Change[] {
  const grouped = (list: readonly KeyValue[]): Map<string, string> => {
    const groups = new Map<string, string[]>();
    for (const { key: name, value, disabled } of list) {
      const text = disabled === true ? `${value} (disabled)` : value;
      groups.set(fold(name), [...(groups.get(fold(name)) ?? []), text]);
    }
    return new Map([...groups].map(([name, values]) => [name, values.join(', ')]));
  };
  const [one, other] = [grouped(before), grouped(after)];
  return [
    ...[...other].flatMap(([name, value]) =>
      one.has(name) ? [] : [change(`${kind}-added`, key, name, null, value)],
    ),
    ...[...one].flatMap(([name, value]): Change[] => {
      const now = other.get(name);
      if (now === undefined) return [change(`${kind}-removed`, key, name, value, null)];
      return now === value ? [] : [change(`${kind}-changed`, key, name, value, now)];
    }),
  ];
}

const BARE = /(?<=[:[,]\s*)\{\{[^{}]+\}\}(?=\s*[,\]}])/g;

function bodyChanges(key: string, before: BodyTemplate | null, after: BodyTemplate | null): Change[] {
  const mode = (body: BodyTemplate | null): string => body?.mode ?? 'none';
  if (mode(before) !== mode(after)) return [change('body-mode-changed', key, '', mode(before), mode(after))];
  if (before === null || after === null) return [];
  const [one, other] = [jsonOf(before), jsonOf(after)];
  const rules = {
    added: 'body-field-added',
    removed: 'body-field-removed',
    type: 'body-type-changed',
  } as const;
  const fields =
    one === undefined || other === undefined
      ? []
      : fieldChanges(key, '', fieldsOf([one]), fieldsOf([other]), rules);
  if (fields.length > 0) return fields;
  const [was, is] = [canonicalJson(one ?? before), canonicalJson(other ?? after)];
  return was === is ? [] : [change('body-value-changed', key, '', was, is)];
}

/** What a body has by name: its JSON, or its fields. */
function jsonOf(body: BodyTemplate): unknown {
  if (body.mode === 'raw') {
    try {
      return JSON.parse(body.raw.replace(BARE, (variable) => JSON.stringify(variable)));
    } catch {
      return undefined;
    }
  }
  const list = body.mode === 'urlencoded' ? body.urlencoded : body.mode === 'formdata' ? body.formdata : null;
  return list === null ? undefined : Object.fromEntries(list.map(({ key, value }) => [key, value]));
}

function responseChanges(key: string, before: CollectionRequest, after: CollectionRequest): Change[] {
  const statuses = ({ examples }: CollectionRequest) => new Set(examples.flatMap(({ code }) => code ?? []));
  const [was, is] = [statuses(before), statuses(after)];
  const [samplesBefore, samplesAfter] = [samplesOf(before), samplesOf(after)];
  const rules = {
    added: 'response-field-added',
    removed: 'response-field-removed',
    type: 'response-type-changed',
  } as const;
  const fields = [...was]
    .filter((status) => is.has(status))
    .flatMap((status) => {
      const bodies = [samplesBefore.get(status), samplesAfter.get(status)];
      if (bodies[0] === undefined || bodies[1] === undefined) return [];
      const [one, other] = bodies.map((samples) => fieldsOf((samples ?? []).map(({ body }) => body)));
      return fieldChanges(key, `${status} `, one ?? new Map(), other ?? new Map(), rules);
    });
  const added = [...is]
    .filter((status) => !was.has(status))
    .map((status) => change('status-added', key, textOf(status), null, textOf(status)));
  const removed = [...was]
    .filter((status) => !is.has(status))
    .map((status) => change('status-removed', key, textOf(status), textOf(status), null));
  const all = [...added, ...removed, ...fields];
  const isSame = canonicalJson(before.examples) === canonicalJson(after.examples);
  return all.length > 0 || isSame
    ? all
    : [change('example-changed', key, '', counted(before.examples.length), counted(after.examples.length))];
}

function counted(examples: number): string {
  return `${examples} ${examples === 1 ? 'example' : 'examples'}`;
}

/** Scripts by the event that runs them; those of folders are every request's, and are told with each. */
function scriptChanges(
  key: string,
  before: readonly ScriptSource[],
  after: readonly ScriptSource[],
): Change[] {
  return (['prerequest', 'test'] as const).flatMap((listen): Change[] => {
    const source = (scripts: readonly ScriptSource[]) =>
      scripts
        .filter((script) => script.listen === listen)
        .map((script) => script.source)
        .join('\n');
    const [was, is] = [source(before), source(after)];
    if (was === is) return [];
    const rule = was === '' ? 'script-added' : is === '' ? 'script-removed' : 'script-changed';
    const { createPatch } = require('diff') as typeof Diff;
    const patch = createPatch(`${key} ${listen}`, `${was}\n`, `${is}\n`, '', '', { context: 2 });
    const lines = (text: string): string | null => (text === '' ? null : `${text.split('\n').length} lines`);
    return [
      {
        ...change(rule, key, listen, lines(was), lines(is)),
        patch: patch.split('\n').slice(4).join('\n').trimEnd(),
      },
    ];
  });
}

function textChanges(
  one: Collection,
  before: CollectionRequest,
  other: Collection,
  after: CollectionRequest,
): Change[] {
  const text = (collection: Collection, { pointer }: CollectionRequest): string => {
    const item = getPointer(collection.document, pointer);
    const request = isRecord(item) && isRecord(item.request) ? item.request : {};
    return [item, request]
      .map((holder) => (isRecord(holder) ? textOf(holder.description) : ''))
      .join('\n')
      .trim();
  };
  const [was, is] = [text(one, before), text(other, after)];
  return was === is ? [] : [change('description-changed', after.key, '', firstLine(was), firstLine(is))];
}

/** The order of what is on both sides; what came or went is told by itself. */
function orderChange(before: Collection, after: Collection): Change[] {
  const pairs = pairsOf(before, after).flatMap((pair) =>
    pair.before === null || pair.after === null ? [] : [pair],
  );
  const places = pairs.map((pair) => before.requests.indexOf(pair.before));
  const isInOrder = places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0));
  return isInOrder ? [] : [change('order-changed', '', 'requests', 'another order', 'another order')];
}

function variableChanges(before: Collection, after: Collection): Change[] {
  // Values may be credentials of whoever published them.
  const values = ({ variables }: Collection) => new Map(variables.map(({ key, value }) => [key, value]));
  const [one, other] = [values(before), values(after)];
  return [
    ...[...other].flatMap(([name]) =>
      one.has(name) ? [] : [change('variable-added', '', name, null, 'a value')],
    ),
    ...[...one].flatMap(([name, value]): Change[] => {
      if (!other.has(name)) return [change('variable-removed', '', name, 'a value', null)];
      return other.get(name) === value
        ? []
        : [change('variable-changed', '', name, 'a value', 'another value')];
    }),
  ];
}

function about(before: Collection, after: Collection): Change[] {
  const text = ({ document }: Collection) =>
    isRecord(document.info) ? `${textOf(document.info.name)}\n${textOf(document.info.description)}` : '';
  const [was, is] = [text(before), text(after)];
  return was === is ? [] : [change('description-changed', '', 'collection', firstLine(was), firstLine(is))];
}

function line({ method, url }: CollectionRequest): string {
  return `${method} ${url.raw}`;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
