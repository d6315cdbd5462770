import type { createColors } from 'picocolors';
import type { Severity } from '../findings/kinds';
import type { Verdict } from './report';

/** What colours the texts of a terminal, or leaves them as they are. */
export type Colors = ReturnType<typeof createColors>;
/** Gives a text one colour. */
export type Paint = (text: string) => string;

/** The colour of a severity or a verdict. */
export function paintOf(colors: Colors, word: Severity | Verdict): Paint {
  switch (word) {
    case 'healthy':
      return colors.green;
    case 'additive':
      return colors.cyan;
    case 'degraded':
    case 'incomplete':
      return colors.yellow;
    default:
      return colors.red;
  }
}
