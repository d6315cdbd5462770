import type { Clock } from '../../../src/runner/typed/retry';

/** A clock that stands at a moment, does not wait, and says what it was asked to wait. */
export function clockAt(time: string): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    now: () => Date.parse(time),
    delay: async (ms) => {
      waits.push(ms);
    },
    random: () => 0,
  };
}
