// Preloaded into every measured process: says what it used, at its end and a few times a second. Units: milliseconds, MiB.
const { appendFileSync } = require('node:fs');

const tell = () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const used = { pid: process.pid, cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMiB: maxRSS / 1024 };
  appendFileSync(process.env.BENCH_USAGE, `${JSON.stringify(used)}\n`);
};
process.on('exit', tell);
// A process that is killed has no exit; this is for the child that Newman lives in.
if (process.send !== undefined) setInterval(tell, 250).unref();
