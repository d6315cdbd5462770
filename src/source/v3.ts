import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type * as Yaml from 'yaml';
import { CollectionFormatError } from '../errors';
import { isRecord, type JsonRecord, recordsIn, stringAt, textOf } from '../json';
import { decodeDocument } from './bytes';

/**
 * A collection as a folder of YAML files (format 3) → a v2.1 document.
 *
 * Shape: `<name>.request.yaml` is a request, a folder is a folder, `.resources/definition.yaml` (or `definition.yaml`) says
 *        what holds for a folder or the collection, and `.resources/<name>.resources/examples/` has saved responses.
 * Source: learning.postman.com, collections schemas 3.0.0, and collections in public repositories.
 * Errors: CollectionFormatError naming every file that is no YAML.
 */
export function readFolder(folder: string): JsonRecord {
  const reader = new FolderReader();
  const definition = reader.definitionOf(folder);
  const items = reader.itemsOf(folder);
  const [first, ...more] = reader.faults;
  if (first !== undefined) {
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    throw new CollectionFormatError(`not YAML: ${first}${others}`, folder, 'correct the files');
  }
  return {
    info: {
      name: stringAt(definition, 'name') ?? basename(folder),
      ...(definition.description !== undefined && { description: definition.description }),
    },
    ...scopeOf(definition),
    variable: pairs(definition.variables),
    item: items,
  };
}

/** Whether a folder holds a collection of format 3. */
export function isCollectionFolder(folder: string): boolean {
  if (DEFINITIONS.some((name) => existsSync(join(folder, name)))) return true;
  // Without a definition its requests lie in it or in a folder of it; any deeper, and every disk would be a collection.
  const entries = readdirSync(folder, { withFileTypes: true });
  const inside = entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .flatMap(({ name }) => namesIn(join(folder, name)));
  return [...entries.map(({ name }) => name), ...inside].some((name) => REQUEST_FILE.test(name));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // What may not be read is not part of it.
    return [];
  }
}

const DEFINITIONS = [
  '.resources/definition.yaml',
  '.resources/definition.yml',
  'definition.yaml',
  'definition.yml',
];
const REQUEST_FILE = /\.request\.ya?ml$/;
const EXAMPLE_FILE = /\.example\.ya?ml$/;

class FolderReader {
  readonly faults: string[] = [];

  definitionOf(folder: string): JsonRecord {
    const file = DEFINITIONS.map((name) => join(folder, name)).find(existsSync);
    return file === undefined ? {} : this.read(file);
  }

  itemsOf(folder: string): JsonRecord[] {
    const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
    const found = entries.flatMap((entry): { order: number; name: string; item: JsonRecord }[] => {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.endsWith('.resources')) {
        const definition = this.definitionOf(path);
        const name = stringAt(definition, 'name') ?? entry.name;
        const inside = this.itemsOf(path);
        const described = definition.description === undefined ? {} : { description: definition.description };
        return [
          {
            order: orderOf(definition),
            name,
            item: { name, ...described, ...scopeOf(definition), item: inside },
          },
        ];
      }
      if (!REQUEST_FILE.test(entry.name)) return [];
      const request = this.read(path);
      const stem = entry.name.replace(REQUEST_FILE, '');
      const name = stringAt(request, 'name') ?? stem;
      return [{ order: orderOf(request), name, item: this.requestItem(request, name, folder, stem) }];
    });
    found.sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
    return found.map(({ item }) => item);
  }

  private requestItem(request: JsonRecord, name: string, folder: string, stem: string): JsonRecord {
    return {
      name,
      ...(isRecord(request.settings) && { protocolProfileBehavior: request.settings }),
      ...eventsOf(request.scripts),
      request: requestOf(request),
      response: this.examplesOf(request, folder, stem),
    };
  }

  private examplesOf(request: JsonRecord, folder: string, stem: string): JsonRecord[] {
    const named = stringAt(request, 'examples');
    const folders = [
      ...(named === undefined ? [] : [join(folder, named)]),
      join(folder, '.resources', `${stem}.resources`, 'examples'),
      join(folder, `${stem}.resources`, 'examples'),
    ];
    const examples = folders.find(existsSync);
    if (examples === undefined) return [];
    const files = readdirSync(examples).filter((name) => EXAMPLE_FILE.test(name));
    const read = files.map((file) => ({ file, example: this.read(join(examples, file)) }));
    read.sort((a, b) => orderOf(a.example) - orderOf(b.example) || (a.file < b.file ? -1 : 1));
    return read.map(({ file, example }) => exampleOf(example, file.replace(EXAMPLE_FILE, '')));
  }

  private read(file: string): JsonRecord {
    const { parse } = require('yaml') as typeof Yaml;
    try {
      const parsed: unknown = parse(decodeDocument(readFileSync(file)).text, { logLevel: 'error' });
      if (isRecord(parsed)) return parsed;
      this.faults.push(`${file} (expected a map)`);
    } catch (cause) {
      const { linePos, message } = cause as Yaml.YAMLParseError;
      const place = linePos?.[0] === undefined ? '' : `:${linePos[0].line}:${linePos[0].col}`;
      this.faults.push(`${file}${place} (${message.split('\n')[0] ?? ''})`);
    }
    return {};
  }
}

function requestOf(request: JsonRecord): JsonRecord {
  const query = pairs(request.queryParams);
  const variable = pairs(request.pathVariables);
  const url = stringAt(request, 'url') ?? '';
  // Parameters stand in the text of the URL or in a list beside it; the list knows more.
  const address = query.length === 0 && variable.length === 0 ? url : { raw: url, query, variable };
  return {
    method: stringAt(request, 'method') ?? 'GET',
    header: pairs(request.headers),
    url: typeof address === 'string' ? address : url,
    ...(typeof address === 'string'
      ? {}
      : { urlObject: { ...(query.length > 0 && { query }), ...(variable.length > 0 && { variable }) } }),
    ...bodyOf(request.body),
    ...authOf(request.auth),
    ...(request.description !== undefined && { description: request.description }),
  };
}

function exampleOf(example: JsonRecord, name: string): JsonRecord {
  const response = isRecord(example.response) ? example.response : example;
  const body = isRecord(response.body) ? response.body : {};
  const content = body.content;
  return {
    name: stringAt(example, 'name') ?? name,
    code: response.statusCode ?? response.code ?? null,
    ...(response.statusText !== undefined && { status: response.statusText }),
    header: pairs(response.headers),
    _postman_previewlanguage: stringAt(body, 'type') ?? 'text',
    body: typeof content === 'string' ? content : content === undefined ? '' : JSON.stringify(content),
    ...(isRecord(example.request) && { originalRequest: requestOf(example.request) }),
  };
}

const LANGUAGES: Readonly<Record<string, string>> = {
  json: 'json',
  xml: 'xml',
  html: 'html',
  javascript: 'javascript',
};

function bodyOf(body: unknown): JsonRecord {
  if (!isRecord(body)) return {};
  const { type, content } = body;
  switch (type) {
    case 'none':
      return {};
    case 'urlencoded':
    case 'formdata':
      return { body: { mode: type, [type]: pairs(content) } };
    case 'file':
    case 'binary':
      return { body: { mode: 'file', file: { src: isRecord(content) ? content.src : content } } };
    case 'graphql':
      return {
        body: { mode: 'graphql', graphql: isRecord(content) ? content : { query: textOf(content) } },
      };
    default: {
      const raw = typeof content === 'string' ? content : JSON.stringify(content ?? '');
      const language = LANGUAGES[textOf(type)] ?? 'text';
      return { body: { mode: 'raw', raw, options: { raw: { language } } } };
    }
  }
}

function authOf(auth: unknown): JsonRecord {
  if (!isRecord(auth) || typeof auth.type !== 'string' || auth.type === 'inherit') return {};
  if (auth.type === 'noauth') return { auth: { type: 'noauth' } };
  return { auth: { type: auth.type, [auth.type]: pairs(auth.credentials) } };
}

/** What a definition says of everything inside it. */
function scopeOf(definition: JsonRecord): JsonRecord {
  return { ...authOf(definition.auth), ...eventsOf(definition.scripts) };
}

function eventsOf(scripts: unknown): JsonRecord {
  const event = recordsIn(scripts).flatMap(({ type, code }) => {
    const kind = textOf(type).replace(/^\w+:/, '');
    const listen = kind === 'beforeRequest' ? 'prerequest' : kind === 'afterResponse' ? 'test' : null;
    if (listen === null || typeof code !== 'string') return [];
    return [{ listen, script: { type: 'text/javascript', exec: code.split('\n') } }];
  });
  return event.length === 0 ? {} : { event };
}

/** A list of names and values, or a map of them. */
function pairs(list: unknown): JsonRecord[] {
  if (Array.isArray(list)) return recordsIn(list);
  if (!isRecord(list)) return [];
  return Object.entries(list).map(([key, value]) => (isRecord(value) ? { key, ...value } : { key, value }));
}

function orderOf(record: JsonRecord): number {
  return typeof record.order === 'number' ? record.order : Number.MAX_SAFE_INTEGER;
}
