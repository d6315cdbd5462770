import type { Step, Wait } from '../plan/order';
import { visible } from '../report/escape';

/** As many causes as a reader takes in at a glance; the rest is a number. */
const MOST_WAITS = 3;

/**
 * The order of a plan as text: each request with what it waits for and why, and the wave in which it begins at the earliest.
 */
export function explainedOrder(steps: readonly Step[]): string {
  const waves = wavesOf(steps);
  const width = String(steps.length).length;
  const lines = steps.flatMap(({ planned, waits, barrier }, at) => {
    const { method, key } = planned.request;
    const head = `${String(at + 1).padStart(width)}  wave ${waves[at]}  ${method} ${visible(key)}`;
    const indent = ' '.repeat(width + 2);
    if (barrier !== null) return [head, `${indent}runs alone: ${visible(barrier)}`];
    return [head, ...waitLines(waits).map((line) => `${indent}${visible(line)}`)];
  });
  const widest = Math.max(0, ...countsOf(waves).values());
  const last = Math.max(0, ...waves);
  const summary = `${steps.length} requests in ${last} waves, at most ${widest} at the same time`;
  return [...lines, '', summary, ''].join('\n');
}

function waitLines(waits: readonly Wait[]): string[] {
  const shown = waits.slice(0, MOST_WAITS).map(({ at, why }) => `after ${at + 1}, which ${why}`);
  const more = waits.length - shown.length;
  return more > 0 ? [...shown, `and after ${more} more`] : shown;
}

/** From 1: a request begins one wave after the last one that it waits for. */
function wavesOf(steps: readonly Step[]): number[] {
  const waves: number[] = [];
  for (const { waits } of steps) waves.push(1 + Math.max(0, ...waits.map(({ at }) => waves[at] ?? 0)));
  return waves;
}

function countsOf(waves: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const wave of waves) counts.set(wave, (counts.get(wave) ?? 0) + 1);
  return counts;
}
