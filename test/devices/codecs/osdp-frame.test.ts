import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc16, decodeFrames, encodeFrame, type OsdpFrame } from '../../../devices/codecs/osdp-frame.ts';
import { fromHex, toHex } from '../../../src/lib/hex.ts';

type Published = [what: string, wire: string, frame: Omit<OsdpFrame, 'data' | 'security'> & { data: string }];

const command = (sequence: number, code: number, data = '', address = 0, check: 'crc' | 'checksum' = 'crc') => {
  return { address, reply: false, sequence, check, code, data };
};
const reply = (...given: Parameters<typeof command>) => ({ ...command(...given), reply: true });

/** Device-protocols section 8.1: the standard's annex E, captures, and computed ones. */
const published: Published[] = [
  ['COMSET to everybody', '53 7F 0D 00 04 6E 00 80 25 00 00 6E 38', command(0, 0x6e, '0080250000', 0x7f)],
  ['ID', '53 00 09 00 04 61 00 C0 66', command(0, 0x61, '00')],
  ['COMSET with a checksum', '53 7F 0C 00 00 6E 00 80 25 00 00 0F', command(0, 0x6e, '0080250000', 0x7f, 'checksum')],
  ['ID with a checksum', '53 00 08 00 00 61 00 44', command(0, 0x61, '00', 0, 'checksum')],
  ['POLL to address 101', 'FF 53 65 08 00 04 60 60 90', command(0, 0x60, '', 101)],
  ['ACK with a checksum', 'FF 53 E5 07 00 01 40 80', reply(1, 0x40, '', 101, 'checksum')],
  ['NAK 1', 'FF 53 E5 09 00 05 41 01 0E 8F', reply(1, 0x41, '01', 101)],
  ['ACK of a real reader', '53 80 08 00 05 40 68 9F', reply(1, 0x40)],
  [
    'PDID of a real reader',
    '53 80 14 00 06 45 00 0E E3 10 10 00 00 74 97 23 06 06 1B 88',
    reply(2, 0x45, '000EE3101000007497230606'),
  ],
  ['BUZ', '53 00 0D 00 06 6A 00 02 02 02 01 59 92', command(2, 0x6a, '0002020201')],
  ['OUT with two records', 'FF 53 00 10 00 06 68 00 03 64 00 01 06 78 00 0B 5B', command(2, 0x68, '0003640001067800')],
  ['LSTAT', 'FF 53 00 08 00 06 64 0D 8C', command(2, 0x64)],
  ['ISTAT', 'FF 53 00 08 00 06 65 2C 9C', command(2, 0x65)],
  ['OSTAT', 'FF 53 00 08 00 06 66 4F AC', command(2, 0x66)],
  ['COMSET', 'FF 53 00 0D 00 06 6E 01 80 25 00 00 EC 7B', command(2, 0x6e, '0180250000')],
  ['MFG', 'FF 53 00 0E 00 06 80 01 02 03 0A 0B 0C 6B 14', command(2, 0x80, '0102030A0B0C')],
  ['POLL', 'FF530008000460EBAA', command(0, 0x60)],
  ['ACK', 'FF538008000540689F', reply(1, 0x40)],
  ['NAK 3', 'FF5380090005410355B3', reply(1, 0x41, '03')],
  ['RAW 26 bits', 'FF53801000055000011A00BD88EB80CD65', reply(1, 0x50, '00011A00BD88EB80')],
  ['RAW 34 bits', 'FF538011000650000122000250D961C0B731', reply(2, 0x50, '000122000250D961C0')],
  ['RAW 56 bits', 'FF5380130005500000380004958CAA5C5E806DC6', reply(1, 0x50, '0000380004958CAA5C5E80')],
  ['KEYPAD', 'FF53800D000653000331320D5B3F', reply(2, 0x53, '000331320D')],
  ['LED green, then red', 'FF530016000669000002010002021E0001010001013F76', command(2, 0x69, '000002010002021E000101000101')],
  ['LED denied', 'FF530016000769000002020201001400000000000032D6', command(3, 0x69, '0000020202010014000000000000')],
  ['BUZ 200 ms', 'FF53000D00056A0002020001B92C', command(1, 0x6a, '0002020001')],
  ['OUT for half a second', 'FF53000C00056800050500F88E', command(1, 0x68, '00050500')],
  ['LSTATR', 'FF53800A0006480100776F', reply(2, 0x48, '0100')],
  ['ISTATR', 'FF53800C00074900010000DA3B', reply(3, 0x49, '00010000')],
  ['BUSY', 'FF538008000479230B', reply(0, 0x79)],
];

const unmarked = (bytes: Uint8Array) => (bytes[0] === 0xff ? bytes.subarray(1) : bytes);

describe('the published frames', () => {
  test.each(published)('%s is read as it stands', (_what, wire, { data, ...frame }) => {
    const { frames, rest } = decodeFrames(fromHex(wire));
    expect(frames).toEqual([
      {
        ...frame,
        data: fromHex(data),
        security: null,
        mac: null,
        covered: expect.any(Uint8Array) as Uint8Array,
        bytes: unmarked(fromHex(wire)),
      },
    ]);
    expect(rest).toHaveLength(0);
  });

  test.each(published)('%s is written as it stands', (_what, wire, { data, ...frame }) => {
    expect(toHex(unmarked(encodeFrame({ ...frame, security: null, data: fromHex(data) })))).toBe(toHex(unmarked(fromHex(wire))));
  });

  test('the check of the digits is the published one', () => {
    expect(crc16(Buffer.from('123456789'))).toBe(0xe5cc);
  });
});

describe('what is no frame', () => {
  test.each([
    ['a security block of an unknown kind', 'FF 53 E5 09 00 09 02 19 40 5B'],
    ['a wrong CRC', '53 80 08 00 05 40 68 9E'],
    ['a wrong checksum', 'FF 53 E5 07 00 01 40 81'],
    ['a length that no peripheral may use', '53 80 A1 05 04 40'],
    ['a length that has no room for a reply', '53 80 06 00 00 27'],
  ])('%s is passed over', (_what, wire) => {
    expect(decodeFrames(fromHex(wire))).toEqual({ frames: [], rest: new Uint8Array() });
  });

  test('a security block that is longer than its frame is passed over', () => {
    const head = [0x53, 0x80, 0x0a, 0x00, 0x08, 0x09, 0x16, 0x40, 0x00];
    const wire = Uint8Array.of(...head, -head.reduce((sum, byte) => sum + byte, 0) & 0xff);
    expect(decodeFrames(wire).frames).toEqual([]);
  });
});

const anyFrame = fc.record({
  address: fc.integer({ min: 0, max: 0x7f }),
  reply: fc.boolean(),
  sequence: fc.integer({ min: 0, max: 3 }),
  check: fc.constantFrom<OsdpFrame['check'][]>('crc', 'checksum'),
  code: fc.integer({ min: 0, max: 255 }),
  data: fc.uint8Array({ maxLength: 60 }),
  security: fc.option(fc.record({ type: fc.integer({ min: 0x11, max: 0x14 }), data: fc.uint8Array({ maxLength: 3 }) })),
});

const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const fieldsOf = ({ bytes: _bytes, covered: _covered, mac: _mac, ...frame }: ReturnType<typeof decodeFrames>['frames'][number]) =>
  frame;

/** Feeds the chunks as they come. */
function feed(chunks: Uint8Array[]) {
  let rest = new Uint8Array();
  const frames = chunks.flatMap((chunk) => {
    const decoded = decodeFrames(join(rest, chunk));
    rest = new Uint8Array(decoded.rest);
    return decoded.frames.map(fieldsOf);
  });
  return { frames, rest };
}

describe('laws', () => {
  test('what was written is read, cut at any byte', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { minLength: 1, maxLength: 4 }), fc.nat(), (sent, seed) => {
        const wire = join(...sent.map((frame) => encodeFrame(frame)));
        const cut = seed % wire.length;
        expect(feed([wire.subarray(0, cut), wire.subarray(cut)])).toEqual({ frames: sent, rest: new Uint8Array() });
        expect(feed([...wire].map((byte) => Uint8Array.of(byte))).frames).toEqual(sent);
      }),
    );
  });

  test('a frame that begins inside of a broken one is found', () => {
    const whole = encodeFrame({ ...reply(1, 0x40), security: null, data: new Uint8Array() });
    // The broken one promises as many bytes as follow.
    const broken = fromHex('53 80 0D 00 05');
    expect(feed([broken, whole]).frames).toMatchObject([{ code: 0x40, sequence: 1 }]);
  });

  test('whatever it hears, it neither throws nor keeps much', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 12 }), (chunks) => {
        expect(feed(chunks).rest.length).toBeLessThan(1440);
      }),
    );
    for (const start of ['53', '53 00 A0 05', '53 80 A0 05 0C'])
      for (const byte of [0x00, 0x53, 0xff])
        expect(
          feed([fromHex(start), ...Array.from({ length: 20 }, () => new Uint8Array(1000).fill(byte))]).rest.length,
        ).toBeLessThan(1440);
  });

  test('after noise and the longest unfinished frame, the next frames are found', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), anyFrame, (noise, frame) => {
        const wire = encodeFrame(frame);
        const many = Array.from({ length: Math.ceil(1440 / wire.length) + 2 }, () => wire);
        expect(feed([noise, ...many]).frames.at(-1)).toEqual(frame);
      }),
    );
  });
});
