import { readFileSync } from 'node:fs';
import * as querystring from 'node:querystring';
import type { Collection, CollectionRequest } from '../../collection/model';
import { RequestError } from '../../errors';
import { type Header, headerValue, type SentRequest } from '../../exchange/exchange';
import { isRecord, type JsonRecord } from '../../json';
import { getPointer } from '../../json-pointer';
import { urlOf } from '../../url';
import type { VariableScope } from '../../variables/scope';
import { fileInside } from '../files';
import { atTarget, withoutEmptyPath } from '../target';
import { formText, withFormType, withoutComments } from './body-text';
import { postmanLibraries, type RuntimeOptions, type SdkObject } from './postman-libraries';
import { NAME_AND_VERSION } from './send';

/** Nothing can be sent, by nobody: test scripts run nevertheless, as in Newman. */
export class NoAddressError extends RequestError {}

/** A request of the collection as Postman's own objects: before its variables are filled in. */
export interface PostmanItem {
  readonly item: SdkObject;
  readonly auth: SdkObject | null;
  readonly behavior: Readonly<Record<string, unknown>>;
}

/** The request of the pin, with what it inherits. It is made anew for each run of it: scripts may change it. */
export function postmanItem(
  collection: Collection,
  request: CollectionRequest,
  target: string | null,
): PostmanItem {
  const { sdk } = postmanLibraries();
  const pinned = getPointer(collection.document, request.pointer);
  const { request: template, name } = (isRecord(pinned) ? pinned : {}) as JsonRecord;
  const json = structuredClone(isRecord(template) ? template : {}) as JsonRecord;
  if (isRecord(json.url)) json.url = withoutEmptyPath(json.url);
  if (target !== null && isRecord(json.url)) json.url = atTarget(json.url, target);
  // A flow may send another body than the pinned one.
  if (request.body?.mode === 'raw') json.body = { ...(json.body as object), raw: request.body.raw };
  const auth = authJson(collection.document, request.pointer);
  return {
    item: new sdk.Item({ id: request.id, name, request: json }),
    auth: auth === null ? null : new sdk.RequestAuth(auth),
    behavior: request.behavior,
  };
}

/** The name of an item as the collection writes it, spaces and all; what has none has none. */
export function nameOf({ document }: Collection, { pointer }: CollectionRequest): string | undefined {
  const item = getPointer(document, pointer);
  return (isRecord(item) && typeof item.name === 'string' && item.name) || undefined;
}

/** The nearest auth above a request, with the types of its parameters, which the model has as texts. */
function authJson(document: unknown, pointer: string): JsonRecord | null {
  const nearest = getPointer(document, `${pointer}/request/auth`);
  if (isRecord(nearest) && typeof nearest.type === 'string') return nearest;
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/item/'))) {
    const auth = getPointer(document, `${at}/auth`);
    if (isRecord(auth) && typeof auth.type === 'string') return auth;
    if (at === '') return null;
  }
}

/** Takes over what a pre-request script may change of a request. Source: postman-runtime, `item.command.js`. */
export function takeOver({ item, auth, behavior }: PostmanItem, changed: SdkObject): PostmanItem {
  const { sdk } = postmanLibraries();
  const request = new sdk.Request(changed);
  for (const property of ['url', 'method', 'headers', 'body']) item.request[property] = request[property];
  // What is inherited is not in the request that a script sees.
  return { item, auth: request.auth ?? auth, behavior };
}

/** Fills in the variables: a copy, which can be signed. */
export function resolved({ item, auth, behavior }: PostmanItem, scope: VariableScope): PostmanItem {
  const { sdk, resolveVariables } = postmanLibraries();
  const context = { item, auth };
  const { locals, environment, collection, globals } = scope.scopes();
  resolveVariables(context, {
    _variables: new sdk.VariableScope(locals),
    data: scope.values('data'),
    environment: new sdk.VariableScope(environment),
    collectionVariables: new sdk.VariableScope(collection),
    globals: new sdk.VariableScope(globals),
  });
  return { item: context.item, auth: context.auth, behavior };
}

/**
 * Resolved and signed → the request as it goes over the wire.
 *
 * Errors: RequestError for a URL or a file that cannot be read.
 */
export function wireRequest(
  request: SdkObject,
  behavior: Readonly<Record<string, unknown>>,
  key: string,
  directory: string,
): SentRequest {
  const { requestOptions } = postmanLibraries();
  const { body } = request;
  if (body?.mode === 'raw' && typeof body.raw === 'string') {
    body.raw = withoutComments(body.raw, body.options?.raw?.language, request.headers.get('content-type'));
  }
  loadFiles(request, key, directory);
  const options = requestOptions(request, behavior);
  const url = String(options.url.href);
  // Newman shows scripts the address as it is sent.
  request.url.update(url);
  if (urlOf(url) === null || !options.url.host) {
    throw new NoAddressError('the request has no URL that can be read', key, 'correct it in the collection');
  }
  const omitted = new Set(options.blacklistHeaders);
  const headers = asSet(options.headers)
    .filter(([name]) => !omitted.has(name.toLowerCase()))
    .map(([name, value]): Header => [name, isNewmansName(name, value) ? NAME_AND_VERSION : value])
    .filter(([name]) => name !== 'Postman-Token' || hasOwnToken(request));
  const { auth } = options.url;
  if (auth && headerValue(headers, 'authorization') === undefined) {
    // A user alone has an empty password.
    const pair = querystring.unescape(auth.includes(':') ? auth : `${auth}:`);
    headers.push(['Authorization', `Basic ${Buffer.from(pair).toString('base64')}`]);
  }
  return {
    method: String(request.method).toUpperCase(),
    url,
    ...withBody(options, headers, fileOf(request)),
  };
}

/** Headers as Node sets them: of names that differ in case alone, the last one stands, at the place of the first. */
function asSet(given: Readonly<Record<string, unknown>>): Header[] {
  const set = new Map<string, Header[]>();
  for (const [name, value] of Object.entries(given)) {
    const lines = [value].flat().map((one): Header => [name, String(one)]);
    set.set(name.toLowerCase(), lines);
  }
  return [...set.values()].flat();
}

function isNewmansName(name: string, value: string): boolean {
  return name === 'User-Agent' && value.startsWith('PostmanRuntime/');
}

function hasOwnToken(request: SdkObject): boolean {
  const header = request.headers.one('postman-token');
  return header !== undefined && header.system !== true;
}

function withBody(
  options: RuntimeOptions,
  headers: Header[],
  file: string | null,
): Pick<SentRequest, 'headers' | 'body' | 'bytes'> {
  if (options.form !== undefined) {
    return {
      headers: withFormType(headers, 'application/x-www-form-urlencoded'),
      body: formText(fieldsOf(options.form)),
    };
  }
  if (options.formData !== undefined) {
    const FormData = require('@postman/form-data') as new (options: object) => SdkObject;
    const written = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
    const [, quoted, bare] = /^multipart\/form-data;.*boundary=(?:"([^"]+)"|([^;]+))/.exec(written) ?? [];
    const form = new FormData({ _boundary: quoted ?? bare });
    for (const { key, value, options: details } of options.formData) form.append(key, value, details);
    const bytes: Buffer = form.getBuffer();
    return {
      headers: withFormType(headers, `multipart/form-data; boundary=${form.getBoundary()}`),
      body: bytes.toString('utf8'),
      bytes,
    };
  }
  if (Buffer.isBuffer(options.body)) {
    const typed = file === null ? headers : withFileType(headers, file, options.body.byteLength);
    return { headers: typed, body: options.body.toString('utf8'), bytes: options.body };
  }
  return { headers, body: typeof options.body === 'string' ? options.body : '' };
}

/** What repeats is a list by now. */
function fieldsOf(form: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(form).flatMap(([name, value]) =>
    [value]
      .flat()
      .map((one): [string, string] => [name, one === undefined || one === null ? '' : String(one)]),
  );
}

/** The path of the file that is the whole body. */
function fileOf({ body }: SdkObject): string | null {
  return body?.mode === 'file' && body.file?.src ? String(body.file.src) : null;
}

/** Newman's client names the type of a file that it streams by the file's name, after its length. */
function withFileType(headers: readonly Header[], file: string, bytes: number): readonly Header[] {
  if (headerValue(headers, 'content-type') !== undefined) return headers;
  const length: readonly Header[] =
    headerValue(headers, 'content-length') === undefined ? [['Content-Length', String(bytes)]] : [];
  return [...headers, ...length, ['Content-Type', typeOf(file)]];
}

function typeOf(file: string): string {
  const { lookup } = require('mime-types') as { lookup(path: string): string | false };
  return lookup(file) || 'application/octet-stream';
}

/** Reads the files of a body. */
function loadFiles(request: SdkObject, key: string, directory: string): void {
  const { body } = request;
  const read = (src: unknown): Buffer => {
    const file = fileInside(directory, String(src));
    if (file === null) {
      throw new RequestError('a file outside of the working directory', `${key}: ${src}`, 'put it inside');
    }
    try {
      return readFileSync(file);
    } catch (cause) {
      throw new RequestError('cannot read the file of the body', `${key}: ${src}`, 'put it there', { cause });
    }
  };
  if (body?.mode === 'file' && body.file !== undefined && !body.disabled) {
    const { src, content } = body.file;
    body.file.content = src ? read(src) : Buffer.from(String(content ?? ''), 'base64');
  }
  if (body?.mode !== 'formdata') return;
  const { sdk } = postmanLibraries();
  for (const field of body.formdata.all().filter((one: SdkObject) => one.type === 'file' && !one.disabled)) {
    const sources = [field.src ?? []].flat();
    for (const src of sources) {
      const json = field.toJSON();
      const fileName = json.fileName ?? String(src).split(/[/\\]/).at(-1);
      // Another name does not make it a file of another type.
      const contentType = json.contentType ?? (json.fileName === undefined ? undefined : typeOf(String(src)));
      const part = { ...json, src, value: undefined, fileName, contentType };
      const added = new sdk.FormParam(part);
      added.value = read(src);
      body.formdata.insert(added, field);
    }
    if (sources.length > 0) body.formdata.remove(field);
  }
}
