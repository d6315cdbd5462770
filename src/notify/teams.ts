import type { Verdict } from '../report/report';
import { linesOf, type Notice } from './notice';
import { VERDICT_SIGNS } from './slack';

const COLORS: Readonly<Record<Verdict, string>> = {
  healthy: 'Good',
  degraded: 'Warning',
  drifted: 'Attention',
  down: 'Attention',
  incomplete: 'Warning',
};
/** Teams refuses messages of more than some 28 KB; a line longer than this tells nobody more. */
const MOST_LINE = 500;

/**
 * Notice → the message of a Teams webhook: an Adaptive Card, version 1.4.
 *
 * Its texts are runs, which unlike text blocks and facts know no Markdown: nothing that comes from the API is a link.
 */
export function toTeams(notice: Notice): object {
  const { verdict, run, summary, text } = notice;
  const counts = `${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped`;
  const title = { weight: 'Bolder', size: 'Large', color: COLORS[verdict] };
  const body = [
    line(`${VERDICT_SIGNS[verdict]} ${text}`, title),
    ...linesOf(notice).map((one) => line(one)),
    line(`${run.environment} · ${run.target} · ${run.startedAt} · ${counts}`, { isSubtle: true }),
  ];
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          fallbackText: text,
          msteams: { width: 'Full' },
          body,
        },
      },
    ],
  };
}

function line(text: string, more: object = {}): object {
  const cut =
    text.length <= MOST_LINE ? text : `${text.slice(0, MOST_LINE - 1).replace(/[\ud800-\udbff]$/, '')}…`;
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: cut, ...more }] };
}
