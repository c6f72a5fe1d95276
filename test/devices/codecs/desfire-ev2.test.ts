import { describe, expect, test } from 'vitest';
import {
  answerEv2Challenge,
  beginEv2Session,
  type Ev2Session,
  ev2CommandMac,
  ev2SessionKeys,
  nextEv2,
  openEv2Full,
  openEv2Mac,
  sealEv2Full,
} from '../../../devices/codecs/desfire-ev2.ts';
import { fromHex, toHex } from '../../../src/lib/hex.ts';

const zeroKey = new Uint8Array(16);

// NXP AN12196, sections 6.6 and 6.10, by way of icedevml/nfc-ev2-crypto.
const handshakes = [
  {
    rndA: '13C5DB8A5930439FC3DEF9A4C675360F',
    challenge: 'A04C124213C186F22399D33AC2A30215',
    cryptogram: '35C3E05A752E0144BAC0DE51C1F22C56B34408A23D8AEA266CAB947EA8E0118D',
    answer: '3FA64DB5446D1F34CD6EA311167F5E4985B89690C04A05F17FA7AB2F08120663',
    transactionId: '9D00C4DF',
    encryptionKey: '1309C877509E5A215007FF0ED19CA564',
    macKey: '4C6626F5E72EA694202139295C7A7FC7',
  },
  {
    rndA: 'B98F4C50CF1C2E084FD150E33992B048',
    challenge: 'B875CEB0E66A6C5CD00898DC371F92D1',
    cryptogram: 'FF0306E47DFBC50087C4D8A78E88E62DE1E8BE457AA477C707E2F0874916A8B1',
    answer: '0CC9A8094A8EEA683ECAAC5C7BF20584206D0608D477110FC6B3D5D3F65C3A6A',
    transactionId: '7614281A',
    encryptionKey: '7A93D6571E4B180FCA6AC90C9A7488D4',
    macKey: 'FC4AF159B62E549B5812394CAB1918CC',
  },
];

describe.each(handshakes)(
  'the published authentication with $transactionId',
  ({ rndA, challenge, cryptogram, answer, ...session }) => {
    const first = answerEv2Challenge(zeroKey, fromHex(challenge), fromHex(rndA));

    test('answers the challenge as published', () => {
      expect(toHex(first.cryptogram)).toBe(cryptogram);
    });

    test('begins the published session', () => {
      const begun = beginEv2Session(zeroKey, fromHex(rndA), first.rndB, fromHex(answer));
      expect(begun && { ...hexOf(begun), counter: begun.counter }).toEqual({ ...session, counter: 0 });
      expect(
        hexOf({ ...ev2SessionKeys(zeroKey, fromHex(rndA), first.rndB), transactionId: fromHex(session.transactionId) }),
      ).toEqual(session);
    });

    test('begins none when the card answers with anything else', () => {
      const begin = (bytes: Uint8Array) => beginEv2Session(zeroKey, fromHex(rndA), first.rndB, bytes);
      for (const place of [4, 15, 19]) {
        const wrong = fromHex(answer);
        wrong[place] = (wrong[place] ?? 0) ^ 1;
        expect(begin(wrong)).toBeNull();
      }
      expect(begin(fromHex(answer).subarray(0, 16))).toBeNull();
      expect(begin(new Uint8Array())).toBeNull();
      expect(beginEv2Session(fromHex('01'.repeat(16)), fromHex(rndA), first.rndB, fromHex(answer))).toBeNull();
    });
  },
);

function hexOf({ encryptionKey, macKey, transactionId }: Pick<Ev2Session, 'encryptionKey' | 'macKey' | 'transactionId'>) {
  return { transactionId: toHex(transactionId), encryptionKey: toHex(encryptionKey), macKey: toHex(macKey) };
}

function session(encryptionKey: string, macKey: string, transactionId: string): Ev2Session {
  return { encryptionKey: fromHex(encryptionKey), macKey: fromHex(macKey), transactionId: fromHex(transactionId), counter: 0 };
}

// NXP AN12196, section 5.3.
test('a command and its answer carry the published checksums', () => {
  const open = session('00'.repeat(16), '8248134A386E86EB7FAF54A52E536CB6', '7A21085E');
  expect(toHex(ev2CommandMac(open, 0xf5, fromHex('02')))).toBe('6597A457C8CD442C');
  const plain = '0040EEEE000100D1FE001F00004400004400002000006A0000';
  const answer = fromHex(`${plain}2A474282E7A47986`);
  expect(openEv2Mac(open, answer)).toEqual(fromHex(plain));
  expect(openEv2Mac(nextEv2(open), answer)).toBeNull();
  for (const place of answer.keys()) {
    const wrong = answer.slice();
    wrong[place] = (wrong[place] ?? 0) ^ 0x80;
    expect(openEv2Mac(open, wrong), `byte ${place}`).toBeNull();
  }
  expect(openEv2Mac(open, answer.subarray(0, 7))).toBeNull();
});

// NXP AN12196, section 7.3.
test("the card's true number is asked for and opened as published", () => {
  const open = session('2B4D963C014DC36F24F69A50A394F875', '379D32130CE61705DD5FD8C36B95D764', 'DF055522');
  expect(toHex(ev2CommandMac(open, 0x51, new Uint8Array()))).toBe('8E2C155ADDA99BE3');
  const answer = fromHex('70756055688505B52A5E26E59E329CD6 595F672298EA41B7');
  expect(openEv2Full(open, answer)).toEqual(fromHex('04958CAA5C5E80'));
  expect(openEv2Full(nextEv2(open), answer)).toBeNull();
  expect(openEv2Full(open, answer.subarray(1))).toBeNull();
  expect(openEv2Full(open, new Uint8Array())).toBeNull();
});

// NXP AN12196, section 6.12.
test("a command's data is sealed as published", () => {
  const open = session('7A93D6571E4B180FCA6AC90C9A7488D4', 'FC4AF159B62E549B5812394CAB1918CC', '7614281A');
  const sealed = sealEv2Full(open, fromHex('0102030405060708090A'));
  expect(toHex(sealed)).toBe('6B5E6804909962FC4E3FF5522CF0F843');
  const header = fromHex('030000000A0000');
  expect(toHex(ev2CommandMac(open, 0x8d, Uint8Array.of(...header, ...sealed)))).toBe('6C0C53315B9C73AA');
  expect(openEv2Mac(open, fromHex('C26D236E4A7C046D'))).toEqual(new Uint8Array());
  expect(sealEv2Full(open, new Uint8Array())).toEqual(new Uint8Array());
  expect(sealEv2Full(open, new Uint8Array(16))).toHaveLength(32);
});
