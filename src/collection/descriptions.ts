import type TurndownService from 'turndown';
import { isRecord, type JsonRecord } from '../json';
import type { Notes } from './notes';

/**
 * A description as text: a string, or an object around it. In published documentation it is HTML, which becomes
 * Markdown again.
 */
export function describe(description: unknown, isHtml: boolean, notes: Notes): JsonRecord {
  const content = isRecord(description) ? description.content : description;
  if (typeof content !== 'string' || content === '') return {};
  if (!isHtml || !/<[a-z][^>]*>/i.test(content)) return { description: content };
  notes.changed('description-html');
  const markdown = markdownOf(content);
  return markdown === '' ? {} : { description: markdown };
}

let converter: TurndownService | null = null;

function markdownOf(html: string): string {
  if (converter === null) {
    const Turndown = require('turndown') as typeof TurndownService;
    converter = new Turndown({ headingStyle: 'atx', codeBlockStyle: 'fenced' });
    converter.remove(['script', 'style', 'head']);
  }
  return converter.turndown(html);
}
