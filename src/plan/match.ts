import type { CollectionRequest } from '../collection/model';
import { isRecord } from '../json';
import { decoded } from '../percent';

/** A request as a server received it. */
export interface Received {
  readonly method: string;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: string;
}

/** How well a request of the collection fits, part by part; the higher the better. */
export interface Match {
  readonly request: CollectionRequest;
  /** Path segments that are literally equal, and those that a variable stands for. */
  readonly literal: number;
  readonly variable: number;
  /** Part of the documented query parameters and of the body that were sent, from 0 to 1. */
  readonly query: number;
  readonly body: number;
}

/** Every request of a collection that a received one may be, the best first; equal ones in collection order. */
export function matchesOf(requests: readonly CollectionRequest[], received: Received): Match[] {
  return requests.flatMap((request) => matchOf(request, received) ?? []).sort(compare);
}

/** Which of two fits better: the more literal path, what was sent as it stands, what has an example, the nearer rest. */
export function compare(a: Match, b: Match): number {
  const isExact = ({ query, body }: Match) => Number(query === 1 && body === 1);
  const isDocumented = ({ request }: Match) => Number(request.examples.length > 0);
  return (
    b.literal - a.literal ||
    a.variable - b.variable ||
    isExact(b) - isExact(a) ||
    isDocumented(b) - isDocumented(a) ||
    b.query - a.query ||
    b.body - a.body
  );
}

function matchOf(request: CollectionRequest, received: Received): Match | null {
  if (request.method !== received.method) return null;
  const path = pathOf(received.path, request);
  if (path === null) return null;
  return { request, ...path, query: queryOf(request, received.query), body: bodyOf(request, received.body) };
}

/** A path with its literal segments decoded; a variable segment is what fits it. */
interface PathTemplate {
  readonly parts: readonly (string | RegExp)[];
  /** A variable at the front of a URL may stand for a base path too, so that more may come before. */
  readonly mayHaveBase: boolean;
}

const TEMPLATES = new WeakMap<CollectionRequest, PathTemplate>();

function templateOf(request: CollectionRequest): PathTemplate {
  const known = TEMPLATES.get(request);
  if (known !== undefined) return known;
  const parts = request.url.path
    .map((part) => decoded(part))
    .map((part) => (part.startsWith(':') ? /^/ : part.includes('{{') ? patternOf(part) : part));
  const template = { parts, mayHaveBase: request.url.host.some((part) => part.includes('{{')) };
  TEMPLATES.set(request, template);
  return template;
}

function pathOf(
  given: readonly string[],
  request: CollectionRequest,
): { literal: number; variable: number } | null {
  const { parts, mayHaveBase } = templateOf(request);
  const extra = given.length - parts.length;
  if (extra < 0 || (extra > 0 && !mayHaveBase)) return null;
  let literal = 0;
  let variable = 0;
  for (const [index, part] of parts.entries()) {
    const value = given[extra + index] ?? '';
    if (part === value) literal += 1;
    else if (typeof part !== 'string' && part.test(value)) variable += 1;
    else return null;
  }
  return { literal, variable: variable + extra };
}

/** `{{a}}.json` fits `x.json`. */
function patternOf(template: string): RegExp {
  const pieces = template
    .split(/\{\{[^{}]*\}\}/)
    .map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('.*')}$`, 's');
}

function templateFits(template: string, value: string): boolean {
  return template.startsWith(':') || patternOf(template).test(value);
}

function queryOf({ url }: CollectionRequest, query: URLSearchParams): number {
  const wanted = url.query.filter(({ disabled }) => disabled !== true);
  if (wanted.length === 0) return query.size === 0 ? 1 : 0.5;
  const fitting = wanted.filter(({ key, value }) =>
    query.getAll(key).some((given) => value === null || value === given || templateFits(value, given)),
  );
  return fitting.length / Math.max(wanted.length, query.size);
}

function bodyOf({ body }: CollectionRequest, text: string): number {
  if (body === null) return text === '' ? 1 : 0;
  if (body.mode === 'graphql') return text.includes(JSON.stringify(body.query).slice(1, -1)) ? 1 : 0;
  if (body.mode === 'urlencoded') {
    const given = new URLSearchParams(text);
    const wanted = body.urlencoded.filter(({ disabled }) => disabled !== true);
    if (wanted.length === 0) return given.size === 0 ? 1 : 0;
    const fitting = wanted.filter(({ key, value }) =>
      given.getAll(key).some((one) => templateFits(value, one)),
    );
    return fitting.length / Math.max(wanted.length, given.size);
  }
  if (body.mode !== 'raw') return text === '' ? 0 : 0.5;
  return body.raw === text ? 1 : jsonFit(body.raw, text);
}

/** The part of the leaves of two JSON texts that are equal; a variable fits any. */
function jsonFit(template: string, text: string): number {
  try {
    const wanted = leavesOf(
      JSON.parse(template.replace(/(?<=[:[,]\s*)\{\{[^{}]+\}\}(?=\s*[,\]}])/g, '"{{bare}}"')),
      '',
    );
    const given = new Map(leavesOf(JSON.parse(text), ''));
    if (wanted.length === 0) return given.size === 0 ? 1 : 0;
    const fitting = wanted.filter(([pointer, value]) => {
      const other = given.get(pointer);
      return other !== undefined && (value === other || (value.includes('{{') && templateFits(value, other)));
    });
    return fitting.length / Math.max(wanted.length, given.size);
  } catch {
    return templateFits(template, text) ? 0.9 : 0;
  }
}

function leavesOf(value: unknown, pointer: string): [pointer: string, leaf: string][] {
  if (Array.isArray(value)) return value.flatMap((inner, index) => leavesOf(inner, `${pointer}/${index}`));
  if (isRecord(value))
    return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, `${pointer}/${name}`));
  return [[pointer, typeof value === 'string' ? value : JSON.stringify(value)]];
}
