import { visible } from '../escape';

/** As much of one text as a detail shows, and as one line of the list. Units: characters. */
const MOST = 20_000;
const MOST_OF_LINE = 240;

/** A text of the report as people may see it: nothing in it acts or hides, and it is no longer than a screen can bear. */
export function say(text: string, most = MOST): string {
  if (text.length <= most) return visible(text);
  return `${visible(text.slice(0, most))}… (${text.length - most} more characters)`;
}

/** The same for a text of several lines, which stay lines. */
export function sayLines(text: string, most = MOST): string {
  const shown = text.length <= most ? text : text.slice(0, most);
  const more = shown === text ? '' : `… (${text.length - most} more characters)`;
  return (
    shown
      .replace(/\r\n?/g, '\n')
      .split('\n')
      .map((line) => line.split('\t').map(visible).join('\t'))
      .join('\n') + more
  );
}

/** The same for one line of a list, which cuts it anyway. */
export function sayLine(text: string): string {
  return text.length <= MOST_OF_LINE ? visible(text) : `${visible(text.slice(0, MOST_OF_LINE))}…`;
}

/** A duration as people say it. */
export function sayDuration(durationMs: number): string {
  if (durationMs < 10_000) return `${Math.round(durationMs)} ms`;
  const seconds = durationMs / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

/** A moment in UTC, in minutes or in seconds; what is no moment stays as it is. */
export function sayMoment(moment: string, seconds = false): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return sayLine(moment);
  const iso = date.toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, seconds ? 19 : 16)} UTC`;
}

/** The day of a moment in UTC; what is no moment stays as it is. */
export function sayDay(moment: string): string {
  const said = sayMoment(moment);
  return /^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/.test(said) ? said.slice(0, 10) : said;
}

/** A size in bytes or KiB. */
export function saySize(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KiB`;
}

/** A word as the start of a sentence. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
