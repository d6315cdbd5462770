/** Whatever is not plain ASCII, `<`, `>` and `&`: what could end the element, or act on who looks at the source. */
const SPECIAL = /[^\x20-\x7e]|[<>&]/g;

/**
 * A value as JSON that may stand in a `<script type="application/json">`, whatever its texts are: it parses to the same
 * value, and no part of it can end the element, start a comment or reverse a line.
 */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value).replace(
    SPECIAL,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
