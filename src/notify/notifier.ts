import { UsageError } from '../errors';
import { urlOf } from '../url';

/** How a message is written. */
export type NotifyFormat = 'json' | 'slack' | 'teams';

/** After so many runs, or so many hours, without a change. */
export type Reminder = { readonly runs: number } | { readonly hours: number };

/**
 * One who is told of a change of verdict.
 *
 * Shape: `name` stands for it wherever it is spoken of, because `url` is a secret. `after` runs in a row confirm a change.
 */
export interface Notifier {
  readonly name: string;
  readonly url: string;
  readonly format: NotifyFormat;
  readonly after: number;
  readonly reminder: Reminder | null;
}

/** A notifier as it is asked for. */
export interface NotifierInput {
  readonly url: string;
  readonly format?: NotifyFormat | undefined;
  readonly after?: number | undefined;
  readonly reminder?: string | undefined;
}

/**
 * Notifiers with their names, which are of format and place: `slack-1` is the first one that speaks to Slack.
 *
 * Errors: UsageError, which never shows an address.
 */
export function notifiersOf(inputs: readonly NotifierInput[]): Notifier[] {
  const counts = new Map<NotifyFormat, number>();
  return inputs.map(({ url, format = formatOf(url), after = 1, reminder }) => {
    const count = (counts.get(format) ?? 0) + 1;
    counts.set(format, count);
    const name = `${format}-${count}`;
    if (!/^https?:\/\//.test(url) || urlOf(url) === null) {
      throw new UsageError('the address is none', `notifier ${name}`, 'give it as https://host/path');
    }
    return { name, url, format, after, reminder: reminder === undefined ? null : reminderOf(reminder) };
  });
}

/** By the host that it is posted to; whatever is not known gets the generic form. */
function formatOf(url: string): NotifyFormat {
  const host = urlOf(url)?.hostname ?? '';
  if (/(^|\.)slack\.com$/.test(host)) return 'slack';
  return /(^|\.)(webhook\.office\.com|logic\.azure\.com|powerplatform\.com)$/.test(host) ? 'teams' : 'json';
}

/** `7` is runs, `24h` hours. Errors: UsageError. */
export function reminderOf(text: string): Reminder {
  const [, digits, unit] = /^([1-9]\d{0,5})(h?)$/.exec(text) ?? [];
  if (digits === undefined) {
    throw new UsageError(`"${text}" is no reminder`, '--notify-reminder', 'give runs (7) or hours (24h)');
  }
  return unit === 'h' ? { hours: Number(digits) } : { runs: Number(digits) };
}
