import type * as HtmlParser from 'htmlparser2';
import { urlOf } from '../url';

/** What the page of published documentation says of its collection. */
export interface PublishedPage {
  readonly owner?: string;
  readonly publishedId?: string;
  readonly versionTag?: string;
  /** The address of the collection's JSON, where the page names it. */
  readonly address?: string;
}

/**
 * Reads the meta tags and links of a page of published documentation, on whatever domain it is.
 *
 * Shape: an empty object where the page is something else.
 */
export function readPage(html: string, address: string): PublishedPage {
  const metas = new Map<string, string>();
  const links: string[] = [];
  const { Parser } = require('htmlparser2') as typeof HtmlParser;
  const parser = new Parser({
    onopentag(name, { name: key, content, href }) {
      if (name === 'meta' && key !== undefined && content) metas.set(key.toLowerCase(), content);
      if (name === 'link' && href) links.push(href);
    },
  });
  parser.end(html);
  const collection = links
    .flatMap((href) => urlOf(href, address) ?? [])
    .find(({ pathname }) => /\/api\/collections\/\d+\/[^/]+$/.test(pathname));
  const owner = metas.get('ownerid');
  const publishedId = metas.get('publishedid');
  const versionTag = metas.get('versiontagid');
  return {
    ...(owner !== undefined && { owner }),
    ...(publishedId !== undefined && { publishedId }),
    ...(versionTag !== undefined && { versionTag }),
    ...(collection !== undefined && { address: collection.href }),
  };
}

/** Whether a text is a page and no JSON. */
export function isPage(text: string): boolean {
  return /^\s*(<!doctype|<html|<\?xml|<!--|<head|<body)/i.test(text.slice(0, 1000));
}
