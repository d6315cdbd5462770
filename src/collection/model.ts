import type { Notes } from './notes';

/** A name and value as Postman keeps headers, parameters and variables; disabled ones are kept, never sent. */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
  readonly disabled?: true;
}

/** A query parameter; `null` is a bare name, `?a` and not `?a=`. */
export interface QueryParameter extends Omit<KeyValue, 'value'> {
  readonly value: string | null;
}

/** A URL with its variables still in it. Source: Collection format v2.1.0, `url`. */
export interface UrlTemplate {
  readonly raw: string;
  readonly protocol?: string;
  /** What stands before an `@`. */
  readonly auth?: { readonly user?: string; readonly password?: string };
  readonly host: readonly string[];
  readonly port?: string;
  readonly path: readonly string[];
  readonly query: readonly QueryParameter[];
  /** Values of `:name` path segments. */
  readonly variable: readonly KeyValue[];
  readonly hash?: string;
}

/** A field of a form with several parts: a text, or the paths of the files that are its value. */
export interface FormField extends KeyValue {
  readonly src: readonly string[];
}

/** A body by mode. Source: Collection format v2.1.0, `request.body`. */
export type BodyTemplate =
  | { readonly mode: 'raw'; readonly raw: string; readonly language?: string }
  | { readonly mode: 'urlencoded'; readonly urlencoded: readonly KeyValue[] }
  | {
      readonly mode: 'graphql';
      readonly query?: string;
      readonly variables: string;
      readonly operationName?: string;
    }
  | { readonly mode: 'formdata'; readonly formdata: readonly FormField[] }
  | { readonly mode: 'file'; readonly src: string };

/** The effective authentication of a request; `noauth` means explicitly none. */
export interface AuthTemplate {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A saved response of a request. `code` is null where the document does not say. */
export interface Example {
  readonly name: string;
  readonly code: number | null;
  readonly headers: readonly KeyValue[];
  readonly body: string;
}

/** A script as pinned, with the place it stands at. */
export interface ScriptSource {
  readonly listen: 'prerequest' | 'test';
  readonly pointer: string;
  readonly source: string;
}

/** One request of the collection, with everything it inherits from its folders already in it. */
export interface CollectionRequest {
  readonly key: string;
  /** The item's own id, by which scripts may name it, or one that no script can know. */
  readonly id: string;
  readonly name: string;
  /** Folder names from the outermost to the innermost. */
  readonly folder: readonly string[];
  /** JSON Pointer of the item in the normalised document. */
  readonly pointer: string;
  readonly method: string;
  readonly url: UrlTemplate;
  readonly headers: readonly KeyValue[];
  readonly body: BodyTemplate | null;
  readonly auth: AuthTemplate | null;
  readonly examples: readonly Example[];
  /** Collection, folder and request scripts in Postman's order. */
  readonly scripts: readonly ScriptSource[];
  readonly behavior: Readonly<Record<string, unknown>>;
}

/** A collection in v2.1 meaning, ready to be planned. */
export interface Collection {
  /** The short name that file and folder names are made of, such as `starter-pack`. */
  readonly id: string;
  readonly name: string;
  readonly variables: readonly KeyValue[];
  readonly requests: readonly CollectionRequest[];
  /** The normalised v2.1 document. Runners work on copies of it, never on this one. */
  readonly document: Readonly<Record<string, unknown>>;
  /** SHA-256 of the normalised document, in hexadecimal. */
  readonly sha256: string;
  /** What normalising changed, and what it found odd. */
  readonly notes: Notes;
}

/** The first value of an enabled header of this name, whatever its case. */
export function headerOf(headers: readonly KeyValue[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(({ key, disabled }) => disabled !== true && key.toLowerCase() === wanted)?.value;
}

/** The scripts of a request that say something: its own, and those of its folders and its collection; of one event, or all. */
export function scriptsOf(
  { scripts }: CollectionRequest,
  listen?: ScriptSource['listen'],
): readonly ScriptSource[] {
  return scripts.filter(
    (script) => script.source.trim() !== '' && (listen === undefined || script.listen === listen),
  );
}
