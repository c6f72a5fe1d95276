import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { type RunningDemo, startDemo } from '../../src/demo.ts';
import { openBrowser } from '../kit/browser.ts';
import { fakeLog } from '../kit/fake-log.ts';
import { freePort } from '../kit/free-port.ts';
import { describeWith } from '../kit/peers.ts';
import { annasCard, runningGateway, smallClub } from '../kit/running-gateway.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { until } from '../kit/until.ts';

describeWith('chromium', 'the pages in a real browser', (chromium) => {
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

  /** The desk of a gateway where Anna has two passes and may not come in twice; Anna has just come in. */
  async function deskOfTwoPasses() {
    const { membershipTypes, memberships, ...club } = smallClub();
    const gateway = await runningGateway(
      { gates: { 'main-in': { antiPassback: { mode: 'hard' }, doubleReadSeconds: 0 } }, zones: { club: { limit: 9 } } },
      {
        ...club,
        membershipTypes: [...membershipTypes, { ...membershipTypes[0], id: 'other', title: 'Without an end' }],
        memberships: [...memberships, { ...memberships[0], id: 'annas-other', typeId: 'other', endsOn: null }],
      },
    );
    const tap = () => gateway.box.tap('main-in', { kind: 'rfid', value: annasCard.id }, null);
    tap();
    const { page: tab, faults } = await page(`${gateway.url}/staff`);
    await tab.locator('input[name=name]').fill(gateway.firstSignIn?.name ?? '');
    await tab.locator('input[name=pin]').fill(gateway.firstSignIn?.pin ?? '');
    await tab.keyboard.press('Enter');
    await tab.getByText('Anna Kowalska').first().waitFor();
    return { tab, faults, tap };
  }

  it('staff read rule by rule why somebody was refused, without a mouse', async () => {
    const { tab, faults, tap } = await deskOfTwoPasses();
    tap();
    const why = tab.getByRole('button', { name: 'Why? Anna Kowalska' }).first();
    await tab.getByText('They are outside').waitFor();
    await why.focus();
    await tab.keyboard.press('Enter');
    const dialog = tab.getByRole('dialog');
    const refusing = dialog.locator('.rules li[data-result=refused]');
    await refusing.waitFor();
    expect(await refusing.innerText()).toMatch(/✗[^]*Already inside[^]*refuses/);
    expect(await dialog.locator('.rules li[data-result=passed]').count()).toBeGreaterThan(5);
    await tab.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await why.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(faults).toEqual([]);
  });

  it('staff read which membership was chosen and why, and charge the other one', async () => {
    const { tab, faults } = await deskOfTwoPasses();
    await tab.getByRole('button', { name: 'Why? Anna Kowalska' }).click();
    const chosen = tab.getByRole('dialog').locator('[data-chosen=true]');
    await chosen.waitFor();
    expect(await chosen.innerText()).toMatch(/Any time[^]*ends first/);
    await tab.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

    await tab.getByRole('button', { name: 'Charge another membership: Anna Kowalska' }).click();
    const dialog = tab.getByRole('dialog');
    await dialog.getByText('Without an end').waitFor();
    await dialog.getByRole('button', { name: 'Charge this one' }).click();
    await dialog.getByRole('alert').getByText('at least three characters').waitFor();
    await dialog.getByText('Wrong membership chosen').click();
    await dialog.getByRole('button', { name: 'Charge this one' }).click();
    await tab.getByText('charged to “Without an end” instead').waitFor();
    await tab.locator('.tap', { hasText: 'Another membership charged' }).getByText('by desk').waitFor();
    expect(faults).toEqual([]);
  });

  it('staff say that somebody is outside, and that everybody has left', async () => {
    const { tab, faults, tap } = await deskOfTwoPasses();
    tap();
    await tab.getByText('1 person', { exact: true }).waitFor();
    await tab.getByRole('button', { name: 'They are outside: Anna Kowalska' }).click();
    await tab.getByText('0 people', { exact: true }).waitFor();
    await tab.locator('.tap-answered', { hasText: 'Marked as outside' }).waitFor();
    expect(tap().outcome).toBe('granted');
    await tab.getByRole('button', { name: 'Everybody has left' }).click();
    await tab.getByRole('dialog').getByRole('button', { name: 'Yes, nobody is inside' }).click();
    await tab.getByText('Everybody marked as outside: club').first().waitFor();
    expect(faults).toEqual([]);
  });
});
