/**
 * Everything that is not seen, or that acts on what is seen: controls (C0, C1, with them ANSI escapes), format and
 * bidirectional controls, zero-width and default-ignorable characters, line and paragraph separators,
 * noncharacters and lone surrogates. A presentation selector behind its emoji is harmless and stays.
 */
const UNSEEN =
  /(?<!\p{Extended_Pictographic})[\ufe0e\ufe0f]|(?![\ufe0e\ufe0f])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/gu;

function spelled(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

/**
 * Text in which every invisible or acting character is spelled out, such as `\x1b` or `\u202e`.
 *
 * What an API answers is shown to people who decide by it; it must not move the cursor, reverse a line or make two
 * different values look alike.
 */
export function visible(text: string): string {
  return text.replace(UNSEEN, spelled);
}

/** Of a text of several lines, such as the error of a script, the first that says something: where there is room for one. */
export function firstLine(text: string): string {
  return text.split(/\r\n|\r|\n/).find((line) => line.trim() !== '') ?? text;
}

/**
 * Visible text for a log. CI systems take lines that begin with `::` (GitHub) and `##word[` anywhere (Azure, TeamCity, GitHub)
 * for commands: what an API answers must not set a variable or end a step, so these are spelled out as well.
 */
export function forLog(text: string): string {
  return visible(text)
    .replace(/^(\s*):(?=:)/gm, '$1\\x3a')
    .replace(/##(?=\w*\[)/g, '#\\x23');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Text made visible and safe both as the content of an element and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '');
}
