import type { RefObject } from 'preact';
import type { Severity } from '../../findings/kinds';
import { counted, SEVERITY_ORDER } from '../group';
import type { Outcome } from '../report';
import { EVERYTHING, type Filter } from './filter';
import type { Entry, Model } from './model';
import { Sign } from './parts';
import { capital, sayLine } from './say';

const OUTCOMES: readonly Outcome[] = ['failed', 'passed', 'skipped'];

interface ToolbarProps {
  readonly model: Model;
  readonly filter: Filter;
  readonly setFilter: (filter: Filter) => void;
  readonly shown: readonly Entry[];
  readonly search: RefObject<HTMLInputElement | null>;
}

/** Search and filters, and how many requests they leave. */
export function Toolbar({ model, filter, setFilter, shown, search }: ToolbarProps) {
  const set = (more: Partial<Filter>): void => setFilter({ ...filter, ...more });
  const isNarrowed = JSON.stringify(filter) !== JSON.stringify(EVERYTHING);
  const total = counted(model.entries.length, 'request');
  const rows = model.report.requests.length;
  const count = isNarrowed
    ? `${shown.length} of ${total}`
    : `${total}${rows > model.entries.length ? `, ${rows} rows` : ''}`;
  return (
    <search class="toolbar">
      <h2>
        Requests{' '}
        <span class="soft" role="status">
          {count}
        </span>
      </h2>
      <input
        ref={search}
        type="search"
        aria-label="Search requests"
        aria-keyshortcuts="/"
        placeholder="Search name, address, finding…"
        value={filter.text}
        onInput={(event) => set({ text: event.currentTarget.value })}
      />
      <div class="filters">
        <fieldset class="choices">
          <legend class="unseen">Outcome</legend>
          {OUTCOMES.map((outcome) => (
            <button
              key={outcome}
              type="button"
              class={`choice ${outcome}`}
              aria-pressed={filter.outcome === outcome}
              onClick={() => set({ outcome: filter.outcome === outcome ? '' : outcome })}
            >
              <Sign of={outcome} /> {capital(outcome)}
            </button>
          ))}
        </fieldset>
        <select
          aria-label="Severity"
          value={filter.severity}
          onChange={(event) => set({ severity: event.currentTarget.value as Severity | '' })}
        >
          <option value="">Any severity</option>
          {SEVERITY_ORDER.map((severity) => (
            <option key={severity} value={severity}>
              {capital(severity)}
            </option>
          ))}
        </select>
        {model.runners.length > 1 && (
          <select
            aria-label="Runner"
            value={filter.runner}
            onChange={(event) => set({ runner: event.currentTarget.value })}
          >
            <option value="">Any runner</option>
            {model.runners.map((runner) => (
              <option key={runner} value={runner}>
                {sayLine(runner)}
              </option>
            ))}
          </select>
        )}
        {isNarrowed && (
          <button type="button" class="clear" onClick={() => setFilter(EVERYTHING)}>
            Show all
          </button>
        )}
      </div>
    </search>
  );
}
