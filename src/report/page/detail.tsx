import { useEffect, useRef, useState } from 'preact/hooks';
import { counted } from '../group';
import type { Gap, ReportRequest } from '../report';
import { DurationChart } from './chart';
import { Exchange } from './exchange';
import { Finding } from './finding';
import type { Entry, Model } from './model';
import { Sign, Tag } from './parts';
import { say, sayDuration, sayLine, sayLines } from './say';

/** As many rows as are shown at once; an iteration of thousands waits behind a button. */
const FIRST_ROWS = 20;
const OUTCOME_ORDER = { failed: 0, skipped: 1, passed: 2 } as const;

/** Everything the report holds of one request. */
export function Detail({ entry, model, close }: { entry: Entry; model: Model; close: () => void }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    title.current?.focus({ preventScroll: true });
    if (window.matchMedia('(max-width: 63.99rem)').matches) window.scrollTo(0, 0);
  }, []);
  const [first] = entry.rows;
  const detailed = entry.rows.filter(({ detail }) => detail !== undefined);
  const isFlawless = entry.findings.length + entry.failures.length + entry.accepted.length === 0;
  return (
    <section class="detail" aria-labelledby="detail">
      <div class="detail-head">
        <div>
          <p class="soft">{entry.folder === '' ? 'Outside any folder' : say(entry.folder, 1_000)}</p>
          <h2 id="detail" tabIndex={-1} ref={title}>
            {say(first?.name ?? entry.key, 1_000)}
          </h2>
        </div>
        <button type="button" class="close" onClick={close}>
          Close
        </button>
      </div>
      <p class="address">
        <span class="method">{sayLine(first?.method ?? '')}</span> <code>{say(first?.url ?? '', 4_000)}</code>
      </p>
      <p class="soft">
        Key <code>{say(entry.key, 2_000)}</code>
        {entry.aside !== null && <Tag>{entry.aside}, not counted</Tag>}
      </p>
      {entry.findings.map((group, at) => (
        <Finding key={at} group={group} rows={detailed} startedAt={model.report.run.startedAt} />
      ))}
      {entry.failures.map(({ name, error, runners }, at) => (
        <article class="finding failed" key={at}>
          <h3>
            <Sign of="failed" /> {say(name, 1_000)}
          </h3>
          <p class="soft">
            a test of the collection, or the reason given; seen by {runners.map(sayLine).join(', ')}
          </p>
          {error !== undefined && <pre>{sayLines(error)}</pre>}
        </article>
      ))}
      {entry.accepted.map(({ kind, pointer, accepted, expected, actual }, at) => (
        <article class="finding" key={at}>
          <h3>
            <span class="sign" aria-hidden="true">
              ~
            </span>{' '}
            Accepted: {kind}
          </h3>
          <p class="place">
            <code>{say(pointer === '' ? 'whole response' : pointer, 2_000)}</code>
          </p>
          <p>
            expected {say(expected, 2_000)}, received {say(actual, 2_000)}; accepted until{' '}
            {sayLine(accepted?.until ?? '')}: {say(accepted?.reason ?? '', 2_000)}
          </p>
        </article>
      ))}
      {isFlawless && entry.outcome === 'passed' && <p>The answer holds to its contract.</p>}
      <Rows rows={entry.rows} />
      {detailed.length > 0 && <Exchange rows={detailed} findings={entry.findings} />}
      {detailed.length === 0 && entry.outcome === 'failed' && (
        <p class="soft">The report holds no request and response of this one.</p>
      )}
      <NotCovered gap={model.report.coverage?.gaps.find(({ key }) => key === entry.key)} />
      <DurationChart entry={entry} model={model} />
    </section>
  );
}

/** What of the documentation of a request no answer has shown. */
function NotCovered({ gap }: { gap: Gap | undefined }) {
  if (gap === undefined) return null;
  const { statuses, properties, missing } = gap;
  const more = missing - properties.length;
  return (
    <details>
      <summary>
        Not tested: {statuses.length === 1 ? '1 status' : `${statuses.length} statuses`},{' '}
        {missing === 1 ? '1 property' : `${missing} properties`}
      </summary>
      {statuses.length > 0 && <p>Statuses that were not answered: {statuses.join(', ')}</p>}
      {properties.length > 0 && (
        <ul aria-label="Properties that were not returned">
          {properties.map((property) => (
            <li key={property}>
              <code>{say(property, 1_000)}</code>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p class="soft">and {more} more</p>}
    </details>
  );
}

function turnOf({ iteration, repeat }: ReportRequest): string {
  return [
    ...(iteration === undefined ? [] : [`iteration ${iteration}`]),
    ...(repeat === undefined ? [] : [`time ${repeat}`]),
  ].join(', ');
}

function Rows({ rows }: { rows: readonly ReportRequest[] }) {
  const [all, setAll] = useState(false);
  const sorted = [...rows].sort((a, b) => OUTCOME_ORDER[a.outcome] - OUTCOME_ORDER[b.outcome]);
  const shown = all ? sorted.slice(0, 1_000) : sorted.slice(0, FIRST_ROWS);
  const slowest = Math.max(1, ...sorted.slice(0, 10_000).map(({ durationMs }) => durationMs));
  return (
    <div class="rows">
      <h3>{counted(rows.length, 'row')}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">Runner</th>
            <th scope="col">Outcome</th>
            <th scope="col">Status</th>
            <th scope="col">Duration</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row, at) => (
            <tr key={at}>
              <th scope="row">
                {sayLine(row.runner)} <span class="soft">{turnOf(row)}</span>
              </th>
              <td class={row.outcome}>
                <span class="tone">
                  <Sign of={row.outcome} /> {row.outcome}
                </span>
                {row.reason !== undefined && <span class="soft line2">{say(row.reason, 2_000)}</span>}
                {row.attempts > 1 && (
                  <span class="soft line2">
                    {row.flaky === true
                      ? `flaky: only at attempt ${row.attempts}`
                      : `${row.attempts} attempts`}
                  </span>
                )}
              </td>
              <td>{row.status ?? <span class="soft">none</span>}</td>
              <td class="duration">
                {row.outcome === 'skipped' ? '' : sayDuration(row.durationMs)}
                {row.outcome !== 'skipped' && (
                  <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                    <rect width={(row.durationMs / slowest) * 100} height="4" />
                  </svg>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {!all && rows.length > FIRST_ROWS && (
        <button type="button" onClick={() => setAll(true)}>
          Show {Math.min(rows.length, 1_000) - FIRST_ROWS} more
        </button>
      )}
    </div>
  );
}
