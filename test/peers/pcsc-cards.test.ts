import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fromHex, toHex } from '../../src/lib/hex.ts';
import { describeWith } from '../kit/peers.ts';
import { openPseudoTerminal } from '../kit/pseudo-terminal.ts';
import { relayOff, relayOn, runningGateway, smallClub, startOn } from '../kit/running-gateway.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { until } from '../kit/until.ts';
import { type DesfireParts, virtualDesfire } from '../kit/virtual-desfire.ts';
import { type Ntag424Parts, virtualNtag424 } from '../kit/virtual-ntag424.ts';
import { openVirtualPcsc, type VirtualCard, type VirtualPcsc } from '../kit/virtual-pcsc.ts';

type Gateway = Awaited<ReturnType<typeof runningGateway>>;

const uid = '04958CAA5C5E80';
const clubKey = '00112233445566778899AABBCCDDEEFF';
const otherKey = 'F3F9377698707B688EAF84ABE39E3791';

/** What an ACR122U is told after a tap: green and a beep, or red and many. */
const shown = { granted: 'FF00402E0401000101', denied: 'FF00405D0402010501' };

const club = smallClub();
club.credentials.push({ id: 'annas-desfire', kind: 'rfid', value: uid, memberId: 'anna', status: 'active' });

const desfireCard = (differing: Partial<DesfireParts> = {}) =>
  virtualDesfire({ uid, applicationId: 'F51234', keys: { 0: clubKey }, ...differing });
const sunCard = (differing: Partial<Ntag424Parts> = {}) =>
  virtualNtag424({ uid, metaKey: clubKey, fileKey: clubKey, counter: 40, ...differing });

/** A card of another make that shows Anna's number. */
function plainCopy(): VirtualCard & { heard: string[] } {
  const heard: string[] = [];
  return {
    atr: fromHex('3B8F8001804F0CA000000306030001000000006A'),
    heard,
    answer(apdu) {
      heard.push(toHex(apdu));
      return fromHex(toHex(apdu) === 'FFCA000000' ? `${uid}9000` : '6D00');
    },
  };
}

/** A gate that takes nothing less than a card that proves itself, with its reader on a PC/SC service of its own. */
async function strictGate(device: string, secretNames: string[], settings: object = {}, gate: object = {}) {
  const pcsc = await openVirtualPcsc({ reader: 'ACS ACR122U PICC Interface' });
  const folder = temporaryFolder();
  const keyFile = join(folder, 'club.key');
  writeFileSync(keyFile, `${clubKey}\n`, { mode: 0o600 });
  const secrets = Object.fromEntries(secretNames.map((name) => [name, keyFile]));
  const config = {
    readers: { entrance: { gate: 'main-in', device, settings, secrets, pcsc: { reader: 'acr122' } } },
    gates: { 'main-in': { charge: 'per_entry', doubleReadSeconds: 0, minAssurance: 'cryptographic', ...gate } },
  };
  const gateway = await runningGateway(config, club);
  await readerIsUp(gateway);
  return { pcsc, gateway, config };
}

async function readerIsUp(gateway: Gateway): Promise<void> {
  await until('the reader is up', () => gateway.box.health.get('reader entrance')?.state === 'up', 20_000);
}

/** Lays a card on and takes it away when the reader has shown an answer; gives what it showed. */
async function hold(pcsc: VirtualPcsc, card: VirtualCard & { heard: string[] }): Promise<string | undefined> {
  const before = card.heard.length;
  const answer = () => card.heard.slice(before).find((command) => command.startsWith('FF0040'));
  await pcsc.insertCard(card);
  await until('the reader showed an answer', () => answer() !== undefined, 15_000);
  await pcsc.removeCard();
  return answer();
}

const decisions = (gateway: Gateway) =>
  gateway.box.central.journalAfter(0, 99).entries.map(({ event }) => 'decision' in event && event.decision.code);

describeWith('pcscd', 'a gate that asks for a card that proves itself', () => {
  it('is opened by a DESFire with the right key, and told so by the relay and the lamp', async () => {
    const relay = await openPseudoTerminal();
    let told = '';
    relay.onBytes((bytes) => (told += toHex(bytes)));
    const device = { relay: { device: 'lcus', serial: { path: relay.path }, pulseMs: 200 } };
    const { pcsc, gateway } = await strictGate('desfire', ['key'], {}, device);
    await until('the relay is up', () => gateway.box.health.get('relay main-in')?.state === 'up');
    expect(await hold(pcsc, desfireCard())).toBe(shown.granted);
    expect(decisions(gateway)).toEqual(['OK']);
    const pulse = toHex(relayOn) + toHex(relayOff);
    await until('the relay was closed and let go', () => told.endsWith(pulse));
    expect(told.split(toHex(relayOn))).toHaveLength(2);
  }, 60_000);

  it("stays shut for another key, for a copy of the number, for another club's card and for a phone", async () => {
    const { pcsc, gateway } = await strictGate('desfire', ['key'], { authentication: 'ev1' });
    const phone = { ...plainCopy(), atr: fromHex('3B80800101') };
    for (const card of [
      desfireCard({ keys: { 0: otherKey } }),
      plainCopy(),
      desfireCard({ isCopy: true }),
      desfireCard({ applicationId: '000001' }),
      phone,
    ])
      expect(await hold(pcsc, card)).toBe(shown.denied);
    expect(decisions(gateway)).toEqual([]);
    expect(await hold(pcsc, desfireCard())).toBe(shown.granted);
    expect(decisions(gateway)).toEqual(['OK']);
  }, 60_000);

  it('stays shut for a card that is torn away while it proves itself, and opens when it is held there again', async () => {
    const { pcsc, gateway } = await strictGate('desfire', ['key']);
    for (const tornAt of ['9071', '90AF', '9051']) {
      const card = desfireCard();
      const removals: Promise<void>[] = [];
      await pcsc.insertCard({
        ...card,
        answer(apdu) {
          const answer = card.answer(apdu);
          if (toHex(apdu).startsWith(tornAt)) removals.push(pcsc.removeCard());
          return answer;
        },
      });
      await until(`it was torn away at ${tornAt}`, () => removals.length > 0, 15_000);
      await Promise.all(removals);
    }
    expect(decisions(gateway)).toEqual([]);
    expect(await hold(pcsc, desfireCard())).toBe(shown.granted);
    expect(decisions(gateway)).toEqual(['OK']);
  }, 60_000);

  it('reads a number from a file of a card with a key of its own that hides its number', async () => {
    const keyOfThisCard = 'A8DD63A3B89D54B37CA802473FDA9175';
    const { pcsc, gateway } = await strictGate('desfire', ['key', 'privacyKey'], {
      applicationId: 'F54230',
      diversification: 'an10922',
      systemIdentifier: '4E585020416275',
      randomUid: true,
      number: 'file',
      fileNumber: 1,
      length: 7,
    });
    const files = { 1: { data: uid, communication: 'encrypted' as const } };
    const card = virtualDesfire({
      uid: '04782E21801D80',
      shownUid: '08A1B2C3',
      applicationId: 'F54230',
      keys: { 0: keyOfThisCard, 1: clubKey },
      files,
    });
    expect(await hold(pcsc, card)).toBe(shown.granted);
    expect(decisions(gateway)).toEqual(['OK']);
  }, 60_000);

  it('stays shut for a number alone, however the reader is wired', async () => {
    const { pcsc, gateway } = await strictGate('pcsc', []);
    expect(await hold(pcsc, desfireCard())).toBe(shown.denied);
    expect(decisions(gateway)).toEqual(['CREDENTIAL_TOO_WEAK']);
  }, 60_000);

  it('is opened by each tap of an NTAG 424 once: a message that was copied off the card opens nothing, after a restart neither', async () => {
    const { pcsc, gateway, config } = await strictGate('ntag424', ['metaKey', 'fileKey']);
    const card = sunCard();
    expect(await hold(pcsc, card)).toBe(shown.granted);
    const copied = card.url();
    expect(await hold(pcsc, sunCard({ copyOf: copied }))).toBe(shown.denied);
    expect(await hold(pcsc, card)).toBe(shown.granted);
    expect(await hold(pcsc, sunCard({ fileKey: otherKey, counter: 90 }))).toBe(shown.denied);
    expect(decisions(gateway)).toEqual(['OK', 'CREDENTIAL_REPLAYED', 'OK']);

    await gateway.stop();
    const again = await startOn(gateway.data, config);
    await readerIsUp(again);
    expect(await hold(pcsc, sunCard({ copyOf: copied }))).toBe(shown.denied);
    expect(await hold(pcsc, card)).toBe(shown.granted);
    expect(decisions(again)).toEqual(['OK', 'CREDENTIAL_REPLAYED', 'OK', 'CREDENTIAL_REPLAYED', 'OK']);
  }, 90_000);
});
