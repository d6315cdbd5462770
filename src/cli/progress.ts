import { createColors } from 'picocolors';
import type { ResultRow } from '../report/build';
import { cutMiddle, lineWidth } from '../report/columns';
import { forLog } from '../report/escape';
import { asideOf } from '../report/group';
import { type Io, isLive, wantsColor } from './io';

/** A run of more requests than this tells of each passed one in a number, and in no line of its own. */
const MOST_LINES = 100;
/** Units: milliseconds between two drawings of the live line, and between two that only say that time goes on. */
const REDRAW_MS = 100;
const BEAT_MS = 1000;
const CLEAR = '\r\u001b[2K';

/** How long a run of so many rows is; `now` in milliseconds is the clock of tests. */
export interface ProgressOptions {
  readonly total: number;
  readonly now?: () => number;
}

/**
 * What is seen of a run while it goes on: a line a request, of a long run only those that failed or were skipped.
 *
 * On a terminal a last line is redrawn (running, done, failed, time left); elsewhere a long run says each tenth of it.
 */
export class Progress {
  readonly #io: Io;
  readonly #total: number;
  readonly #now: () => number;
  readonly #live: boolean;
  readonly #colors: ReturnType<typeof createColors>;
  readonly #startedAt: number;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #done = 0;
  #failed = 0;
  #runner = '';
  #beat: NodeJS.Timeout | null = null;

  constructor(io: Io, { total, now = () => performance.now() }: ProgressOptions) {
    this.#io = io;
    this.#total = total;
    this.#now = now;
    this.#startedAt = now();
    this.#live = isLive(io);
    this.#colors = createColors(wantsColor(io));
    if (!this.#live) return;
    this.#draw();
    this.#beat = setInterval(() => this.#draw(), BEAT_MS);
    this.#beat.unref();
  }

  /** Tells of a row that is there. */
  heard(entry: ResultRow): void {
    const { row } = entry;
    // What cleans up, and what a script went back to, is not among those that were planned.
    if (row.cleanup !== true && row.repeat === undefined) this.#done += 1;
    if (row.outcome === 'failed') this.#failed += 1;
    this.#runner = row.runner;
    if (this.#total <= MOST_LINES || row.outcome !== 'passed') {
      this.#io.stdout.write(`${this.#live ? CLEAR : ''}${this.#line(entry)}\n`);
      if (this.#live) this.#drawnAt = Number.NEGATIVE_INFINITY;
    }
    if (this.#live) {
      if (this.#now() - this.#drawnAt >= REDRAW_MS) this.#draw();
    } else if (this.#total > MOST_LINES && this.#isTenth(row.repeat === undefined && row.cleanup !== true)) {
      this.#io.stdout.write(`${this.#state()}\n`);
    }
  }

  /** Tells of something that is no row, on a line of its own. */
  note(line: string): void {
    this.#io.stdout.write(`${this.#live ? CLEAR : ''}${line}\n`);
    if (this.#live) this.#draw();
  }

  /** Takes the live line away. */
  end(): void {
    if (this.#beat !== null) clearInterval(this.#beat);
    this.#beat = null;
    if (this.#live) this.#io.stdout.write(CLEAR);
  }

  #isTenth(isCounted: boolean): boolean {
    const tenth = (done: number) => Math.floor((done * 10) / this.#total);
    return isCounted && tenth(this.#done) > tenth(this.#done - 1);
  }

  #draw(): void {
    this.#drawnAt = this.#now();
    this.#io.stdout.write(
      `${CLEAR}${this.#colors.dim(cutMiddle(this.#state(), lineWidth(this.#io.stdout) - 1))}`,
    );
  }

  #state(): string {
    const elapsedMs = this.#now() - this.#startedAt;
    const left = Math.max(0, this.#total - this.#done);
    const parts = [
      `${this.#runner === '' ? 'starting' : `${forLog(this.#runner)} running`}`,
      `${this.#done} of ${this.#total} done`,
      `${this.#failed} failed`,
      ...(this.#done > 0 && left > 0 ? [`about ${timeText((elapsedMs / this.#done) * left)} left`] : []),
    ];
    return parts.join(' · ');
  }

  #line({ row }: ResultRow): string {
    const { green, red, yellow } = this.#colors;
    const paint = { passed: green, failed: red, skipped: yellow }[row.outcome];
    const status = row.status === null ? '---' : String(row.status);
    const duration = row.outcome === 'skipped' ? '' : `${Math.round(row.durationMs)} ms`;
    const aside = asideOf(row);
    const marks = [
      ...(aside === null ? [] : [aside]),
      ...(row.iteration === undefined ? [] : [`iteration ${row.iteration}`]),
      ...(row.flaky === true ? [`attempt ${row.attempts}`] : []),
    ];
    const mark = marks.length === 0 ? '' : ` (${marks.join(', ')})`;
    const head = `${row.runner.padEnd(6)} ${status} ${duration.padStart(7)}  `;
    const room = lineWidth(this.#io.stdout) - head.length - mark.length - 2;
    // A log keeps the key whole: who looks for it there has nothing else to go by.
    const key = this.#live ? cutMiddle(row.key, Math.max(12, room)) : forLog(row.key);
    return `${paint(SIGNS[row.outcome])} ${head}${key}${mark}`;
  }
}

const SIGNS = { passed: '✓', failed: '✗', skipped: '-' } as const;

function timeText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
