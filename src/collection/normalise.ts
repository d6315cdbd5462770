import { CollectionFormatError } from '../errors';
import { canonicalJson, isRecord, type JsonRecord, recordsIn } from '../json';
import { normaliseUrl } from './normalise-url';

const SCHEMA_V21 = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/**
 * Makes one v2.1 document of what Postman exports or publishes: v2.0.0, v2.1.0, the API envelope and the dialect of
 * published documentation. Normalising twice changes nothing.
 *
 * Errors: CollectionFormatError that lists every fault with its JSON Pointer.
 */
export function normalise(json: unknown, file: string): JsonRecord {
  const root =
    isRecord(json) && isRecord(json.collection) && json.item === undefined ? json.collection : json;
  if (!isRecord(root)) throw new CollectionFormatError('not a collection', file, 'expected a JSON object');
  if (Array.isArray(root.requests) && root.info === undefined) {
    const todo = 'export it from Postman as Collection v2.1';
    throw new CollectionFormatError('collection format v1 is not read', file, todo);
  }
  const faults: string[] = [];
  if (!isRecord(root.info)) faults.push('/info: expected an object with the name of the collection');
  if (!Array.isArray(root.item)) faults.push('/item: expected a list of requests and folders');

  const info: JsonRecord = isRecord(root.info) ? root.info : {};
  const auth = normaliseAuth(root.auth);
  const document = {
    info: {
      ...copyOf(info, ['_postman_id']),
      name: typeof info.name === 'string' ? info.name : 'unnamed',
      ...copyOf(info, ['description']),
      schema: SCHEMA_V21,
    },
    item: normaliseItems(root.item, '/item', auth, faults),
    ...(auth !== null && { auth }),
    ...events(root.event),
    ...(Array.isArray(root.variable) && { variable: recordsIn(root.variable).map(normaliseVariable) }),
    ...copyOf(root, ['protocolProfileBehavior']),
  };
  if (faults.length > 0) {
    throw new CollectionFormatError(`not a collection: ${faults.join('; ')}`, file, 'correct the document');
  }
  return document;
}

function normaliseItems(
  items: unknown,
  at: string,
  inherited: JsonRecord | null,
  faults: string[],
): JsonRecord[] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown, index): JsonRecord[] => {
    const here = `${at}/${index}`;
    if (!isRecord(item)) {
      faults.push(`${here}: expected a request or a folder`);
      return [];
    }
    const isFolder = isSet(item.item) || (!isSet(item.request) && isEmptyFolder(item));
    if (!isFolder && !isSet(item.request)) {
      faults.push(`${here}: expected "request" or "item"`);
      return [];
    }
    if (isSet(item.item) && !Array.isArray(item.item)) {
      faults.push(`${here}/item: expected a list of requests and folders`);
      return [];
    }
    const shared = {
      ...copyOf(item, ['id', 'name', 'description', 'protocolProfileBehavior']),
      ...events(item.event),
    };
    if (isFolder) {
      const own = ownAuth(item.auth, inherited);
      const inside = own ?? inherited;
      return [
        {
          ...shared,
          item: normaliseItems(item.item, `${here}/item`, inside, faults),
          ...(own !== null && { auth: own }),
        },
      ];
    }
    return [
      {
        ...shared,
        request: normaliseRequest(item.request, inherited),
        response: recordsIn(item.response).map(normaliseExample),
      },
    ];
  });
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

const FOLDER_KEYS =
  /^(name|id|_postman_\w+|description|auth|event|variable|protocolProfileBehavior|item|request)$/;

/** A folder may come without its list; a misspelt list must not pass for one. */
function isEmptyFolder(item: JsonRecord): boolean {
  return typeof item.name === 'string' && Object.keys(item).every((key) => FOLDER_KEYS.test(key));
}

function normaliseRequest(request: unknown, inherited: JsonRecord | null): JsonRecord {
  // Collection format: a request may be only its URL.
  if (!isRecord(request)) return { method: 'GET', header: [], url: normaliseUrl(request) };
  const auth = ownAuth(request.auth, inherited);
  const body = isRecord(request.body) && request.body.disabled !== true ? request.body : null;
  return {
    method: typeof request.method === 'string' && request.method !== '' ? request.method : 'GET',
    header: normaliseHeaders(request.header),
    ...(body !== null && { body }),
    url: normaliseUrl(request.url, request.urlObject),
    ...(auth !== null && { auth }),
    ...copyOf(request, ['description']),
  };
}

function normaliseExample(response: JsonRecord): JsonRecord {
  const code = typeof response.code === 'string' ? Number.parseInt(response.code, 10) : response.code;
  return {
    ...copyOf(response, ['id', 'name', 'originalRequest', 'status']),
    code: typeof code === 'number' && Number.isInteger(code) ? code : null,
    ...copyOf(response, ['_postman_previewlanguage']),
    header: normaliseHeaders(response.header),
    cookie: [],
    body: typeof response.body === 'string' ? response.body : '',
  };
}

function normaliseHeaders(headers: unknown): JsonRecord[] {
  if (typeof headers === 'string') {
    return headers.split(/\r?\n/).flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 1 ? [] : [{ key: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }];
    });
  }
  return recordsIn(headers).map((header) => ({
    key: String(header.key ?? ''),
    value: header.value === null || header.value === undefined ? '' : String(header.value),
    ...(header.disabled === true && { disabled: true }),
    ...copyOf(header, ['description']),
  }));
}

function normaliseVariable(variable: JsonRecord): JsonRecord {
  return {
    key: String(variable.key ?? variable.id ?? ''),
    value: variable.value === null || variable.value === undefined ? '' : variable.value,
    ...(variable.disabled === true && { disabled: true }),
  };
}

/** Auth set at this place: null where the document only repeats what is inherited anyway. */
function ownAuth(auth: unknown, inherited: JsonRecord | null): JsonRecord | null {
  const own = normaliseAuth(auth);
  const isCopy = isRecord(auth) && auth.isInherited === true;
  return isCopy && canonicalJson(own) === canonicalJson(inherited) ? null : own;
}

/**
 * Auth as `{type, [type]: [{key, value, type}]}`: v2.0.0 has an object there, v2.1.0 a list, published documentation
 * a list wrapped in `…Config`. Passed on unconverted, the last one would be sent without credentials.
 */
function normaliseAuth(auth: unknown): JsonRecord | null {
  if (!isRecord(auth) || typeof auth.type !== 'string') return null;
  if (auth.type === 'noauth') return { type: 'noauth' };
  const attributes = auth[auth.type];
  const lists = isRecord(attributes)
    ? Object.entries(attributes).filter(([name, value]) => name.endsWith('Config') && Array.isArray(value))
    : [];
  const entries = Array.isArray(attributes)
    ? recordsIn(attributes)
    : lists.length > 0
      ? lists.flatMap(([, list]) => recordsIn(list))
      : Object.entries(isRecord(attributes) ? attributes : {}).map(([key, value]) => ({ key, value }));
  return {
    type: auth.type,
    [auth.type]: entries.map((entry) => ({
      key: String(entry.key ?? ''),
      value: entry.value ?? '',
      type: typeof (entry.value ?? '') === 'string' ? 'string' : 'any',
    })),
  };
}

function events(event: unknown): JsonRecord {
  const kept = recordsIn(event).flatMap((entry) => {
    const script = isRecord(entry.script) ? entry.script : {};
    const exec = typeof script.exec === 'string' ? script.exec.split('\n') : script.exec;
    const lines = Array.isArray(exec) ? exec.map(String) : [];
    if (lines.join('').trim() === '' || entry.disabled === true) return [];
    return [{ listen: entry.listen, script: { type: 'text/javascript', exec: lines } }];
  });
  return kept.length > 0 ? { event: kept } : {};
}

function copyOf(record: JsonRecord, names: readonly string[]): JsonRecord {
  return Object.fromEntries(
    names
      .filter((name) => record[name] !== undefined && record[name] !== null)
      .map((name) => [name, record[name]]),
  );
}
