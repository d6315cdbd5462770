import { createHash } from 'node:crypto';
import { CollectionFormatError } from '../errors';
import { eachCanonicalChunk, isRecord, type JsonRecord, recordsIn, stringAt, textOf } from '../json';
import { keyMaker } from './key';
import type {
  AuthTemplate,
  BodyTemplate,
  Collection,
  CollectionRequest,
  Example,
  KeyValue,
  ScriptSource,
  UrlTemplate,
} from './model';
import { normalise } from './normalise';
import { Notes } from './notes';

/** What a request inherits from the collection and its folders. */
interface Inherited {
  readonly folder: readonly string[];
  readonly auth: AuthTemplate | null;
  readonly scripts: readonly ScriptSource[];
  readonly behavior: JsonRecord;
}

/**
 * Raw JSON of a collection → the typed model.
 *
 * `id` names schema folders and reports. Errors: CollectionFormatError, also for a collection without a request.
 */
export function loadCollection(json: unknown, file: string, id: string): Collection {
  const notes = new Notes();
  const document = normalise(json, file, notes);
  const info = isRecord(document.info) ? document.info : {};
  const root: Inherited = {
    folder: [],
    auth: authOf(document),
    scripts: scriptsOf(document, ''),
    behavior: behaviorOf(document),
  };
  const requests = withUniqueIds(readItems(document.item, '/item', root, keyMaker()));
  if (requests.length === 0) {
    throw new CollectionFormatError('the collection has no requests', file, 'nothing could be tested');
  }
  return {
    id,
    name: stringAt(info, 'name') ?? id,
    variables: keyValues(document.variable),
    requests,
    document,
    sha256: sha256OfJson(document),
    notes,
  };
}

/** The id of an item that has none, in the form of Postman's own: nothing that a script could mean by a name. */
function idOf(key: string): string {
  const hash = createHash('sha256').update(`request:${key}`).digest('hex');
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

/** An id that stands twice names nothing. */
function withUniqueIds(requests: readonly CollectionRequest[]): CollectionRequest[] {
  const seen = new Set<string>();
  return requests.map((request) => {
    const { id, key } = request;
    if (seen.has(id)) return { ...request, id: idOf(key) };
    seen.add(id);
    return request;
  });
}

function sha256OfJson(value: unknown): string {
  const hash = createHash('sha256');
  eachCanonicalChunk(value, (chunk) => hash.update(chunk));
  return hash.digest('hex');
}

/** SHA-256 of a text, in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function readItems(
  items: unknown,
  at: string,
  inherited: Inherited,
  keyOf: ReturnType<typeof keyMaker>,
): CollectionRequest[] {
  return recordsIn(items).flatMap((item, index) => {
    const pointer = `${at}/${index}`;
    const name = stringAt(item, 'name')?.trim() ?? 'unnamed';
    const inside: Inherited = {
      folder: inherited.folder,
      auth: authOf(item) ?? inherited.auth,
      scripts: [...inherited.scripts, ...scriptsOf(item, pointer)],
      behavior: { ...inherited.behavior, ...behaviorOf(item) },
    };
    return isRecord(item.request)
      ? [readRequest(item, item.request, pointer, name, inside, keyOf(inherited.folder, name))]
      : readItems(item.item, `${pointer}/item`, { ...inside, folder: [...inherited.folder, name] }, keyOf);
  });
}

function readRequest(
  item: JsonRecord,
  request: JsonRecord,
  pointer: string,
  name: string,
  inherited: Inherited,
  key: string,
): CollectionRequest {
  return {
    key,
    id: stringAt(item, 'id') || idOf(key),
    name,
    folder: inherited.folder,
    pointer,
    method: textOf(request.method).toUpperCase(),
    url: request.url as UrlTemplate,
    headers: keyValues(request.header),
    body: bodyOf(request.body),
    auth: authOf(request) ?? inherited.auth,
    examples: recordsIn(item.response).map(exampleOf),
    scripts: inherited.scripts,
    behavior: inherited.behavior,
  };
}

function exampleOf(response: JsonRecord): Example {
  return {
    name: stringAt(response, 'name') ?? 'unnamed',
    code: typeof response.code === 'number' ? response.code : null,
    headers: keyValues(response.header),
    body: typeof response.body === 'string' ? response.body : '',
  };
}

function authOf(holder: JsonRecord): AuthTemplate | null {
  const { auth } = holder;
  if (!isRecord(auth) || typeof auth.type !== 'string') return null;
  const parameters = keyValues(auth[auth.type]).map(({ key, value }) => [key, value]);
  return { type: auth.type, parameters: Object.fromEntries(parameters) };
}

function scriptsOf(holder: JsonRecord, pointer: string): ScriptSource[] {
  return recordsIn(holder.event).flatMap((event, index) => {
    const script = isRecord(event.script) ? event.script : {};
    if (event.listen !== 'prerequest' && event.listen !== 'test') return [];
    const lines = Array.isArray(script.exec) ? script.exec : [];
    return [{ listen: event.listen, pointer: `${pointer}/event/${index}`, source: lines.join('\n') }];
  });
}

function behaviorOf(holder: JsonRecord): JsonRecord {
  return isRecord(holder.protocolProfileBehavior) ? holder.protocolProfileBehavior : {};
}

function bodyOf(body: unknown): BodyTemplate | null {
  if (!isRecord(body)) return null;
  switch (body.mode) {
    case 'raw': {
      const raw = typeof body.raw === 'string' ? body.raw : '';
      if (raw === '') return null;
      const options = isRecord(body.options) && isRecord(body.options.raw) ? body.options.raw : {};
      const language = stringAt(options, 'language');
      return { mode: 'raw', raw, ...(language !== undefined && { language }) };
    }
    case 'urlencoded':
      return { mode: 'urlencoded', urlencoded: keyValues(body.urlencoded) };
    case 'graphql': {
      const graphql = isRecord(body.graphql) ? body.graphql : {};
      const { variables } = graphql;
      const operationName = stringAt(graphql, 'operationName');
      return {
        mode: 'graphql',
        ...(typeof graphql.query === 'string' && { query: graphql.query }),
        variables: typeof variables === 'string' ? variables : (JSON.stringify(variables ?? undefined) ?? ''),
        ...(operationName !== undefined && { operationName }),
      };
    }
    case 'formdata':
      return {
        mode: 'formdata',
        formdata: recordsIn(body.formdata).map((field) => ({ ...keyValue(field), src: texts(field.src) })),
      };
    case 'file': {
      // Collection format: a file is its path, or an object with it.
      const src = isRecord(body.file) ? body.file.src : body.file;
      return { mode: 'file', src: texts(src)[0] ?? '' };
    }
    default:
      return null;
  }
}

function keyValues(list: unknown): KeyValue[] {
  return recordsIn(list).map(keyValue);
}

function keyValue(entry: JsonRecord): KeyValue {
  return {
    key: textOf(entry.key),
    value: entry.value === null || entry.value === undefined ? '' : textOf(entry.value),
    ...(entry.disabled === true && { disabled: true as const }),
  };
}

/** A text or a list of texts as a list. */
function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((text) => typeof text === 'string');
}
