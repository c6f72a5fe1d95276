/** `npm run pictures`: makes the README's pictures with the program itself, on a demo club of its own. Needs Debian's chromium. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root, runScript, SetupFailure, setUp } from './setup.mjs';

const chromium = '/usr/bin/chromium';

await runScript(async () => {
  await setUp((line) => console.log(line));
  if (!existsSync(chromium)) throw new SetupFailure('The pictures need a browser: sudo apt-get install chromium');
  const data = mkdtempSync(join(tmpdir(), 'gatehouse-pictures-'));
  const demo = spawn(process.execPath, [join(root, 'dist/src/main.js'), 'demo', '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const { url, pin } = await readAddresses(demo.stdout);
    await takePictures(url, pin, join(root, 'docs', 'pictures'));
  } finally {
    demo.kill('SIGTERM');
    await new Promise((resolve) => demo.once('exit', resolve));
    rmSync(data, { recursive: true, force: true });
  }
});

/** What the demo prints: where its desk is, and with which PIN. */
async function readAddresses(stdout) {
  for await (const line of createInterface({ input: stdout })) {
    const [, url, pin] = /staff\s+(\S+)\/staff.*PIN (\d+)/.exec(line) ?? [];
    if (url !== undefined) return { url, pin };
  }
  throw new Error('the demo ended before it said where it is');
}

async function takePictures(url, pin, folder) {
  const { chromium: browserType } = await import('playwright-core');
  const browser = await browserType.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'] });
  const picture = (name) => ({ path: join(folder, `${name}.png`) });
  mkdirSync(folder, { recursive: true });
  try {
    const demo = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const kiosk = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    const desk = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    await kiosk.goto(`${url}/?gate=main-in`);
    await desk.goto(`${url}/staff`);
    await desk.locator('input[name=name]').fill('desk');
    await desk.locator('input[name=pin]').fill(pin);
    await desk.keyboard.press('Enter');
    await demo.goto(`${url}/demo`);
    for (const name of ['Павел Орлов', 'Олена Шевченко', 'James Bennett']) {
      await demo.getByText(name).first().click();
      await demo.getByRole('button', { name: /tap the card/i }).click();
      await demo.waitForTimeout(name === 'James Bennett' ? 900 : 3500);
    }
    await kiosk.screenshot(picture('kiosk'));
    await demo.screenshot(picture('demo'));
    await desk.waitForTimeout(500);
    await desk.screenshot(picture('desk'));
  } finally {
    await browser.close();
  }
}
