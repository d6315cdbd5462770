import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { htmlParts } from '../../../src/report/html';
import type { HtmlExtras } from '../../../src/report/page-data';
import type { Report } from '../../../src/report/report';

/** Nothing of the machine and nothing of the network: the report is all that the browser has. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** A page with a report, and everything that went wrong in it: errors, dialogs, and requests to anywhere. */
export interface OpenedReport {
  readonly page: Page;
  readonly faults: readonly string[];
}

/** How a report is opened, besides what a browser context takes. */
export interface Opening extends BrowserContextOptions {
  readonly extras?: HtmlExtras;
  /** Behind the address: `#r3`. */
  readonly hash?: string;
}

/** Chromium for the tests of one file; it and every page of it are closed with the tests. */
export function useBrowser(): { open: (report: Report, opening?: Opening) => Promise<OpenedReport> } {
  // A browser on a machine that is busy takes its time.
  jest.setTimeout(60_000);
  const directory = mkdtempSync(join(tmpdir(), 'driftgate-browser-'));
  let browser: Browser | null = null;
  let count = 0;
  const opened: OpenedReport[] = [];

  beforeAll(async () => {
    const executablePath = PLACES.find((path) => path !== undefined && existsSync(path)) ?? 'chromium';
    browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  });
  afterEach(async () => {
    const faults = opened.flatMap((one) => one.faults);
    await Promise.all(opened.splice(0).map(({ page }) => page.context().close()));
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true });
  });

  const open = async (report: Report, { extras, hash = '', ...options }: Opening = {}) => {
    if (browser === null) throw new Error('no browser');
    count += 1;
    const file = join(directory, `${count}.html`);
    for (const part of htmlParts(report, extras)) appendFileSync(file, part);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    const faults: string[] = [];
    const own = pathToFileURL(file).href;
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(own)) faults.push(`request: ${request.url()}`);
    });
    await page.goto(own + hash);
    const result = { page, faults };
    opened.push(result);
    return result;
  };
  return { open };
}

/** Opens everything that folds, and what comes to light by that. */
export async function unfold(page: Page): Promise<void> {
  const closed = page.locator('.detail details:not([open])');
  for (let rounds = 0; rounds < 10 && (await closed.count()) > 0; rounds += 1) {
    await page.evaluate('for (const one of document.querySelectorAll(".detail details")) one.open = true');
  }
}
