import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Detail } from './detail';
import { EVERYTHING, type Filter, linesOf } from './filter';
import { Header } from './header';
import { useKeys } from './keys';
import { List } from './list';
import type { Entry, Model } from './model';
import { Toolbar } from './toolbar';

function idInAddress(): number | null {
  const found = /^#r(\d+)$/.exec(window.location.hash)?.[1];
  return found === undefined ? null : Number(found);
}

/** The request that is open stands in the address, so that it can be sent on and the browser's way back closes it. */
function useOpenEntry(model: Model): [Entry | null, (entry: Entry | null) => void] {
  const [id, setId] = useState(idInAddress);
  useLayoutEffect(() => {
    const look = (): void => setId(idInAddress());
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, []);
  const set = useCallback((entry: Entry | null): void => {
    window.location.hash = entry === null ? '' : `r${entry.id}`;
    setId(entry?.id ?? null);
  }, []);
  const open = useMemo(() => model.entries.find((entry) => entry.id === id) ?? null, [model, id]);
  return [open, set];
}

/** The whole page: what the run says, the list of requests, and the one that is open. */
export function App({ model }: { model: Model }) {
  const [filter, setFilter] = useState<Filter>(EVERYTHING);
  const [open, setOpen] = useOpenEntry(model);
  const [active, setActive] = useState<Entry | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const scrolled = useRef(0);
  const lines = useMemo(() => linesOf(model.entries, filter), [model, filter]);
  const shown = useMemo(
    () => lines.flatMap((line) => (line.kind === 'request' ? [line.entry] : [])),
    [lines],
  );

  const show = (entry: Entry): void => {
    if (open === null) scrolled.current = window.scrollY;
    setActive(entry);
    setOpen(entry);
  };
  const close = (): void => {
    const last = open;
    setOpen(null);
    // On a narrow screen the detail stood in the place of the list.
    requestAnimationFrame(() => {
      window.scrollTo(0, scrolled.current);
      if (last !== null) document.querySelector<HTMLElement>(`[data-entry="${last.id}"]`)?.focus();
    });
  };
  useKeys({ shown, active, open, search, setActive, show, close });

  return (
    <div class={open === null ? 'page' : 'page opened'}>
      <a class="skip" href="#list">
        To the list of requests
      </a>
      <Header model={model} show={show} />
      <main id="list" tabIndex={-1}>
        <div class="column">
          <Toolbar model={model} filter={filter} setFilter={setFilter} shown={shown} search={search} />
          <List lines={lines} active={active} open={open} show={show} />
        </div>
        {open !== null && <Detail key={open.id} entry={open} model={model} close={close} />}
      </main>
      <footer>
        Keys: <kbd>/</kbd> search, <kbd>j</kbd> <kbd>k</kbd> next and previous, <kbd>Enter</kbd> open,{' '}
        <kbd>Esc</kbd> close. Everything here is made from report.json beside this file.
      </footer>
    </div>
  );
}
