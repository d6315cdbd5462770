import type { CollectionRequest, QueryParameter } from '../collection/model';
import { variablesIn } from '../variables/resolve';

/** The variables a request's URL, headers, body and auth stand on; disabled parts need nothing. */
export function needsOf(request: CollectionRequest): string[] {
  const { url, headers, body, auth } = request;
  const texts = [
    url.protocol ?? '',
    ...url.host,
    url.port ?? '',
    ...url.path,
    ...pairs(url.query),
    ...pairs(url.variable),
    ...pairs(headers),
    ...Object.values(auth?.parameters ?? {}),
  ];
  if (body?.mode === 'raw') texts.push(body.raw);
  if (body?.mode === 'urlencoded') texts.push(...pairs(body.urlencoded));
  if (body?.mode === 'graphql') texts.push(body.query, body.variables);
  const setBefore = new Set(scriptYields(request, 'prerequest'));
  return [...new Set(texts.flatMap(variablesIn))].filter((name) => !setBefore.has(name));
}

/** The variables that a request's scripts set under a literal name. */
export function scriptYields(request: CollectionRequest, listen?: 'prerequest' | 'test'): string[] {
  const setter = /(?:\.set|\.set(?:Environment|Global)Variable)\(\s*(['"`])([^'"`]+)\1/g;
  return request.scripts
    .filter((script) => listen === undefined || script.listen === listen)
    .flatMap(({ source }) => [...source.matchAll(setter)].map((match) => match[2] ?? ''));
}

function pairs(list: readonly QueryParameter[]): string[] {
  return list.filter(({ disabled }) => disabled !== true).flatMap(({ key, value }) => [key, value ?? '']);
}
