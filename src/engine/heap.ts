import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** What is new, of which most is soon done with, gets this much of the heap. Units: bytes. */
const MOST_NEW = 8 * 1024 * 1024;

/**
 * Keeps the memory of a run near to what it uses. Left to itself, the heap grows to four times of what is in use before anything of
 * that is given back, and what is new takes 32 MiB of it; this costs little time, and a third of the memory is not taken.
 */
export function boundHeap(): void {
  setFlagsFromString('--heap-growing-percent=50');
  if (isBounded()) return;
  const collections = new PerformanceObserver(() => {
    if (isBounded()) collections.disconnect();
  });
  collections.observe({ entryTypes: ['gc'] });
}

/** Whether what is new has its room by now, and grows no more: a process that runs takes no other limit of it. */
function isBounded(): boolean {
  const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  if ((space?.space_size ?? 0) < MOST_NEW) return false;
  setFlagsFromString('--semi-space-growth-factor=1');
  return true;
}
