// `node bench/page [--requests 5000] [--runs 5]`: how long the HTML report of a large run takes to write and to open, how much
// memory writing takes, and how smoothly it scrolls. Limits: 2 s to open; a frame in 50 ms.
const { mkdtempSync, rmSync, statSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { parseArgs } = require('node:util');
const { chromium } = require('playwright-core');
const { findChromium } = require('../../scripts/chromium');
const { writeReports } = require('../../dist/report/write');

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '5000' }, runs: { type: 'string', default: '5' } },
});
const count = Number(values.requests);
const runs = Number(values.runs);
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** A run in which every hundredth request drifted. */
function report() {
  const requests = Array.from({ length: count }, (_, at) => ({
    key: `folder-${Math.floor(at / 50)}/request-${at}`,
    name: `Request ${at}`,
    folder: [`Folder ${Math.floor(at / 50)}`],
    method: 'GET',
    url: `https://{{host}}/v1/things/${at}`,
    runner: 'typed',
    status: 200,
    durationMs: 20 + (at % 90),
    attempts: 1,
    outcome: at % 100 === 0 ? 'failed' : 'passed',
    assertions: [{ name: 'status is 200', passed: true }],
    findings:
      at % 100 === 0
        ? [
            {
              kind: 'type-changed',
              severity: 'breaking',
              pointer: '/id',
              expected: 'string',
              actual: 'number',
              count: 1,
              message: 'number where string is documented',
            },
          ]
        : [],
  }));
  const failed = requests.filter(({ outcome }) => outcome === 'failed').length;
  return {
    version: 1,
    run: {
      id: 'bench',
      startedAt: '2026-03-01T02:00:00.000Z',
      durationMs: 60_000,
      environment: 'bench',
      runner: 'typed',
      target: 'https://api.example.test',
    },
    collection: { name: 'Bench', sha256: '0'.repeat(64) },
    verdict: 'drifted',
    summary: {
      requests: count,
      passed: count - failed,
      failed,
      skipped: 0,
      breaking: failed,
      additive: 0,
      degraded: 0,
      down: 0,
    },
    requests,
  };
}

/** Navigation until the list is painted, as the browser's own clock has it; and the longest frame of a fast scroll. */
async function opened(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    await page.goto(address);
    await page.locator('.line').first().waitFor();
    const openMs = await page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))',
    );
    const frameMs = await page.evaluate(`new Promise((done) => {
      // 18,000 pixels in a second: as fast as a wheel that is spun.
      const [steps, pixels] = [120, 300];
      let [at, last, longest] = [0, performance.now(), 0];
      const step = (now) => {
        longest = Math.max(longest, now - last);
        last = now;
        at += 1;
        window.scrollTo(0, pixels * at);
        if (at < steps) requestAnimationFrame(step);
        else done(longest);
      };
      requestAnimationFrame(step);
    })`);
    return { openMs, frameMs };
  } finally {
    await page.close();
  }
}

async function main() {
  const directory = mkdtempSync(join(tmpdir(), 'driftgate-page-'));
  const given = report();
  const before = process.memoryUsage().rss;
  const writes = Array.from({ length: runs }, () => {
    const start = performance.now();
    writeReports(directory, given);
    return performance.now() - start;
  });
  const grown = process.memoryUsage().rss - before;
  const file = join(directory, 'index.html');
  const browser = await chromium.launch({
    executablePath: findChromium() ?? 'chromium',
    args: ['--no-sandbox'],
  });
  try {
    const results = [];
    for (let run = 0; run < runs; run += 1) results.push(await opened(browser, pathToFileURL(file).href));
    console.log(`${count} requests, ${(statSync(file).size / 1024 / 1024).toFixed(1)} MiB of HTML`);
    console.log(
      `write both reports  ${median(writes).toFixed(0)} ms, memory grows by ${(grown / 1024 / 1024).toFixed(1)} MiB`,
    );
    console.log(
      `open                ${median(results.map(({ openMs }) => openMs)).toFixed(0)} ms (limit 2000)`,
    );
    console.log(
      `longest frame       ${median(results.map(({ frameMs }) => frameMs)).toFixed(0)} ms (limit 50)`,
    );
  } finally {
    await browser.close();
    rmSync(directory, { recursive: true });
  }
}

main();
