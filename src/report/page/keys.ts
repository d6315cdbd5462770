import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Entry } from './model';

interface Keyboard {
  readonly shown: readonly Entry[];
  readonly active: Entry | null;
  readonly open: Entry | null;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly setActive: (entry: Entry) => void;
  readonly show: (entry: Entry) => void;
  readonly close: () => void;
}

function moved({ shown, active }: Keyboard, step: 1 | -1): Entry | undefined {
  const at = active === null ? -1 : shown.indexOf(active);
  if (at < 0) return shown[0];
  return shown[Math.max(0, Math.min(shown.length - 1, at + step))];
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, select, textarea');
}

/** What a key does, or null where it is none of ours. */
function actionOf(event: KeyboardEvent, keyboard: Keyboard): (() => void) | null {
  const { search, open, setActive, show, close } = keyboard;
  const inSearch = event.target === search.current;
  const inList = event.target instanceof HTMLElement && event.target.closest('.lines') !== null;
  const move = (step: 1 | -1) => () => {
    const next = moved(keyboard, step);
    if (next === undefined) return;
    // Whoever reads one request after the other goes on reading.
    if (open === null) setActive(next);
    else show(next);
  };
  if (event.key === 'Escape') {
    if (inSearch) return () => search.current?.blur();
    return open === null ? null : close;
  }
  if (event.key === 'ArrowDown' && (inSearch || inList)) return move(1);
  if (event.key === 'ArrowUp' && inList) return move(-1);
  if (isTyping(event.target)) return null;
  if (event.key === '/') return () => search.current?.focus();
  if (event.key === 'j') return move(1);
  return event.key === 'k' ? move(-1) : null;
}

/** The keys of the page: `/`, `j`, `k`, arrows in the list, and Escape. Enter is that of the line's own button. */
export function useKeys(keyboard: Keyboard): void {
  const now = useRef(keyboard);
  now.current = keyboard;
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const action = actionOf(event, now.current);
      if (action === null) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
