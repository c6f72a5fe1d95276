import { describe, expect, it } from 'vitest';
import { type KioskEvent, startKiosk, stepKiosk } from '../../kiosk-ui/src/kiosk/kiosk-state.ts';
import type { KioskHello } from '../../src/adapters/web/http-api.ts';
import type { Screen } from '../../src/domain/kiosk/screen.ts';

const idle: Screen = { kind: 'idle', lines: [{ language: 'en', text: 'Hold your card to the reader' }], gateClosed: false };

const hello = (build: string, moment: KioskHello['moment'] = []): KioskEvent => ({
  kind: 'hello',
  hello: { build, gate: 'entrance', timeZone: 'Europe/Warsaw', moment },
});

const after = (...events: KioskEvent[]) => events.reduce(stepKiosk, startKiosk);

describe('the kiosk page', () => {
  it('asks for a moment in every language before the gateway ever answered', () => {
    expect(startKiosk.screen).toBeNull();
    expect(startKiosk.moment.map(({ language }) => language).sort()).toEqual(['en', 'pl', 'ru', 'uk']);
    for (const { text } of startKiosk.moment) expect(text).not.toBe('');
  });

  it('shows no answer once the connection is lost, and not again until the gateway sends one', () => {
    const lost = after(hello('1'), { kind: 'screen', screen: idle }, { kind: 'lost' });
    expect(lost.screen).toBeNull();
    const back = stepKiosk(lost, hello('1'));
    expect(back.screen).toBeNull();
    expect(stepKiosk(back, { kind: 'screen', screen: idle }).screen).toEqual(idle);
  });

  it("keeps the club's own words for the time when nobody answers", () => {
    const words: KioskHello['moment'] = [{ language: 'pl', text: 'Zaraz wracamy' }];
    expect(after(hello('1', words), { kind: 'lost' }).moment).toEqual(words);
  });

  it('keeps the built-in words when the gateway sends none', () => {
    expect(after(hello('1', [])).moment).toEqual(startKiosk.moment);
  });

  it('is outdated when another program answers after a restart', () => {
    expect(after(hello('1'), { kind: 'lost' }, hello('1')).outdated).toBe(false);
    expect(after(hello('1'), { kind: 'lost' }, hello('2')).outdated).toBe(true);
  });

  it("shows the gateway's clock, and none without a connection", () => {
    expect(after({ kind: 'beat', at: 1_000 }).now).toBe(1_000);
    expect(after({ kind: 'beat', at: 1_000 }, { kind: 'lost' }).now).toBeNull();
  });
});
