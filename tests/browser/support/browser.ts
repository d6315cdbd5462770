import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page, type ViewportSize } from 'playwright-core';
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
  // Pages that nobody looks at need no process of their own to paint them.
  '--in-process-gpu',
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

/** How a report is opened. */
export interface Opening {
  readonly viewport?: ViewportSize;
  readonly colorScheme?: 'light' | 'dark';
  readonly javaScriptEnabled?: false;
  readonly extras?: HtmlExtras;
  /** Behind the address: `#r3`. */
  readonly hash?: string;
}

/** A page that reports are opened in, one after the other. `own` is the address of that which is open. */
interface Tab {
  readonly page: Page;
  readonly hasScripts: boolean;
  own: string;
  faults: string[];
}

/** Chromium for the tests of one file; it and every page of it are closed with the tests. */
export function useBrowser(): { open: (report: Report, opening?: Opening) => Promise<OpenedReport> } {
  // A browser on a machine that is busy takes its time.
  jest.setTimeout(60_000);
  const directory = mkdtempSync(join(tmpdir(), 'driftgate-browser-'));
  let browser: Browser | null = null;
  let count = 0;
  const inUse: Tab[] = [];
  // A new page is a new process of Chromium, which takes four times as long as what is opened in it: tests take turns.
  const free: Tab[] = [];

  beforeAll(async () => {
    const executablePath = PLACES.find((path) => path !== undefined && existsSync(path)) ?? 'chromium';
    browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  });
  afterEach(async () => {
    const tabs = inUse.splice(0);
    const faults = tabs.flatMap((tab) => tab.faults);
    for (const tab of tabs) {
      if (tab.hasScripts) {
        // What a test chose is nothing for the next one, nor where its mouse is; and no way back leads to its report.
        await tab.page.evaluate('localStorage.clear()');
        await tab.page.mouse.move(0, 0);
        await tab.page.goto('about:blank');
        free.push(tab);
      } else await tab.page.context().close();
    }
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true });
  });

  const newTab = async (hasScripts: boolean): Promise<Tab> => {
    if (browser === null) throw new Error('no browser');
    const context = await browser.newContext({ javaScriptEnabled: hasScripts });
    const page = await context.newPage();
    const tab: Tab = { page, hasScripts, own: '', faults: [] };
    page.on('console', (message) => {
      if (message.type() === 'error') tab.faults.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => tab.faults.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      tab.faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(tab.own)) tab.faults.push(`request: ${request.url()}`);
    });
    return tab;
  };

  const open = async (report: Report, opening: Opening = {}) => {
    const { extras, hash = '', viewport = { width: 1280, height: 800 }, colorScheme = 'light' } = opening;
    count += 1;
    const file = join(directory, `${count}.html`);
    for (const part of htmlParts(report, extras)) appendFileSync(file, part);
    const own = pathToFileURL(file).href;
    const hasScripts = opening.javaScriptEnabled !== false;
    const tab = (hasScripts ? free.pop() : undefined) ?? (await newTab(hasScripts));
    inUse.push(tab);
    Object.assign(tab, { own, faults: [] });
    await tab.page.setViewportSize(viewport);
    await tab.page.emulateMedia({ colorScheme });
    await tab.page.goto(own + hash);
    return { page: tab.page, faults: tab.faults };
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
