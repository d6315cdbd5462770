/**
 * The parts of Postman's own libraries that the typed runner stands on, loaded when the first request needs them.
 *
 * They sign, encode and build bodies exactly as Newman does, because Newman calls the same functions. Their typings
 * leave out what we call, so the few shapes are written down here.
 */

/** What a library gives that we only hand on to another of its functions. */
// biome-ignore lint/suspicious/noExplicitAny: the libraries are untyped JavaScript, and their objects only pass through.
export type SdkObject = any;

/** An auth helper of postman-runtime. Source: postman-runtime, `lib/authorizer/index.js`. */
export interface AuthHandler {
  pre(auth: SdkObject, done: (error: unknown, isReady?: boolean, intermediate?: SdkObject) => void): void;
  init(auth: SdkObject, response: SdkObject, done: (error?: unknown) => void): void;
  sign(auth: SdkObject, request: SdkObject, done: (error?: unknown) => void): void;
  post(auth: SdkObject, response: SdkObject, done: (error: unknown, isAccepted?: boolean) => void): void;
}

/** The request options of postman-runtime that decide about bytes; the rest is about its own client. */
export interface RuntimeOptions {
  /** `auth` is what stands before an `@`, encoded. */
  readonly url: { readonly href: string; readonly host?: string | null; readonly auth?: string | null };
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, unknown>>;
  readonly formData?: readonly { key: string; value: unknown; options?: object }[];
  readonly blacklistHeaders: readonly string[];
}

interface Libraries {
  readonly sdk: SdkObject;
  readonly handlerOf: (type: string) => AuthHandler | undefined;
  readonly authInterface: (auth: SdkObject, behavior: object) => SdkObject;
  readonly resolveVariables: (context: SdkObject, payload: SdkObject) => void;
  /** Adds the type of the body to the headers. */
  readonly requestBody: (request: SdkObject, behavior: object) => unknown;
  readonly requestOptions: (request: SdkObject, behavior: object) => RuntimeOptions;
}

let loaded: Libraries | null = null;

/** Loads them once. */
export function postmanLibraries(): Libraries {
  if (loaded !== null) return loaded;
  const core = require('postman-runtime/lib/requester/core') as {
    getRequestBody(request: SdkObject, behavior: object): unknown;
    getRequestOptions(request: SdkObject, options: object, behavior: object): RuntimeOptions;
  };
  loaded = {
    sdk: require('postman-collection'),
    // Loaded with the first request that has auth: what signs tokens is a third of all of this.
    handlerOf: (type) => {
      const { AuthLoader } = require('postman-runtime/lib/authorizer/index') as {
        AuthLoader: { getHandler(type: string): AuthHandler | undefined };
      };
      return AuthLoader.getHandler(type);
    },
    authInterface: require('postman-runtime/lib/authorizer/auth-interface'),
    resolveVariables: (require('postman-runtime/lib/runner/util') as SdkObject).resolveVariables,
    requestBody: (request, behavior) => core.getRequestBody(request, behavior),
    requestOptions: (request, behavior) =>
      core.getRequestOptions(
        request,
        { useWhatWGUrlParser: true, keepAlive: true, implicitCacheControl: true, implicitTraceHeader: true },
        behavior,
      ),
  };
  return loaded;
}
