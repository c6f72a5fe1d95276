import { describe, expect, test } from 'vitest';
import { openPiccData, openSunFile, sunMac, sunMacKey } from '../../../devices/codecs/sun.ts';
import { openSunUrl, type SunNames } from '../../../devices/codecs/sun-url.ts';
import { fromHex, toHex } from '../../../src/lib/hex.ts';
import { cbc, zeroBlock } from '../../kit/card-crypto.ts';
import { sunUrl } from '../../kit/virtual-ntag424.ts';

const zeroKey = new Uint8Array(16);
const names: SunNames = { piccData: ['picc_data', 'e'], file: ['enc'], mac: ['cmac', 'c'], uid: ['uid'], counter: ['ctr'] };
const open = (url: string, metaKey: Uint8Array = zeroKey, fileKey: Uint8Array = zeroKey) =>
  openSunUrl(url, names, metaKey, () => fileKey);
const tap = (uid: string, counter: number, file: string | null = null) => ({
  uid: fromHex(uid),
  counter,
  file: file === null ? null : Buffer.from(file),
});
const said = (answer: object) =>
  'file' in answer && answer.file instanceof Uint8Array ? { ...answer, file: Buffer.from(answer.file) } : answer;

// NXP AN12196, pages 12 and 18, and the tests of nfc-developer/sdm-backend.
const published =
  'https://www.my424dna.com/?picc_data=FD91EC264309878BE6345CBE53BADF40&enc=CEE9A53E3E463EF1F459635736738962&cmac=ECC1E7F6C6C73BF6';

describe('published messages', () => {
  test('with encrypted number and counter', () => {
    expect(open('https://ntag.nxp.com/424?e=EF963FF7828658A599F3041510671E88&c=94EED9EE65337086')).toEqual(
      tap('04DE5F1EACC040', 61),
    );
  });

  test('with a part of the file', () => {
    expect(said(open(published))).toEqual(tap('04958CAA5C5E80', 8, 'xxxxxxxxxxxxxxxx'));
  });

  test('with number and counter in plain', () => {
    expect(open('https://a.example/tagpt?uid=041E3C8A2D6B80&ctr=000006&cmac=4B00064004B0B3D3')).toEqual(tap('041E3C8A2D6B80', 6));
    expect(open('https://a.example/tagpt?uid=041E3C8A2D6B80&ctr=000006&cmac=AB00064004B0B3AB')).toHaveProperty('refused');
  });

  test('with the checksum right behind the file, under keys of its own', () => {
    const data = openPiccData(fromHex('42AFF114F2CB3B6141BE6DC95DFC5416'), fromHex('8ACADDEF0A9B62CDAE39A16B83FC14DE'));
    expect(data).toEqual({ uid: fromHex('041D3C8A2D6B80'), counter: 291 });
    const fileKey = fromHex('B62A9BAF092439BD43C62AEE96B970C5');
    if ('refused' in data) return;
    expect(toHex(sunMac(sunMacKey(fileKey, data), 'B8436E11F627BB7F543FCC0C1E0D1A89'))).toBe('238B2543A8DEBAD8');
    expect(toHex(openSunFile(fileKey, data, fromHex('B8436E11F627BB7F543FCC0C1E0D1A89')))).toBe(
      '4E545858716E6F5F6F42467077792D56',
    );
  });

  test.each([
    'https://a.example/?picc_data=07D9CA2545881D4BFDD920BE1603268C0714420DD893A497&enc=D6E921C47DB4C17C56F979F81559BB83&cmac=F9481AC7D855BDB6',
    'https://a.example/?picc_data=1FCBE61B3E4CAD980CBFDD333E7A4AC4A579569BAFD22C5F&cmac=4231608BA7B02BA9',
    'https://a.example/?e=1FCBE61B3E4CAD980CBFDD333E7A4AC4A579569BAFD22C5F4231608BA7B02BA9',
  ])('in LRP mode are refused, and it is said why', (url) => {
    expect(open(url)).toEqual({ refused: expect.stringContaining('LRP') });
  });
});

test('number, file and checksum may stand in one value', () => {
  const inOne = 'https://a.example/t?e=EF963FF7828658A599F3041510671E8894EED9EE65337086';
  expect(open(inOne)).toEqual(tap('04DE5F1EACC040', 61));
  const [, picc = '', file = '', mac = ''] = /picc_data=(\w+)&enc=(\w+)&cmac=(\w+)/.exec(published) ?? [];
  // Its checksum was made over `…&cmac=`.
  expect(open(`https://a.example/t?e=${picc}${file}${mac}`)).toEqual({ refused: expect.stringContaining('checksum') });
});

test('whatever is changed in a message, it is none any more', () => {
  for (const match of published.matchAll(/(?<==)[0-9A-F]+/g)) {
    for (let place = match.index; place < match.index + match[0].length; place++) {
      const digit = published[place] === '0' ? '1' : '0';
      const changed = published.slice(0, place) + digit + published.slice(place + 1);
      if (changed !== published) expect(open(changed), `digit ${place}`).toHaveProperty('refused');
    }
  }
});

test.each([
  ['without its checksum', published.replace(/&cmac=\w+/, '')],
  ['without its file', published.replace(/enc=\w+&/, '')],
  ['without its number', published.replace(/picc_data=\w+&/, '')],
  ['with an empty number', published.replace(/picc_data=\w+/, 'picc_data=')],
  ['with half a checksum', published.slice(0, -8)],
  ['with letters that are no hex', published.replace('FD91', 'XY91')],
  ['with half a block of its file', published.replace('CEE9A53E', '')],
  ['of another address', 'https://club.example/'],
  ['of nothing', ''],
])('a message %s is refused', (_, url) => {
  expect(open(url)).toHaveProperty('refused');
});

test('a message that tells no counter, or no number, is refused: an old one could not be told from a new one', () => {
  for (const tag of [0x87, 0x47, 0x07, 0xc4]) {
    const plain = Uint8Array.of(tag, 4, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0);
    expect(openPiccData(zeroKey, encrypted(plain))).toHaveProperty('refused');
  }
});

test('lower case is read like upper case', () => {
  expect(said(open(published.replace(/(?<==)[0-9A-F]+/g, (hex) => hex.toLowerCase())))).toEqual(
    tap('04958CAA5C5E80', 8, 'xxxxxxxxxxxxxxxx'),
  );
});

test("messages of a second implementation of the card are read, up to the counter's end", () => {
  const keys = { metaKey: '00112233445566778899AABBCCDDEEFF', fileKey: 'F3F9377698707B688EAF84ABE39E3791' };
  for (const counter of [0, 255, 256, 0xffffff]) {
    const url = sunUrl({ uid: '04958CAA5C5E80', counter, ...keys, file: '41'.repeat(32) });
    expect(said(open(url, fromHex(keys.metaKey), fromHex(keys.fileKey)))).toEqual(tap('04958CAA5C5E80', counter, 'A'.repeat(32)));
    expect(open(url, fromHex(keys.metaKey), zeroKey)).toHaveProperty('refused');
    expect(open(url)).toHaveProperty('refused');
  }
});

function encrypted(plain: Uint8Array): Uint8Array {
  return new Uint8Array(cbc(zeroKey, zeroBlock, plain));
}
