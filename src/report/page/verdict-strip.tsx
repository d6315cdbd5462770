import { SIGNS } from '../group';
import type { Model } from './model';
import { sayMoment } from './say';

/** As many runs as a line has room for: about two months of nights. */
const RUNS = 60;

/** The verdicts of earlier runs and of this one, the newest last. */
export function VerdictStrip({ model: { history, report } }: { model: Model }) {
  const runs = [...history, { startedAt: report.run.startedAt, verdict: report.verdict }].slice(-RUNS);
  const changed = runs.findLastIndex(({ verdict }) => verdict !== report.verdict) + 1;
  const start = runs[changed]?.startedAt ?? report.run.startedAt;
  const said =
    changed === 0
      ? `${report.verdict} for ${runs.length} runs`
      : runs.length - changed === 1
        ? `${runs.at(-2)?.verdict ?? ''} until this run`
        : `${report.verdict} since ${sayMoment(start)}, ${runs.length - changed} runs`;
  return (
    <div class="strip">
      <p>
        <b>Last {runs.length} runs</b> <span class="soft">{said}</span>
      </p>
      <ol aria-label="Verdicts, the newest last">
        {runs.map(({ startedAt, verdict }, at) => (
          <li key={at} class={verdict} title={`${sayMoment(startedAt)}: ${verdict}`}>
            <span aria-hidden="true">{SIGNS[verdict]}</span>
            <span class="unseen">
              {sayMoment(startedAt)}: {verdict}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
