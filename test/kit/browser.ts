import { type Browser, chromium } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/** Debian's Chromium without a window; it looks nothing up outside this machine, and ends with the test. */
export async function openBrowser(executablePath: string): Promise<Browser> {
  const quiet = [
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', ...quiet],
    env: { ...process.env, HOME: temporaryFolder() },
  });
  onTestFinished(() => browser.close());
  return browser;
}
