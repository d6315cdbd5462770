import type { Verdict } from '../report/report';
import { linesOf, type Notice } from './notice';

/** What a sign says, the word beside it says too. */
export const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = {
  healthy: '✓',
  degraded: '~',
  drifted: '≠',
  down: '✗',
  incomplete: '?',
};

/** Slack refuses a message with a longer header or text. Source: Block Kit, header and section blocks. */
const MOST_HEADER = 150;
const MOST_TEXT = 3000;

/**
 * Notice → the message of a Slack incoming webhook.
 *
 * What comes from the API is plain text in it, where nothing is a link, a mention or an emoji.
 */
export function toSlack(notice: Notice): object {
  const { verdict, run, summary } = notice;
  const counts = `${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped`;
  const context = `${run.environment} · ${run.target} · ${run.startedAt} · ${counts}`;
  const lines = linesOf(notice);
  return {
    // Shown in notifications, and the one text that Slack reads as its own markup.
    text: notice.text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? ''),
    blocks: [
      { type: 'header', text: plain(`${VERDICT_SIGNS[verdict]} ${notice.text}`, MOST_HEADER) },
      ...(lines.length === 0 ? [] : [{ type: 'section', text: plain(lines.join('\n'), MOST_TEXT) }]),
      { type: 'context', elements: [plain(context, MOST_TEXT)] },
    ],
  };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function plain(text: string, most: number): object {
  // Half a character would be no text at all.
  const cut = text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
  return { type: 'plain_text', text: cut, emoji: false };
}
