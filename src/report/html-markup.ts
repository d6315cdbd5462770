import { escapeHtml } from './escape';

/** A piece of finished HTML. Made by `html`, which escapes every text put into it. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a template: text and numbers are escaped, markup is not. */
export type Value = string | number | Markup | readonly Markup[];

function text(value: Value): string {
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map((one) => one.markup).join('\n');
}

/** A template of HTML in which every text is escaped. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Markup {
  return { markup: parts.map((part, at) => part + text(values[at] ?? '')).join('') };
}

/** No markup at all. */
export const nothing = html``;
