import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { type RunningDemo, startDemo } from '../../src/demo.ts';
import { openBrowser } from '../kit/browser.ts';
import { fakeLog } from '../kit/fake-log.ts';
import { freePort } from '../kit/free-port.ts';
import { describeWith } from '../kit/peers.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { until } from '../kit/until.ts';

describeWith('chromium', 'the pages in a real browser, on the demo club', (chromium) => {
  async function open(data = temporaryFolder(), port = 0): Promise<RunningDemo> {
    const demo = await startDemo({ port, data, log: fakeLog() });
    onTestFinished(() => demo.stop());
    return demo;
  }

  async function page(url: string, options: { reducedMotion?: 'reduce' } = {}): Promise<{ page: Page; faults: string[] }> {
    const browser = await openBrowser(chromium);
    const faults: string[] = [];
    const opened = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...options });
    opened.on('pageerror', (error) => faults.push(error.message));
    opened.on('response', (response) => {
      if (response.status() >= 400 && !response.url().endsWith('/staff/api/me'))
        faults.push(`${response.status()} ${response.url()}`);
    });
    await opened.goto(url);
    return { page: opened, faults };
  }

  it('a person picks a member and taps: gate, kiosk and journal move', async () => {
    const demo = await open();
    const { page: tab, faults } = await page(`${demo.url}/demo`);
    await tab.getByText('Олена Шевченко').first().click();
    await tab.getByRole('button', { name: /tap the card/i }).click();
    const kiosk = tab.frameLocator('iframe');
    await kiosk.getByRole('heading', { name: 'Вітаємо, Олена!' }).waitFor();
    expect(
      await kiosk
        .locator('img')
        .first()
        .evaluate((photo: HTMLImageElement) => photo.naturalWidth),
    ).toBeGreaterThan(0);
    await tab.getByText(/OK · Олена Шевченко · visit 1/).waitFor();
    await tab.getByText(/PASSED · visit 1 committed/).waitFor();
    expect(faults).toEqual([]);
  });

  it('whoever does not walk through gets the visit back, and an arm pushed without a tap is told', async () => {
    const demo = await open();
    const { page: tab } = await page(`${demo.url}/demo`);
    await tab.getByText(/walks through by themselves/i).click();
    await tab.getByText('Олена Шевченко').first().click();
    await tab.getByRole('button', { name: /tap the card/i }).click();
    await tab.getByText(/NOT_PASSED · visit 1 given back/).waitFor({ timeout: 15_000 });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await tab.getByRole('button', { name: /push the arm/i }).click();
    await tab.getByText('UNEXPECTED_PASSAGE').first().waitFor({ timeout: 15_000 });
  }, 60_000);

  it('the kiosk says one moment when the gateway goes away, and recovers by itself', async () => {
    const data = temporaryFolder();
    const port = await freePort();
    const first = await open(data, port);
    const { page: tab } = await page(`${first.url}/`);
    await tab
      .getByText('Hold your card or wristband to the reader')
      .or(tab.getByText(/card or wristband/i))
      .first()
      .waitFor();
    await first.stop();
    await tab.getByText('One moment', { exact: false }).first().waitFor();
    await open(data, port);
    await tab
      .getByText(/card or wristband/i)
      .first()
      .waitFor({ timeout: 15_000 });
  }, 60_000);

  it('a long refusal fits the screen also where nothing may move', async () => {
    const demo = await open();
    const { page: tab } = await page(`${demo.url}/?gate=main-in`, { reducedMotion: 'reduce' });
    await tab
      .getByText(/card or wristband/i)
      .first()
      .waitFor();
    await fetch(`${demo.url}/demo/api/tap`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ gate: 'main-in', person: 'm002' }),
    });
    const headline = tab.locator('h1');
    await headline.waitFor();
    await until(
      'the words have their size',
      async () => (await headline.evaluate((words) => Number.parseFloat(getComputedStyle(words).fontSize))) > 40,
    );
    const overflow = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  it('staff sign in, see the refusal, and let the person in with a reason', async () => {
    const demo = await open();
    const { page: tab, faults } = await page(`${demo.url}/staff`);
    await tab.locator('input[name=name]').fill(demo.signIn?.name ?? '');
    await tab.locator('input[name=pin]').fill(demo.signIn?.pin ?? '');
    await tab.keyboard.press('Enter');
    await tab.getByText('main-in').first().waitFor();
    await fetch(`${demo.url}/demo/api/tap`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ gate: 'main-in', person: 'm002' }),
    });
    await tab.getByText('Павел Орлов').first().waitFor();
    await tab.getByRole('button', { name: 'Let in: Павел Орлов' }).click();
    const dialog = tab.getByRole('dialog');
    await dialog.getByRole('textbox').first().fill('agreed with the manager');
    await dialog
      .getByRole('button', { name: /let in/i })
      .last()
      .click();
    await tab
      .getByText(/agreed with the manager/)
      .first()
      .waitFor();
    expect(faults).toEqual([]);
  });
});
