import { boundHeap } from '../engine/heap';
import { onInterruption } from '../engine/signals';
import { Masker } from '../masking/masker';
import { lineWidth } from '../report/columns';
import { describeError } from '../report/describe-error';
import { main } from './main';

boundHeap();
// A reader that went away (`| head`) ends neither the run nor its reports.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
// Should the process ever end before its work is done, that must not look like a pass; nor like drift, which is
// what Node's own code 1 for an exception would say.
process.exitCode = 2;
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    const isDebug = process.argv.includes('--debug');
    process.stderr.write(`${describeError(error, new Masker(), isDebug, lineWidth(process.stderr))}\n`);
    process.exit(2);
  });
}

let interruption: Promise<void> | null = null;
void main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  directory: process.cwd(),
  // Only who listens takes the signals: any other command ends at once, as Node does by itself.
  get interrupted() {
    interruption ??= new Promise((resolve) => {
      onInterruption(() => {
        resolve();
        return true;
      });
    });
    return interruption;
  },
}).then((code) => {
  process.exitCode = code;
});
