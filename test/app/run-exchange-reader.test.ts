import { describe, expect, it } from 'vitest';
import desfire from '../../devices/readers/desfire.ts';
import ntag424 from '../../devices/readers/ntag424.ts';
import pcsc from '../../devices/readers/pcsc.ts';
import { runExchangeReader } from '../../src/app/run-reader.ts';
import { createHealth } from '../../src/app/watch-health.ts';
import type { Read } from '../../src/domain/member/credential.ts';
import { fromHex, toHex } from '../../src/lib/hex.ts';
import type { Answer, ExchangeReader } from '../../src/ports/device.ts';
import { Failure } from '../../src/ports/failure.ts';
import type { CardEvents } from '../../src/ports/transport.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { fakeLog } from '../kit/fake-log.ts';
import { until } from '../kit/until.ts';
import { virtualDesfire } from '../kit/virtual-desfire.ts';
import { virtualNtag424 } from '../kit/virtual-ntag424.ts';
import type { VirtualCard } from '../kit/virtual-pcsc.ts';

const key = '00112233445566778899AABBCCDDEEFF';
const otherKey = 'F3F9377698707B688EAF84ABE39E3791';
const uid = '04958CAA5C5E80';

/** A reader on a PC/SC service in memory. */
function runReader(
  profile: ExchangeReader,
  {
    settings = {},
    secrets = {},
    answer = 'granted',
  }: { settings?: object; secrets?: Record<string, string>; answer?: Answer } = {},
) {
  const clock = fakeClock();
  const log = fakeLog();
  const health = createHealth({ clock, log });
  const reads: Read[] = [];
  let heard: CardEvents | null = null;
  const transport = { start: (events: CardEvents) => void (heard = events), stop: async () => {} };
  const given = {
    secrets: Object.fromEntries(Object.entries(secrets).map(([name, hex]) => [name, fromHex(hex)])),
    random: (bytes: number) => new Uint8Array(bytes).fill(7),
  };
  const parts = {
    id: 'entrance',
    clock,
    health: health.register({ id: 'reader entrance', product: profile.name, where: 'PC/SC' }),
    log,
    read(read: Read) {
      reads.push(read);
      return answer;
    },
    keys: () => null,
    frameComes() {},
  };
  runExchangeReader(profile, profile.settings.parse(settings), given, transport, null, parts);
  const sent: string[] = [];
  /** `commands`: how many it answers before it is taken away. */
  const present = async (card: VirtualCard, reader = 'ACS ACR122U PICC Interface 00 00', commands = Number.POSITIVE_INFINITY) => {
    let left = commands;
    const before = reads.length + log.lines.length;
    heard?.card({
      reader,
      atr: card.atr,
      async transmit(apdu) {
        sent.push(toHex(apdu));
        left -= 1;
        if (left < 0) throw new Failure('absent', 'the card could not be asked: it was taken away', { retry: true });
        return card.answer(apdu);
      },
    });
    await until('the card was dealt with', () => reads.length + log.lines.length > before);
  };
  return { health, log, reads, sent, present, service: (events: (heard: CardEvents) => void) => heard && events(heard) };
}

const plainCard = (number: string, atr = '3B8F8001804F0CA000000306030001000000006A'): VirtualCard => ({
  atr: fromHex(atr),
  answer: (apdu) => fromHex(toHex(apdu) === 'FFCA000000' ? `${number}9000` : '6D00'),
});

describe('a card on a PC/SC reader', () => {
  it('that may come in is told by green and one beep, and one that may not by red and many', async () => {
    const granted = runReader(pcsc);
    await granted.present(plainCard('04A1B2C3'));
    expect(granted.sent).toEqual(['FFCA000000', 'FF00402E0401000101']);
    const denied = runReader(pcsc, { answer: 'denied' });
    await denied.present(plainCard('04A1B2C3'));
    expect(denied.sent).toEqual(['FFCA000000', 'FF00405D0402010501']);
  });

  it('that could not be read is told by red too: the screen says nothing of it', async () => {
    const { sent, reads, present } = runReader(pcsc);
    await present(plainCard('08A1B2C3', '3B80800101'));
    expect(reads).toEqual([]);
    expect(sent).toEqual(['FFCA000000', 'FF00405D0402010501']);
  });

  it('is told nothing by a reader that may not know lamps', async () => {
    const { sent, present } = runReader(pcsc);
    await present(plainCard('04A1B2C3'), 'HID Global OMNIKEY 5022 Smart Card Reader 00 00');
    expect(sent).toEqual(['FFCA000000']);
  });

  it('a phone, a bank card and a DESFire that hides its number are refused with what to do', async () => {
    const { log, reads, present } = runReader(pcsc);
    await present(plainCard('08A1B2C3', '3B80800101'));
    await present(plainCard('04A1B2C3', '3B888001000000000000000009'));
    await present(plainCard('08A1B2C3', '3B8180018080'));
    expect(reads).toEqual([]);
    const why = log.lines.map((line) => String(line.fields['why']));
    expect(why[0]).toContain("a code on the phone's screen");
    expect(why[1]).toContain('bank card');
    expect(why[2]).toContain('randomUid');
  });
});

describe('a DESFire card', () => {
  const card = (differing: Partial<Parameters<typeof virtualDesfire>[0]> = {}) =>
    virtualDesfire({ uid, applicationId: 'F51234', keys: { 0: key }, ...differing });
  const proven = [{ kind: 'rfid', value: uid, proven: true }];

  it.each(['ev1', 'ev2'] as const)('that knows the key is known by its true number (%s)', async (authentication) => {
    const { reads, present } = runReader(desfire, { settings: { authentication }, secrets: { key } });
    await present(card({ shownUid: '08A1B2C3' }));
    expect(reads).toEqual(proven);
  });

  it.each(['ev1', 'ev2'] as const)('that knows another key is nobody (%s)', async (authentication) => {
    const { reads, log, present } = runReader(desfire, { settings: { authentication }, secrets: { key } });
    await present(card({ keys: { 0: otherKey } }));
    expect(reads).toEqual([]);
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { why: expect.stringContaining('key is wrong') } }]);
  });

  it.each([1, 2, 3])('that is torn away after %i answers is nobody, and may be held there again', async (answers) => {
    const { reads, log, present } = runReader(desfire, { secrets: { key } });
    await present(card(), undefined, answers);
    expect(reads).toEqual([]);
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { why: expect.stringContaining('taken away') } }]);
    await present(card());
    expect(reads).toEqual(proven);
  });

  it("that is only another card with the member's number is nobody", async () => {
    const { reads, present } = runReader(desfire, { secrets: { key } });
    await present(card({ isCopy: true }));
    await present(plainCard(uid));
    await present(card({ applicationId: '000001' }));
    expect(reads).toEqual([]);
  });

  it.each(['ev1', 'ev2'] as const)(
    'tells a number of its file in every way that files travel, in one frame or many (%s)',
    async (authentication) => {
      const data = Buffer.from('....0012345678901234567890123456\xff\xff', 'latin1').toString('hex');
      for (const communication of ['plain', 'mac', 'encrypted'] as const) {
        for (const frameBytes of [59, 16, 7]) {
          const { reads, present } = runReader(desfire, {
            settings: {
              authentication,
              communication,
              number: 'file',
              fileNumber: 1,
              offset: 4,
              length: 30,
              numberForm: 'digits',
            },
            secrets: { key },
          });
          await present(card({ files: { 1: { data, communication } }, frameBytes }));
          const isProven = authentication === 'ev1' || communication !== 'plain';
          expect(reads).toEqual([{ kind: 'rfid', value: '0012345678901234567890123456', ...(isProven && { proven: true }) }]);
        }
      }
    },
  );

  it('whose answer is changed on its way is nobody', async () => {
    for (const authentication of ['ev1', 'ev2'] as const) {
      const { reads, present } = runReader(desfire, { settings: { authentication }, secrets: { key } });
      const real = card();
      await present({
        ...real,
        answer(apdu) {
          const told = real.answer(apdu);
          if (apdu[1] === 0x51) told[3] = (told[3] ?? 0) ^ 1;
          return told;
        },
      });
      expect(reads).toEqual([]);
    }
  });

  it('whose file travels in another way than it is said to is refused', async () => {
    const files = { 1: { data: '01020304', communication: 'mac' as const } };
    const { reads, present } = runReader(desfire, {
      settings: { communication: 'encrypted', number: 'file', fileNumber: 1 },
      secrets: { key },
    });
    await present(card({ files }));
    expect(reads).toEqual([]);
  });

  it.each(['', 'A04C124213C186F2', 'A04C124213C186F22399D33AC2A30215'.repeat(2)])(
    'whose challenge is `%s` is no card of ours',
    async (challenge) => {
      const { reads, log, present } = runReader(desfire, { secrets: { key } });
      const real = card();
      await present({ ...real, answer: (apdu) => (apdu[1] === 0x71 ? fromHex(`${challenge}91AF`) : real.answer(apdu)) });
      expect(reads).toEqual([]);
      expect(String(log.lines[0]?.fields['why'])).toContain('challenge');
    },
  );

  it('that gives less or more than it was asked for, or never ends, is refused', async () => {
    const settings = { communication: 'plain', number: 'file', fileNumber: 1 };
    for (const told of ['010203 9100', '0102030405 9100', '01020304 91AF']) {
      const { reads, log, sent, present } = runReader(desfire, { settings, secrets: { key } });
      const real = card();
      let isReading = false;
      await present({
        ...real,
        answer(apdu) {
          isReading ||= apdu[1] === 0xbd;
          return isReading && apdu[0] === 0x90 ? fromHex(told) : real.answer(apdu);
        },
      });
      expect(reads).toEqual([]);
      expect(log.lines).toHaveLength(1);
      expect(sent.length).toBeLessThan(16);
    }
  });

  it('with a key of its own that hides its number tells it under the privacy key first, and needs that', async () => {
    const settings = { applicationId: 'F54230', diversification: 'an10922', systemIdentifier: '4E585020416275', randomUid: true };
    const own = {
      uid: '04782E21801D80',
      shownUid: '08A1B2C3',
      applicationId: 'F54230',
      keys: { 0: 'A8DD63A3B89D54B37CA802473FDA9175', 1: otherKey },
    };
    const with2 = runReader(desfire, { settings, secrets: { key, privacyKey: otherKey } });
    await with2.present(virtualDesfire(own));
    expect(with2.reads).toEqual([{ kind: 'rfid', value: '04782E21801D80', proven: true }]);
    const with1 = runReader(desfire, { settings, secrets: { key } });
    await with1.present(virtualDesfire(own));
    expect(with1.reads).toEqual([]);
    expect(String(with1.log.lines[0]?.fields['why'])).toContain('secrets.privacyKey');
  });

  it('may be an NTAG 424 or a DESFire Light, chosen by its name, and proves itself the same way', async () => {
    const applicationName = 'D2760000850101';
    const files = { 2: { data: '0042', communication: 'encrypted' as const } };
    const byUid = runReader(desfire, { settings: { applicationName }, secrets: { key } });
    await byUid.present(card({ applicationName, files }));
    expect(byUid.reads).toEqual(proven);
    const byFile = runReader(desfire, {
      settings: { applicationName, number: 'file', fileNumber: 2, length: 2, communication: 'encrypted' },
      secrets: { key },
    });
    await byFile.present(card({ applicationName, files }));
    expect(byFile.reads).toEqual([{ kind: 'rfid', value: '0042', proven: true }]);
    await byFile.present(card({ applicationName, files, keys: { 0: otherKey } }));
    await byFile.present(card({ applicationName: 'F012345678', files }));
    expect(byFile.reads).toHaveLength(1);
    expect(byFile.log.lines.map((line) => String(line.fields['why']).slice(0, 31))).toEqual([
      'the card answered `91AE` when i',
      'the card answered `6A82` when i',
    ]);
  });

  it('never has a word of a key in the log', async () => {
    for (const keys of [{ 0: otherKey }, {}, { 0: key }] as Record<number, string>[]) {
      for (const authentication of ['ev1', 'ev2']) {
        const { log, present } = runReader(desfire, { settings: { authentication, number: 'file' }, secrets: { key } });
        await present(card({ keys }));
        for (const secret of [key, otherKey]) expect(JSON.stringify(log.lines).toUpperCase()).not.toContain(secret.slice(0, 8));
      }
    }
  });
});

describe('an NTAG 424 card', () => {
  const secrets = { metaKey: key, fileKey: otherKey };

  it('is known by its number, and every tap counts', async () => {
    const { reads, present } = runReader(ntag424, { secrets });
    const card = virtualNtag424({ uid, ...secrets, counter: 40 });
    await present(card);
    await present(card);
    expect(reads).toEqual([41, 42].map((counter) => ({ kind: 'rfid', value: uid, proven: true, counter })));
  });

  it('with other keys, a plain card and a card torn away are nobody', async () => {
    const { reads, present } = runReader(ntag424, { secrets });
    await present(virtualNtag424({ uid, metaKey: key, fileKey: key }));
    await present(virtualNtag424({ uid, metaKey: otherKey, fileKey: otherKey }));
    await present(plainCard(uid));
    for (const answers of [0, 1, 2, 3]) await present(virtualNtag424({ uid, ...secrets }), undefined, answers);
    expect(reads).toEqual([]);
  });
});

describe('the status of a PC/SC reader', () => {
  it('says whether the service runs, whether a reader is plugged in, and which', () => {
    const { health, service } = runReader(pcsc);
    const status = () => {
      const { state, why } = health.get('reader entrance') ?? {};
      return [state, why];
    };
    service((heard) => heard.service({ up: false, why: 'the PC/SC service is not running' }));
    expect(status()).toEqual(['down', 'the PC/SC service is not running']);
    service((heard) => heard.service({ up: true, why: 'connected' }));
    expect(status()).toEqual(['down', 'no reader is plugged in']);
    service((heard) => heard.reader('Gate Reader 00 00', true));
    expect(status()).toEqual(['up', 'Gate Reader 00 00']);
    service((heard) => heard.reader('Gate Reader 00 00', false));
    expect(status()).toEqual(['down', 'no reader is plugged in']);
  });
});
