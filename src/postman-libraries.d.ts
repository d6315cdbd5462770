// Small Postman libraries ship without types; these are the parts that we call.
declare module 'postman-url-encoder' {
  export function toNodeUrl(url: string): {
    protocol: string | null;
    host: string | null;
    path: string | null;
    href: string;
  };
  export function resolveNodeUrl(base: string, relative: string): string;
}

declare module 'postman-collection-transformer' {
  export function convert(
    collection: unknown,
    options: { inputVersion: string; outputVersion: string; retainIds: boolean },
    done: (error: unknown, result: unknown) => void,
  ): void;
}
