import { main } from './main';

// A reader that went away (`| head`) ends neither the run nor its reports.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
// Should the process ever end before its work is done, that must not look like a pass.
process.exitCode = 2;
void main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  directory: process.cwd(),
  interrupted: new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  }),
}).then((code) => {
  process.exitCode = code;
});
