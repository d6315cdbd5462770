import { max, ticks } from 'd3-array';
import { line } from 'd3-shape';
import { utcTicks } from 'd3-time';
import { SIGNS } from '../group';
import type { Verdict } from '../report';
import type { Entry, Model } from './model';
import { sayDuration, sayMoment } from './say';

interface Point {
  readonly at: Date;
  readonly durationMs: number;
  readonly verdict: Verdict;
}

const WIDTH = 640;
const HEIGHT = 200;
const EDGE = { left: 64, right: 40, top: 12, bottom: 28 };
/** More texts would run into each other. */
const MOST_TIMES = 5;
const DAY_MS = 86_400_000;
/** Fewer points are no line. */
const LEAST = 2;

function pointsOf({ key, outcome, durationMs }: Entry, { history, report }: Model): Point[] {
  const earlier = history.flatMap(({ startedAt, verdict, requests }) => {
    const duration = Object.hasOwn(requests, key) ? requests[key] : undefined;
    return duration === undefined ? [] : [{ at: new Date(startedAt), durationMs: duration, verdict }];
  });
  const now = { at: new Date(report.run.startedAt), durationMs, verdict: report.verdict };
  return [...earlier, ...(outcome === 'skipped' ? [] : [now])].filter(
    ({ at }) => !Number.isNaN(at.getTime()),
  );
}

/** Moments between two, each with as much of itself as tells it from the others. */
function timesIn(first: Date, last: Date): { at: Date; text: string }[] {
  const moments = utcTicks(first, last, MOST_TIMES);
  const step = Math.ceil(moments.length / MOST_TIMES);
  const span = last.getTime() - first.getTime();
  const [from, to] =
    span > 300 * DAY_MS ? [0, 10] : span > 3 * DAY_MS ? [5, 10] : span > DAY_MS / 24 ? [5, 16] : [11, 19];
  return moments
    .filter((_, at) => at % step === 0)
    .map((at) => ({ at, text: at.toISOString().slice(from, to).replace('T', ' ') }));
}

/** The durations of a request over the runs that the history knows, as a chart and as a table. */
export function DurationChart({ entry, model }: { entry: Entry; model: Model }) {
  const points = pointsOf(entry, model);
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < LEAST) return null;
  const slowest = max(points, ({ durationMs }) => durationMs) ?? 1;
  const levels = ticks(0, slowest * 1.1, 4);
  const top = Math.max(slowest * 1.1, levels.at(-1) ?? 1);
  const span = Math.max(1, last.at.getTime() - first.at.getTime());
  const x = (at: Date): number =>
    EDGE.left + ((at.getTime() - first.at.getTime()) / span) * (WIDTH - EDGE.left - EDGE.right);
  const y = (duration: number): number =>
    HEIGHT - EDGE.bottom - (duration / top) * (HEIGHT - EDGE.top - EDGE.bottom);
  const path = line<Point>(
    ({ at }) => x(at),
    ({ durationMs }) => y(durationMs),
  )(points);
  const times = timesIn(first.at, last.at);
  return (
    <div class="chart">
      <h3>Duration over time</h3>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`From ${sayDuration(first.durationMs)} on ${sayMoment(first.at.toISOString())} to ${sayDuration(last.durationMs)}; the slowest of ${points.length} runs took ${sayDuration(slowest)}`}
      >
        {levels.map((level) => (
          <g key={level}>
            <line class="level" x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(level)} y2={y(level)} />
            <text x={EDGE.left - 8} y={y(level)} text-anchor="end" dominant-baseline="middle">
              {sayDuration(level)}
            </text>
          </g>
        ))}
        {times.map(({ at, text }) => (
          <text key={text} x={x(at)} y={HEIGHT - 8} text-anchor="middle">
            {text}
          </text>
        ))}
        {path !== null && <path class="curve" d={path} />}
        {points.map(({ at, durationMs, verdict }, index) => (
          <g key={index} class={verdict}>
            <circle cx={x(at)} cy={y(durationMs)} r={points.length > 60 ? 2 : 4} />
            <title>{`${sayMoment(at.toISOString())}: ${sayDuration(durationMs)}, ${verdict}`}</title>
          </g>
        ))}
      </svg>
      <details>
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">Duration</th>
              <th scope="col">Verdict</th>
            </tr>
          </thead>
          <tbody>
            {points
              .slice(-200)
              .reverse()
              .map(({ at, durationMs, verdict }, index) => (
                <tr key={index}>
                  <th scope="row">{sayMoment(at.toISOString())}</th>
                  <td>{sayDuration(durationMs)}</td>
                  <td>
                    {SIGNS[verdict]} {verdict}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}
