import { expect, test } from 'vitest';
import {
  afterEv1Command,
  answerEv1Challenge,
  beginEv1Session,
  desfireCrc32,
  openEv1Enciphered,
  openEv1Mac,
} from '../../../devices/codecs/desfire-ev1.ts';
import { fromHex, toHex } from '../../../src/lib/hex.ts';
import { cbc, jamCrc, omac, zeroBlock } from '../../kit/card-crypto.ts';

// The trace of the Ridrix blog, which libraries for DESFire EV1 are tested with.
const key = new Uint8Array(16);
const rndA = fromHex('F44B26F5686F3A391CD38EBD10772281');
const challenge = fromHex('B969FDFE56FD91FC9DE6F6F213B8FD1E');
const answer = fromHex('800DB680BC146BD121D6578F2D2E2059');
const sessionKey = fromHex('F44B26F5C05DDD7110772281C4D066E8');

test('the published authentication is answered, and gives the published session key', () => {
  const answered = answerEv1Challenge(key, challenge, rndA);
  expect(toHex(answered.rndB)).toBe('C05DDD714FD788A6B7B754F3C4D066E8');
  expect(toHex(answered.cryptogram)).toBe('36AAD7DF6E436BA08D18613830A70D5AD43E3D3F4A8D47541EEE623A934E4774');
  expect(beginEv1Session(key, rndA, answered, answer)).toEqual({ key: sessionKey, iv: new Uint8Array(16) });
});

test('a card that answers with anything else has proven nothing', () => {
  const answered = answerEv1Challenge(key, challenge, rndA);
  for (const place of answer.keys()) {
    const wrong = answer.slice();
    wrong[place] = (wrong[place] ?? 0) ^ 1;
    expect(beginEv1Session(key, rndA, answered, wrong)).toBeNull();
  }
  expect(beginEv1Session(key, rndA, answered, new Uint8Array())).toBeNull();
  expect(beginEv1Session(key, rndA, answered, new Uint8Array(32))).toBeNull();
});

test('a checksum goes on from that of the command, and the next one from it', () => {
  const command = fromHex('BD 01 000000 040000');
  const data = fromHex('DEADBEEF');
  const asked = afterEv1Command({ key: sessionKey, iv: zeroBlock }, command);
  const first = omac(sessionKey, command);
  expect(asked.iv).toEqual(new Uint8Array(first));
  const second = omac(sessionKey, fromHex('DEADBEEF00'), first);
  const opened = openEv1Mac(asked, Uint8Array.of(...data, ...second.subarray(0, 8)));
  expect(opened).toEqual({ data, session: { key: sessionKey, iv: new Uint8Array(second) } });
  expect(openEv1Mac({ ...asked, iv: zeroBlock }, Uint8Array.of(...data, ...second.subarray(0, 8))).data).toBeNull();
  expect(openEv1Mac(asked, second.subarray(0, 7)).data).toBeNull();
});

test.each([1, 7, 12, 13, 28, 48])('%i enciphered bytes are opened, and a changed one is not', (length) => {
  const data = Uint8Array.from({ length }, (_, place) => place + 1);
  const plain = Buffer.concat([data, jamCrc(Uint8Array.of(...data, 0))]);
  const iv = Buffer.alloc(16, 7);
  const encrypted = cbc(sessionKey, iv, Buffer.concat([plain, Buffer.alloc((16 - (plain.length % 16)) % 16)]));
  const open = (bytes: Uint8Array, of = length) => openEv1Enciphered({ key: sessionKey, iv }, bytes, of).data;
  expect(open(encrypted)).toEqual(data);
  expect(toHex(openEv1Enciphered({ key: sessionKey, iv }, encrypted, length).session.iv)).toBe(toHex(encrypted.subarray(-16)));
  const wrong = Uint8Array.from(encrypted);
  wrong[0] = (wrong[0] ?? 0) ^ 1;
  expect(open(wrong)).toBeNull();
  expect(open(encrypted.subarray(1))).toBeNull();
  expect(open(new Uint8Array())).toBeNull();
});

test('the CRC-32 is that of Ethernet, not inverted', () => {
  // The check value of CRC-32/JAMCRC.
  expect(toHex(desfireCrc32(Buffer.from('123456789')))).toBe('D9C60B34');
  expect(toHex(desfireCrc32(new Uint8Array()))).toBe('FFFFFFFF');
});
