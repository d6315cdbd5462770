import { CollectionFormatError } from '../errors';
import { isRecord, isTooDeep, type JsonRecord, jsonType, recordsIn, textOf } from '../json';
import { describe } from './descriptions';
import { normaliseAuth, ownAuth } from './normalise-auth';
import { normaliseBody } from './normalise-body';
import { normaliseUrl } from './normalise-url';
import { Notes } from './notes';
import { putHostsBack } from './retemplate';
import { convertV1, isV1 } from './v1';
import { ofType } from './variables';

const SCHEMA_V21 = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/**
 * Makes one v2.1 document of what Postman exports or publishes: v1, v2.0.0, v2.1.0, the API envelope and the dialect of
 * published documentation. Normalising twice changes nothing.
 *
 * `notes` hears what was changed and what is odd.
 * Errors: CollectionFormatError that lists every fault with its JSON Pointer.
 */
export function normalise(json: unknown, file: string, notes: Notes = new Notes()): JsonRecord {
  if (isTooDeep(json)) {
    throw new CollectionFormatError('nested too deeply', file, 'give a collection that Postman has written');
  }
  const isEnvelope = isRecord(json) && isRecord(json.collection) && json.item === undefined;
  if (isEnvelope) notes.changed('api-envelope');
  const given = isEnvelope ? json.collection : json;
  if (!isRecord(given)) throw new CollectionFormatError('not a collection', file, 'expected a JSON object');
  const root = isV1(given) ? convertV1(given, file, notes) : given;
  return new Normaliser(file, notes, isPublished(root)).document(root);
}

/** Whether a document is in the dialect of published documentation, whatever its label says. */
function isPublished(root: JsonRecord): boolean {
  return (isRecord(root.info) && root.info.publishedId !== undefined) || hasUrlObject(root.item);
}

function hasUrlObject(items: unknown): boolean {
  return recordsIn(items).some(
    ({ item, request }) => hasUrlObject(item) || (isRecord(request) && isRecord(request.urlObject)),
  );
}

const PAGE_PROPERTIES = ['toc', 'customColor', 'public'];

class Normaliser {
  readonly #faults: string[] = [];

  constructor(
    private readonly file: string,
    private readonly notes: Notes,
    private readonly published: boolean,
  ) {}

  document(root: JsonRecord): JsonRecord {
    if (!Array.isArray(root.item)) {
      if (!isRecord(root.info))
        this.#faults.push('/info: expected an object with the name of the collection');
      this.#faults.push('/item: expected a list of requests and folders');
    }
    // Requests are what makes a collection; without `info`, Newman takes the name beside them.
    if (!isRecord(root.info))
      this.notes.warn('/info', 'is no object, so the collection says little of itself');
    const info: JsonRecord = isRecord(root.info) ? root.info : copyOf(root, ['name']);
    this.notes.changed('presentation', PAGE_PROPERTIES.filter((name) => info[name] !== undefined).length);
    const auth = normaliseAuth(root.auth, this.notes);
    const document: JsonRecord = {
      info: {
        ...copyOf(info, ['_postman_id']),
        name: typeof info.name === 'string' ? info.name : 'unnamed',
        ...this.#description(info),
        schema: SCHEMA_V21,
      },
      item: this.#items(root.item, '/item', auth),
      ...(auth !== null && { auth }),
      ...this.#events(root.event, '/event'),
      ...(Array.isArray(root.variable) && { variable: recordsIn(root.variable).map(normaliseVariable) }),
      ...copyOf(root, ['protocolProfileBehavior']),
    };
    this.#refuse();
    if (this.published) putHostsBack(document, this.notes);
    return document;
  }

  #refuse(): void {
    if (this.#faults.length === 0) return;
    throw new CollectionFormatError('not a collection', this.file, 'correct the document', {
      faults: this.#faults,
    });
  }

  #items(items: unknown, at: string, inherited: JsonRecord | null): JsonRecord[] {
    if (!Array.isArray(items)) return [];
    return items.flatMap((item: unknown, index) => this.#item(item, `${at}/${index}`, inherited));
  }

  #item(item: unknown, here: string, inherited: JsonRecord | null): JsonRecord[] {
    if (!isRecord(item)) {
      this.#faults.push(`${here}: expected a request or a folder, found ${jsonType(item)}`);
      return [];
    }
    const isFolder = isSet(item.item) || (!isSet(item.request) && isEmptyFolder(item));
    if (!isFolder && !isSet(item.request)) {
      this.#faults.push(`${here}: expected "request" or "item"`);
      return [];
    }
    if (isSet(item.item) && !Array.isArray(item.item)) {
      this.#faults.push(
        `${here}/item: expected a list of requests and folders, found ${jsonType(item.item)}`,
      );
      return [];
    }
    const shared = merged(
      copyOf(item, ['id', 'name']),
      this.#description(item),
      copyOf(item, ['protocolProfileBehavior']),
      this.#events(item.event, `${here}/event`),
    );
    if (typeof item.name !== 'string') this.notes.warn(here, 'has no name');
    if (isFolder) {
      const own = ownAuth(item.auth, inherited, this.notes);
      const inside = this.#items(item.item, `${here}/item`, own ?? inherited);
      return [merged(shared, { item: inside }, own === null ? {} : { auth: own })];
    }
    const request = this.#request(item.request, `${here}/request`, inherited);
    const response = this.#examples(item.response, `${here}/response`);
    return [merged(shared, { request, response })];
  }

  #request(request: unknown, here: string, inherited: JsonRecord | null): JsonRecord {
    // Collection format: a request may be only its URL.
    if (!isRecord(request)) return { method: 'GET', header: [], url: this.#url(request, undefined, here) };
    const auth = ownAuth(request.auth, inherited, this.notes);
    const body = normaliseBody(request.body);
    if (isSet(request.body) && !isRecord(request.body) && body === null) {
      this.notes.warn(`${here}/body`, `is ${jsonType(request.body)} and no object; nothing is sent`);
    }
    if (isSet(request.method) && typeof request.method !== 'string') {
      this.notes.warn(`${here}/method`, `is ${jsonType(request.method)} and no text; GET is sent`);
    }
    return {
      method: typeof request.method === 'string' && request.method !== '' ? request.method : 'GET',
      header: this.#headers(request.header, `${here}/header`),
      ...(body !== null && { body }),
      url: this.#url(request.url, request.urlObject, here),
      ...(auth !== null && { auth }),
      ...this.#description(request),
    };
  }

  #url(url: unknown, urlObject: unknown, here: string): JsonRecord {
    if (isRecord(urlObject)) this.notes.changed('url-object');
    else if (typeof url === 'string' && url !== '') this.notes.changed('url-text');
    const normalised = normaliseUrl(url, urlObject);
    normalised.variable = recordsIn(normalised.variable).map((variable) => this.#pathVariable(variable));
    if (normalised.raw === '') this.notes.warn(`${here}/url`, 'there is no URL, so it cannot be sent');
    if (!this.published) return normalised;
    return {
      ...normalised,
      ...this.#parameters(normalised, 'query'),
      ...this.#parameters(normalised, 'variable'),
    };
  }

  /**
   * A path variable without a value takes that of the variable of the same name: an empty segment is another address,
   * and without this nobody but an editor of the collection could fill it.
   */
  #pathVariable(variable: JsonRecord): JsonRecord {
    const isEmpty = variable.value === '' || variable.value === null;
    if (!isEmpty || variable.key === '') return variable;
    this.notes.changed('path-variable');
    return { ...variable, value: `{{${textOf(variable.key)}}}` };
  }

  /** Parameters have descriptions of their own, which are HTML too. */
  #parameters(url: JsonRecord, name: 'query' | 'variable'): JsonRecord {
    const list = recordsIn(url[name]).map(({ description, ...entry }) => ({
      ...entry,
      ...describe(description, true, this.notes),
    }));
    return { [name]: list };
  }

  #examples(responses: unknown, here: string): JsonRecord[] {
    if (isSet(responses) && !Array.isArray(responses)) {
      this.notes.warn(here, `is ${jsonType(responses)} and no list; there are no examples`);
    }
    return recordsIn(responses).map((response, index) => this.#example(response, `${here}/${index}`));
  }

  #example(response: JsonRecord, here: string): JsonRecord {
    const isText = typeof response.code === 'string';
    const code = isText ? Number(response.code) : response.code;
    if (isText) this.notes.changed('example-code');
    const isCode = typeof code === 'number' && Number.isInteger(code) && code >= 100 && code <= 599;
    if (isSet(response.code) && !isCode) {
      this.notes.warn(
        `${here}/code`,
        `${JSON.stringify(response.code)} is no status, so it says nothing of one`,
      );
    }
    const { originalRequest } = response;
    return merged(
      copyOf(response, ['id', 'name']),
      isRecord(originalRequest) ? { originalRequest: this.#request(originalRequest, here, null) } : {},
      copyOf(response, ['status']),
      { code: isCode ? code : null },
      copyOf(response, ['_postman_previewlanguage']),
      {
        header: this.#headers(response.header, `${here}/header`),
        cookie: [],
        body: typeof response.body === 'string' ? response.body : '',
      },
    );
  }

  #headers(headers: unknown, here: string): JsonRecord[] {
    if (typeof headers === 'string') {
      if (headers.trim() !== '') this.notes.changed('headers-text');
      return headers.split(/\r?\n/).flatMap((line) => {
        const colon = line.indexOf(':');
        return colon < 1 ? [] : [{ key: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }];
      });
    }
    if (isSet(headers) && !Array.isArray(headers) && !isRecord(headers)) {
      this.notes.warn(here, `is ${jsonType(headers)} and no list; there are no headers`);
    }
    const list = isRecord(headers)
      ? Object.entries(headers).map(([key, value]) => ({ key, value }))
      : headers;
    return recordsIn(list).map((header) => ({
      key: textOf(header.key),
      value: header.value === null || header.value === undefined ? '' : textOf(header.value),
      ...(header.disabled === true && { disabled: true }),
      ...this.#description(header),
    }));
  }

  #events(event: unknown, here: string): JsonRecord {
    // One event may stand for itself, and a script may be its text alone.
    const entries = recordsIn(isRecord(event) ? [event] : event);
    const kept = entries.flatMap((entry) => {
      const { script } = entry;
      const source = isRecord(script) ? script.exec : script;
      const exec = typeof source === 'string' ? source.split('\n') : source;
      const lines = Array.isArray(exec) ? exec.map(textOf) : [];
      if (lines.join('').trim() === '' || entry.disabled === true) return [];
      return [{ listen: entry.listen, script: { type: 'text/javascript', exec: lines } }];
    });
    this.notes.changed('script-empty', entries.length - kept.length);
    if (isSet(event) && !Array.isArray(event) && !isRecord(event)) {
      this.notes.warn(here, `is ${jsonType(event)} and no list; there are no scripts`);
    }
    return kept.length > 0 ? { event: kept } : {};
  }

  #description(holder: JsonRecord): JsonRecord {
    return describe(holder.description, this.published, this.notes);
  }
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

function normaliseVariable(variable: JsonRecord): JsonRecord {
  return {
    key: textOf(variable.key ?? variable.id),
    // Of the type that is written beside it, which so need not stand there.
    ...(variable.value !== undefined && { value: ofType(variable.value, variable.type) }),
    ...(variable.disabled === true && { disabled: true }),
  };
}

/**
 * The parts in one object. Node 20 keeps a description of its own for every object that a literal begins to make by spreading
 * another one; what is assigned shares its description with all that look the same.
 */
function merged(...parts: readonly JsonRecord[]): JsonRecord {
  return Object.assign({}, ...parts);
}

function copyOf(record: JsonRecord, names: readonly string[]): JsonRecord {
  const copy: JsonRecord = {};
  for (const name of names) if (isSet(record[name])) copy[name] = record[name];
  return copy;
}
