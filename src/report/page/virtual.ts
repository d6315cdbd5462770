import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { lineAt } from './line-at';

/** Lines above and below the screen that are there already. Units: pixels. */
const AHEAD = 600;
/** So many lines are there at least, also where the list is still far below the screen. */
const LEAST_LINES = 20;

/**
 * Which lines of a long list are on the screen or near it: `[from, to)`. The page scrolls, not the list.
 *
 * Units: `tops` are the tops of the lines in pixels, and behind them the height of the list.
 */
export function useLinesInSight(
  tops: readonly number[],
  list: RefObject<HTMLElement | null>,
): readonly [from: number, to: number] {
  const [range, setRange] = useState<readonly [number, number]>([0, 40]);
  useEffect(() => {
    const look = (): void => {
      const above = -(list.current?.getBoundingClientRect().top ?? 0);
      const from = lineAt(tops, above - AHEAD);
      const below = lineAt(tops, above + window.innerHeight + AHEAD) + 1;
      const to = Math.max(below, from + LEAST_LINES);
      setRange((known) => (known[0] === from && known[1] === to ? known : [from, to]));
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
    // The list also moves when something above it opens.
    const observer = new ResizeObserver(look);
    observer.observe(document.body);
    return () => {
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
      observer.disconnect();
    };
  }, [tops, list]);
  return [range[0], Math.min(range[1], tops.length - 1)];
}
