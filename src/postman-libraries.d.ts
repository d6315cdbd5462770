// Two small Postman libraries ship without types; these are the parts that we call.
declare module 'postman-url-encoder' {
  export function toNodeUrl(url: string): {
    protocol: string | null;
    host: string | null;
    path: string | null;
  };
}
