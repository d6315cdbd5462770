import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Line } from './filter';
import type { Entry } from './model';
import { Sign, Tag } from './parts';
import { sayDuration, sayLine } from './say';
import { useLinesInSight } from './virtual';

/** Heights of lines in rem: each is as high as any other, so that thousands of them need no measuring. */
const HEIGHTS = { folder: 2.75, request: 4 };

interface ListProps {
  readonly lines: readonly Line[];
  readonly active: Entry | null;
  readonly open: Entry | null;
  readonly show: (entry: Entry) => void;
}

function topsOf(lines: readonly Line[]): number[] {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  let top = 0;
  const tops = lines.map((line) => {
    const own = top;
    top += Math.round(HEIGHTS[line.kind] * rem);
    return own;
  });
  return [...tops, top];
}

/** The requests by folder. Only the lines near the screen are in the document. */
export function List({ lines, active, open, show }: ListProps) {
  const list = useRef<HTMLUListElement>(null);
  const tops = useMemo(() => topsOf(lines), [lines]);
  const [from, to] = useLinesInSight(tops, list);

  useEffect(() => {
    const at = lines.findIndex((line) => line.kind === 'request' && line.entry === active);
    const root = list.current;
    if (at < 0 || root === null) return;
    const top = root.getBoundingClientRect().top + (tops[at] ?? 0);
    const room = window.innerHeight;
    // The line may not be in the document yet: first the page goes there, then the line gets the focus.
    if (top < 80 || top > room - 160) window.scrollBy(0, top - room / 3);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const focused = document.activeElement;
        const isElsewhere = focused?.closest('.detail') != null;
        if (!isElsewhere)
          root.querySelector<HTMLElement>(`[data-entry="${active?.id}"]`)?.focus({ preventScroll: true });
      }),
    );
  }, [active]);

  if (lines.length === 0) return <p class="empty">No request is like that.</p>;
  const height = tops[tops.length - 1] ?? 0;
  return (
    <ul class="lines" ref={list} aria-label="Requests by folder" style={{ height: `${height}px` }}>
      {lines.slice(from, to).map((line, shift) => {
        const at = from + shift;
        const top = tops[at] ?? 0;
        return (
          <li
            key={line.kind === 'folder' ? `f${line.name}` : line.entry.id}
            aria-setsize={lines.length}
            aria-posinset={at + 1}
            class={line.kind}
            style={{ top: `${top}px`, height: `${(tops[at + 1] ?? top) - top}px` }}
          >
            {line.kind === 'folder' ? (
              <h3>
                {line.name === '' ? 'Outside any folder' : sayLine(line.name)}{' '}
                <span class="soft">{line.count}</span>
              </h3>
            ) : (
              <RequestLine entry={line.entry} isOpen={line.entry === open} show={show} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function summaryOf({ findings, failures, accepted, rows, outcome }: Entry): string {
  const [finding] = findings;
  const [failure] = failures;
  const [known] = accepted;
  const more = findings.length + failures.length - 1;
  const besides = more > 0 ? ` and ${more} more` : '';
  if (finding !== undefined) return `${finding.kind} ${sayLine(finding.pointer)}${besides}`;
  if (failure !== undefined) return `${sayLine(failure.name)}${besides}`;
  if (known !== undefined) return `accepted ${known.kind} ${sayLine(known.pointer)}`;
  if (outcome === 'skipped') return sayLine(rows.find(({ reason }) => reason !== undefined)?.reason ?? '');
  return sayLine(rows[0]?.url ?? '');
}

function RequestLine({
  entry,
  isOpen,
  show,
}: {
  entry: Entry;
  isOpen: boolean;
  show: (entry: Entry) => void;
}) {
  const [first] = entry.rows;
  const statuses = [...new Set(entry.rows.slice(0, 50).map(({ status }) => status))].filter(
    (status) => status !== null,
  );
  const severity = entry.findings[0]?.severity;
  return (
    <button
      type="button"
      class={`line ${entry.rank === 'fine' ? entry.outcome : entry.rank}`}
      data-entry={entry.id}
      aria-expanded={isOpen}
      onClick={() => show(entry)}
    >
      <Sign of={severity ?? entry.outcome} />
      <span class="word">{severity ?? entry.outcome}</span>
      <span class="name">
        <span class="method">{sayLine(first?.method ?? '')}</span> {sayLine(entry.key)}
        {entry.aside !== null && <Tag>{entry.aside}</Tag>}
        {entry.rows.some(({ flaky }) => flaky === true) && <Tag>flaky</Tag>}
      </span>
      <span class="why">{summaryOf(entry)}</span>
      <span class="numbers">
        {statuses.length > 0 && <span>{statuses.slice(0, 3).join(', ')}</span>}
        {entry.outcome !== 'skipped' && <span>{sayDuration(entry.durationMs)}</span>}
      </span>
    </button>
  );
}
