import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import pcscReader from '../../devices/readers/pcsc.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import { createPcscHost } from '../../src/adapters/transport/pcsc-host.ts';
import type { PcscReport, PcscRequest } from '../../src/adapters/transport/pcsc-messages.ts';
import { runExchangeReader } from '../../src/app/run-reader.ts';
import { createHealth } from '../../src/app/watch-health.ts';
import type { Read } from '../../src/domain/member/credential.ts';
import { fromHex, toHex } from '../../src/lib/hex.ts';
import type { PresentedCard } from '../../src/ports/transport.ts';
import { fakeLog } from '../kit/fake-log.ts';
import { startPcscProcess } from '../kit/pcsc-process.ts';
import { describeWith } from '../kit/peers.ts';
import { openVirtualPcsc, type VirtualCard } from '../kit/virtual-pcsc.ts';

/** PC/SC part 3, 3.1.3.2.3.1: storage card, ISO 14443 A part 3, MIFARE Classic 1K. */
const classicAtr = '3B8F8001804F0CA000000306030001000000006A';
/** DESFire EV1 to EV3: one historical byte, 80. */
const desfireAtr = '3B8180018080';
const getUid = fromHex('FF CA 00 00 00');

describeWith('pcscd', 'PC/SC', () => {
  it('a MIFARE Classic card and a DESFire card both give their UID', async () => {
    const pcsc = await openVirtualPcsc();
    const { cards } = startHost();
    await pcsc.insertCard(cardWithUid(classicAtr, '04A1B2C3'));
    const classic = await next(cards);
    expect(classic.reader).toBe(pcsc.reader);
    expect(toHex(classic.atr)).toBe(classicAtr);
    expect(toHex(await classic.transmit(getUid))).toBe('04A1B2C39000');

    await pcsc.removeCard();
    await pcsc.insertCard(cardWithUid(desfireAtr, '04958CAA5C5E80'));
    const desfire = await next(cards);
    expect(toHex(desfire.atr)).toBe(desfireAtr);
    expect(toHex(await desfire.transmit(getUid))).toBe('04958CAA5C5E809000');
  });

  it('a card that was taken away cannot be asked, also when another one lies there', async () => {
    const pcsc = await openVirtualPcsc();
    const { cards } = startHost();
    await pcsc.insertCard(cardWithUid(classicAtr, '04A1B2C3'));
    const first = await next(cards);
    await pcsc.removeCard();
    await expect(first.transmit(getUid)).rejects.toMatchObject({ code: 'absent' });

    await pcsc.insertCard(cardWithUid(classicAtr, '11223344'));
    const second = await next(cards);
    await expect(first.transmit(getUid)).rejects.toMatchObject({ code: 'absent' });
    expect(toHex(await second.transmit(getUid))).toBe('112233449000');
  });

  it('a question that crosses the taking away of its card is not asked of the next one', async () => {
    const pcsc = await openVirtualPcsc();
    const reports: PcscReport[] = [];
    const child = startPcscProcess();
    child.on('message', (report: PcscReport) => reports.push(report));
    await pcsc.insertCard(cardWithUid(classicAtr, '04A1B2C3'));
    await vi.waitFor(() => expect(reports).toContainEqual(expect.objectContaining({ kind: 'card', card: 1 })), {
      timeout: 10_000,
    });
    await pcsc.removeCard();
    await pcsc.insertCard(cardWithUid(classicAtr, '11223344'));
    await vi.waitFor(() => expect(reports).toContainEqual(expect.objectContaining({ kind: 'card', card: 2 })), {
      timeout: 10_000,
    });
    child.send({ id: 7, card: 1, apdu: getUid } satisfies PcscRequest);
    const refused: PcscReport = { kind: 'answer', id: 7, answer: null, failed: 'it was taken away' };
    await vi.waitFor(() => expect(reports).toContainEqual(refused));
  });

  it('the service dies and comes back: it is told, and cards are read again', async () => {
    const pcsc = await openVirtualPcsc();
    const { cards, states, readers } = startHost();
    await pcsc.insertCard(cardWithUid(classicAtr, '04A1B2C3'));
    const before = await next(cards);

    await pcsc.kill();
    await vi.waitFor(() => expect(states.at(-1)?.up).toBe(false), { timeout: 5_000 });
    expect(readers).toEqual(new Set());
    await expect(before.transmit(getUid)).rejects.toMatchObject({ code: 'absent' });

    pcsc.start();
    await pcsc.insertCard(cardWithUid(classicAtr, '11223344'));
    const after = await next(cards);
    expect(toHex(await after.transmit(getUid))).toBe('112233449000');
    expect(states.at(-1)).toEqual({ up: true, why: 'connected' });
    expect(readers).toContain(pcsc.reader);
  });

  it('a card that lies there is told once, however long it lies', async () => {
    const pcsc = await openVirtualPcsc();
    const { cards } = startHost();
    await pcsc.insertCard(cardWithUid(classicAtr, '04A1B2C3'));
    const card = await next(cards);
    await card.transmit(getUid);
    await wait(2_500);
    expect(cards).toEqual([]);
    expect(toHex(await card.transmit(getUid))).toBe('04A1B2C39000');
    await pcsc.removeCard();
    await pcsc.insertCard(cardWithUid(classicAtr, '04A1B2C3'));
    await next(cards);
  });

  it('the status says in turn that the service is gone, that no reader is plugged in, and which one is', async () => {
    const pcsc = await openVirtualPcsc();
    const { host, reads, status } = startReader(pcsc.reader);
    onTestFinished(() => host());
    await vi.waitFor(() => expect(status()).toEqual(['up', pcsc.reader]), { timeout: 10_000 });
    await pcsc.insertCard(cardWithUid(classicAtr, '04A1B2C3'));
    await vi.waitFor(() => expect(reads).toEqual(['04A1B2C3']), { timeout: 10_000 });

    await pcsc.kill();
    await vi.waitFor(() => expect(status()[0]).toBe('down'), { timeout: 5_000 });
    await vi.waitFor(() => expect(status()[1]).toContain('run `sudo systemctl enable --now pcscd.socket`'), { timeout: 10_000 });

    pcsc.unplugReader();
    pcsc.start();
    await vi.waitFor(() => expect(status()).toEqual(['down', `no reader called \`${pcsc.reader}\` is plugged in`]), {
      timeout: 20_000,
    });

    await pcsc.kill();
    pcsc.plugReader();
    pcsc.start();
    await vi.waitFor(() => expect(status()).toEqual(['up', pcsc.reader]), { timeout: 20_000 });
    await pcsc.insertCard(cardWithUid(classicAtr, '11223344'));
    await vi.waitFor(() => expect(reads.at(-1)).toBe('11223344'), { timeout: 10_000 });
  }, 60_000);

  it('a service that is not running at the start is told with what to do, and found when it comes', async () => {
    const pcsc = await openVirtualPcsc({ running: false });
    const { cards, states } = startHost();
    await vi.waitFor(() => expect(states).toHaveLength(1), { timeout: 5_000 });
    expect(states[0]).toMatchObject({ up: false, why: expect.stringContaining('systemctl enable --now pcscd.socket') });

    pcsc.start();
    await pcsc.insertCard(cardWithUid(desfireAtr, '04958CAA5C5E80'));
    expect(toHex(await (await next(cards)).transmit(getUid))).toBe('04958CAA5C5E809000');
  });

  it('a PC/SC process that hangs is replaced, and cards are read again', async () => {
    const pcsc = await openVirtualPcsc();
    const { cards, states } = startHost();
    await vi.waitFor(() => expect(states.at(-1)?.up).toBe(true), { timeout: 5_000 });
    const [hung] = pcscProcesses();
    process.kill(Number(hung), 'SIGSTOP');
    await vi.waitFor(() => expect(states.at(-1)?.why).toContain('did not answer'), { timeout: 10_000 });
    await vi.waitFor(() => expect(pcscProcesses()).not.toContain(hung));

    await pcsc.insertCard(cardWithUid(classicAtr, '04A1B2C3'));
    expect(toHex(await (await next(cards)).transmit(getUid))).toBe('04A1B2C39000');
  });

  it('a service that hangs while a card is asked holds nobody up for long', async () => {
    const pcsc = await openVirtualPcsc();
    const { cards, states } = startHost();
    await pcsc.insertCard(cardWithUid(classicAtr, '04A1B2C3'));
    const card = await next(cards);
    pcsc.freeze();
    await expect(card.transmit(getUid)).rejects.toMatchObject({ code: 'no_answer' });
    await vi.waitFor(() => expect(states.at(-1)?.up).toBe(false));

    pcsc.thaw();
    const again = await next(cards);
    expect(toHex(await again.transmit(getUid))).toBe('04A1B2C39000');
  });

  it('the slot for a security module is not taken for a reader', async () => {
    const pcsc = await openVirtualPcsc({ reader: 'ACS ACR1252 Dual Reader SAM' });
    const { states, readers, cards } = startHost();
    await pcsc.insertCard(cardWithUid(classicAtr, '04A1B2C3'));
    await vi.waitFor(() => expect(states.at(-1)?.up).toBe(true), { timeout: 5_000 });
    await expect(next(cards, 300)).rejects.toThrow();
    expect(readers).toEqual(new Set());
  });

  it('stopping leaves no process behind, hanging or not', async () => {
    await openVirtualPcsc();
    const { host, states } = startHost();
    await vi.waitFor(() => expect(states.at(-1)?.up).toBe(true), { timeout: 5_000 });
    const [hung] = pcscProcesses();
    process.kill(Number(hung), 'SIGSTOP');
    await host.stop();
    expect(pcscProcesses()).toEqual([]);
  });
});

function cardWithUid(atr: string, uid: string): VirtualCard {
  const answer = (apdu: Uint8Array) => fromHex(toHex(apdu) === toHex(getUid) ? `${uid}9000` : '6D00');
  return { atr: fromHex(atr), answer };
}

function startHost() {
  const states: { up: boolean; why: string }[] = [];
  const readers = new Set<string>();
  const cards: PresentedCard[] = [];
  const host = createPcscHost({ clock: systemClock, log: fakeLog() });
  onTestFinished(() => host.stop());
  host.start({
    service: (state) => states.push(state),
    reader: (name, present) => void (present ? readers.add(name) : readers.delete(name)),
    card: (card) => cards.push(card),
  });
  return { host, states, readers, cards };
}

/** A whole reader, as the gateway runs one: what it read, and what the status page says of it. */
function startReader(name: string) {
  const health = createHealth({ clock: systemClock, log: fakeLog() });
  const reads: string[] = [];
  const parts = {
    id: 'entrance',
    clock: systemClock,
    health: health.register({ id: 'reader entrance', product: pcscReader.name, where: 'PC/SC' }),
    log: fakeLog(),
    read({ value }: Read) {
      reads.push(value);
      return 'granted' as const;
    },
    keys: () => null,
    frameComes() {},
  };
  const transport = createPcscHost({ clock: systemClock, log: fakeLog() });
  const given = { secrets: {}, random: randomBytes };
  const host = runExchangeReader(pcscReader, pcscReader.settings.parse({}), given, transport, name, parts);
  const status = () => {
    const { state, why } = health.get('reader entrance') ?? {};
    return [state, why];
  };
  return { host, reads, status };
}

/** The next card that is presented. */
function next(cards: PresentedCard[], timeout = 10_000): Promise<PresentedCard> {
  return vi.waitFor(
    () => {
      const card = cards.shift();
      if (card === undefined) throw new Error('no card was presented');
      return card;
    },
    { timeout, interval: 5 },
  );
}

/** The ids of the PC/SC processes that this test started. */
function pcscProcesses(): string[] {
  const rows = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' }).split('\n');
  return rows.filter((row) => row.includes('pcsc-process')).map((row) => row.trim().split(' ')[0] ?? '');
}
