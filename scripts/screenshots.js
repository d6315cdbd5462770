// Makes the pictures of the HTML report in docs/ from the example reports that the browser tests open.
// `node scripts/screenshots.js [directory] [--all]`: with --all, dark, narrow and opened ones as well, to look at.
const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const esbuild = require('esbuild');
const { chromium } = require('playwright-core');
const { toHtml } = require('../dist/report/html.js');
const { findChromium } = require('./chromium.js');

const root = join(__dirname, '..');
const everything = process.argv.includes('--all');
const out = process.argv.slice(2).find((word) => !word.startsWith('-')) ?? join(root, 'docs');
const VIEWS = everything
  ? [
      { width: 1400, height: 900, scheme: 'light' },
      { width: 1400, height: 900, scheme: 'dark' },
      { width: 400, height: 800, scheme: 'light' },
      { width: 400, height: 800, scheme: 'dark' },
    ]
  : [{ width: 1280, height: 800, scheme: 'light' }];

/** The example reports are TypeScript, as the tests that open them. */
function examples(directory) {
  const outfile = join(directory, 'examples.js');
  esbuild.buildSync({
    absWorkingDir: root,
    entryPoints: ['tests/browser/support/example-reports.ts'],
    bundle: true,
    platform: 'node',
    outfile,
  });
  return require(outfile);
}

async function main() {
  process.chdir(root);
  mkdirSync(out, { recursive: true });
  const directory = mkdtempSync(join(tmpdir(), 'driftgate-screenshots-'));
  const { EXAMPLES, historyOf } = examples(directory);
  const browser = await chromium.launch({
    executablePath: findChromium() ?? 'chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    for (const [verdict, report] of Object.entries(EXAMPLES)) {
      // A run that was interrupted looks like the others; docs/ has the four that a run can end with.
      if (!everything && verdict === 'incomplete') continue;
      const file = join(directory, `${verdict}.html`);
      writeFileSync(file, toHtml(report, { history: historyOf(report) }));
      for (const { width, height, scheme } of VIEWS) {
        const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
        await page.goto(pathToFileURL(file).href);
        const name = everything ? `${verdict}-${scheme}-${width}` : `report-${verdict}`;
        await page.screenshot({ path: join(out, `${name}.png`) });
        if (everything && verdict === 'drifted') {
          await page.locator('button.cause').first().click();
          await page.screenshot({ path: join(out, `${name}-opened.png`), fullPage: width < 1000 });
        }
        await page.close();
      }
    }
  } finally {
    await browser.close();
    rmSync(directory, { recursive: true });
  }
}

main();
