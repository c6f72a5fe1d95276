import { describe, expect, test } from 'vitest';
import { decodeFrames, encodeFrame, type HeardFrame, scs } from '../../../devices/codecs/osdp-frame.ts';
import { light, pulseOutput, readReply, request } from '../../../devices/codecs/osdp-message.ts';
import {
  clientCryptogram,
  defaultKey,
  firstMac,
  keyFromMaster,
  macOf,
  type Session,
  seal,
  serverCryptogram,
  sessionKeys,
  unseal,
} from '../../../devices/codecs/osdp-secure-channel.ts';
import { decryptCbc } from '../../../src/lib/aes.ts';
import { fromHex, toHex } from '../../../src/lib/hex.ts';

function frameIn(wire: string): HeardFrame {
  const [frame] = decodeFrames(fromHex(wire)).frames;
  if (frame === undefined) throw new Error(`no frame in ${wire}`);
  return frame;
}

const panelRandom = fromHex('B0B1B2B3B4B5B6B7');
const unitRandom = fromHex('A0A1A2A3A4A5A6A7');
const annexE = sessionKeys(defaultKey, panelRandom);
const annexESession: Session = {
  keys: annexE,
  sent: new Uint8Array(16),
  heard: firstMac(annexE, serverCryptogram(annexE, panelRandom, unitRandom)),
};

describe('the standard, annex E', () => {
  test('the keys of a session', () => {
    expect(toHex(annexE.enc)).toBe('BF8DC2A8329ACB8C67C6D0CD9A451682');
    expect(toHex(annexE.mac1)).toBe('5E86C676603BDEE2D8BEAFE178637332');
    expect(toHex(annexE.mac2)).toBe('6FDA86E857777E81132035758239172E');
  });

  test('how both sides show that they hold the key', () => {
    expect(toHex(clientCryptogram(annexE, panelRandom, unitRandom))).toBe('FDE5D2F428EC16312471EA3C02BD7796');
    expect(toHex(serverCryptogram(annexE, panelRandom, unitRandom))).toBe('26D3356E07762D262801FC8E6665A891');
    expect(toHex(annexESession.heard)).toBe('B2A30057EB98BA2229EC1F875662B524');
  });
});

describe('a handshake that was captured from a real reader', () => {
  const challenge = frameIn('53 00 13 00 0E 03 11 00 76 9ACC78E0E206FD87 51ED');
  const answer = frameIn('FF 53 80 2B 00 0E 03 12 00 76 00000015CD5B0700 D66D5A91E600806A 53FA00E5E6E152ABD57A7E10000B4A5F A052');
  const proof = frameIn('53 00 1B 00 0F 03 13 00 77 2E82307D6D655DE166E7E7B2B02E1A7B 9421');
  const proven = frameIn('FF 53 80 1B 00 0F 03 12 01 78 A96542F6D54E3C129768DB80DD2FDA50 4FC2');

  test('its frames have their security blocks', () => {
    const blocks = [challenge, answer, proof, proven].map(({ security }) => security);
    expect(blocks.map((block) => block?.type)).toEqual([scs.challenge, scs.cryptogram, scs.proof, scs.cryptogram]);
    expect(blocks.map((block) => toHex(block?.data ?? new Uint8Array()))).toEqual(['00', '00', '00', '01']);
  });

  test('its cryptograms are those of the key that every reader comes with', () => {
    const said = readReply(answer.code, answer.data);
    if (said?.kind !== 'cryptogram') throw new Error('no cryptogram');
    const keys = sessionKeys(defaultKey, challenge.data);
    expect(toHex(said.unit)).toBe('00000015CD5B0700');
    expect(clientCryptogram(keys, challenge.data, said.random)).toEqual(said.cryptogram);
    const server = serverCryptogram(keys, challenge.data, said.random);
    expect(server).toEqual(proof.data);
    expect(readReply(proven.code, proven.data)).toEqual({ kind: 'proven', mac: firstMac(keys, server) });
  });

  test.each([
    ['the challenge', challenge, '530013000E03110076'],
    ['the proof', proof, '53001B000F03130077'],
  ])('%s is written as it was', (_what, frame, head) => {
    expect(toHex(encodeFrame(frame))).toMatch(new RegExp(`^FF${head}`));
    expect(decodeFrames(encodeFrame(frame)).frames).toEqual([frame]);
  });
});

describe('a session of zeros', () => {
  const zero = new Uint8Array(16);
  const session: Session = { keys: { enc: zero, mac1: zero, mac2: zero }, sent: zero, heard: zero };
  const link = { address: 0, sequence: 2, check: 'crc' } as const;

  test.each([
    ['POLL', request(0x60), 'FF53000E000E0215604B32767773B6'],
    ['ID', request(0x61), 'FF53001E000E021761D14EB7AD982CC5F9AA25318A7EAED6269AE995731983'],
    ['OUT', { code: 0x68, data: fromHex('0003640001067800') }, 'FF53001E000E021768F7EFA0D4764A4E29267596F216D8A9E8C5887608B908'],
  ])('seals %s as published', (_what, message, wire) => {
    expect(toHex(seal(session, link, message).bytes)).toBe(wire);
  });
});

describe('the session of annex E goes on', () => {
  const raw = frameIn('FF53801E000E0218502109406B1972A3556E114B374E4DC741D89A63C42447');
  const ack = frameIn('FF53800E000F0216406894ABF2A6BF');
  const polled = seal(annexESession, { address: 0, sequence: 2, check: 'crc' }, request(0x60));

  test('a poll, a card, a lamp and its confirmation', () => {
    expect(toHex(polled.bytes)).toBe('FF53000E000E02156074DD15A53277');
    const card = unseal(polled.session, raw);
    expect(card && toHex(card.message.data)).toBe('00011A00B64E2040');
    if (card === null) throw new Error('the card was not read');
    const lamp = { code: 0x69, data: fromHex('000002020002001E000000000000') };
    const lit = seal(card.session, { address: 0, sequence: 3, check: 'crc' }, lamp);
    expect(toHex(lit.bytes)).toBe('FF53001E000F0217691C2A378F3B0F0745ED2418492BAE2FBF84DDE59EFBBF');
    expect(unseal(lit.session, ack)?.message).toEqual({ code: 0x40, data: new Uint8Array() });
  });

  test('a reply is refused when one bit of it is another, when it comes twice, and when it belongs to another session', () => {
    expect(unseal(polled.session, { ...raw, mac: raw.mac?.map((byte) => byte ^ 1) ?? null })).toBeNull();
    expect(unseal(polled.session, { ...raw, covered: raw.covered.map((byte, at) => (at === 4 ? byte ^ 1 : byte)) })).toBeNull();
    const card = unseal(polled.session, raw);
    expect(card && unseal(seal(card.session, { address: 0, sequence: 3, check: 'crc' }, request(0x60)).session, raw)).toBeNull();
    expect(unseal(annexESession, raw)).toBeNull();
  });

  test('a reply that is neither signed nor encrypted is refused', () => {
    expect(unseal(polled.session, frameIn('FF538008000540689F'))).toBeNull();
    expect(unseal(polled.session, { ...raw, security: { type: scs.sealedCommand, data: new Uint8Array() } })).toBeNull();
    expect(unseal(polled.session, { ...raw, reply: false })).toBeNull();
  });

  /** As the peripheral would sign it. */
  const signed = (type: number, data: Uint8Array) => {
    const frame = {
      address: 0,
      reply: true,
      sequence: 2,
      check: 'crc',
      security: { type, data: new Uint8Array() },
      code: 0x53,
      data,
    } as const;
    const bytes = encodeFrame(frame, (covered) => macOf(annexE, polled.session.sent, covered).subarray(0, 4));
    return frameIn(toHex(bytes));
  };

  test('a signed reply that is not encrypted is as genuine as one that is', () => {
    const data = fromHex('000331320D');
    expect(unseal(polled.session, signed(scs.signedReply, data))?.message).toEqual({ code: 0x53, data });
  });

  test('a signed reply that does not decrypt to anything is refused; an empty one says nothing', () => {
    expect(unseal(polled.session, signed(scs.sealedReply, new Uint8Array(15)))).toBeNull();
    expect(unseal(polled.session, signed(scs.sealedReply, new Uint8Array(16)))).toBeNull();
    expect(unseal(polled.session, signed(scs.sealedReply, new Uint8Array()))?.message.data).toHaveLength(0);
  });
});

test('a peripheral of a club with a master key has a key of its own', () => {
  const unit = fromHex('00000015CD5B0700');
  const plain = decryptCbc(defaultKey, new Uint8Array(16), keyFromMaster(defaultKey, unit));
  expect(toHex(plain)).toBe('00000015CD5B0700FFFFFFEA32A4F8FF');
});

test('the commands of a tap are those of the published frames', () => {
  expect(pulseOutput(0, 500)).toEqual({ code: 0x68, data: fromHex('00050500') });
  expect(light(0, 0, { colour: 'red', on: 2, off: 2, forMs: 2000 })).toEqual({
    code: 0x69,
    data: fromHex('0000020202010014000000000000'),
  });
});
