import { fromHex } from '../../src/lib/hex.ts';
import { sameBytes } from '../../src/lib/same-bytes.ts';
import type { Refused } from './card-talk.ts';
import { openPiccData, openSunFile, type PiccData, sunMac, sunMacKey } from './sun.ts';

/** Under which names an address carries the parts of a message; of several the first that is there. */
export interface SunNames {
  piccData: readonly string[];
  file: readonly string[];
  mac: readonly string[];
  uid: readonly string[];
  counter: readonly string[];
}

/** A message that was made by the card itself. `file`: what it carried of the card's file, decrypted; null: nothing. */
export interface SunTap extends PiccData {
  file: Uint8Array | null;
}

/** One value of the query, as it stands there, and where. */
interface Part {
  value: string;
  start: number;
}

interface Parts {
  piccData: Part | null;
  file: Part | null;
  mac: Part | null;
  uid: Part | null;
  counter: Part | null;
}

const macDigits = 16;
const blockDigits = 32;

/**
 * What a card's address says, checked: number and counter either encrypted together or in plain (the counter's high byte first),
 * perhaps a part of its file, and a checksum. `fileKeyOf`: the key of the card with that number. Whether the counter is newer
 * than the last is for the caller.
 */
export function openSunUrl(
  url: string,
  names: SunNames,
  metaKey: Uint8Array,
  fileKeyOf: (uid: Uint8Array) => Uint8Array,
): SunTap | Refused {
  const parts = partsOf(url, names);
  const { piccData, file, mac } = parts;
  if (mac === null || (piccData === null && (parts.uid === null || parts.counter === null)))
    return {
      refused: 'the address on the card lacks its number, its counter or its checksum: look at the names in the settings',
    };
  const [macBytes, fileBytes] = [bytesOf(mac), file === null ? new Uint8Array() : bytesOf(file)];
  if (macBytes === null || macBytes.length !== macDigits / 2 || fileBytes === null || fileBytes.length % 16 !== 0)
    return { refused: 'a part of the address on the card is not of its form: is its mirroring set up?' };
  const tap = piccData === null ? plainTap(parts.uid, parts.counter) : encryptedTap(piccData, metaKey);
  if ('refused' in tap) return tap;
  const fileKey = fileKeyOf(tap.uid);
  // The card makes its checksum over what it wrote, which is upper case, from the file's data up to the checksum.
  const spoken =
    file === null || file.start > mac.start
      ? ''
      : file.value.toUpperCase() + url.slice(file.start + file.value.length, mac.start);
  if (!sameBytes(sunMac(sunMacKey(fileKey, tap), spoken), macBytes))
    return { refused: 'the checksum of the address on the card is wrong: it is not one of these cards, or the key is wrong' };
  return { ...tap, file: file === null ? null : openSunFile(fileKey, tap, fileBytes) };
}

function partsOf(url: string, names: SunNames): Parts {
  const find = (of: readonly string[]) => of.reduce<Part | null>((found, name) => found ?? parameterOf(url, name), null);
  const parts = {
    piccData: find(names.piccData),
    file: find(names.file),
    mac: find(names.mac),
    uid: find(names.uid),
    counter: find(names.counter),
  };
  return parts.mac === null && parts.piccData !== null ? inOnePiece(parts, parts.piccData) : parts;
}

/** Number, file and checksum in one value, one behind the other. */
function inOnePiece(parts: Parts, { value, start }: Part): Parts {
  const fileDigits = value.length - blockDigits - macDigits;
  if (fileDigits < 0) return parts;
  const fileStart = start + blockDigits;
  const macStart = fileStart + fileDigits;
  const cut = (from: number, digits: number): Part => ({ value: value.slice(from - start, from - start + digits), start: from });
  // LRP puts eight bytes more before it.
  const piccDigits = fileDigits % blockDigits === 0 ? blockDigits : blockDigits + macDigits;
  return {
    ...parts,
    piccData: cut(start, piccDigits),
    file: fileDigits === 0 || piccDigits > blockDigits ? null : cut(fileStart, fileDigits),
    mac: cut(macStart, macDigits),
  };
}

function parameterOf(url: string, name: string): Part | null {
  for (const { 0: text, 1: key = '', 2: value = '', index } of url.matchAll(/[?&]([^=&#?]+)=([^&#]*)/g)) {
    if (key === name) return { value, start: index + text.length - value.length };
  }
  return null;
}

function encryptedTap(piccData: Part, metaKey: Uint8Array): PiccData | Refused {
  const encrypted = bytesOf(piccData);
  return encrypted === null
    ? { refused: 'the number on the card is not hex: is its mirroring set up?' }
    : openPiccData(metaKey, encrypted);
}

function plainTap(uid: Part | null, counter: Part | null): PiccData | Refused {
  const [uidBytes, counterBytes] = [uid && bytesOf(uid), counter && bytesOf(counter)];
  if (uidBytes?.length !== 7 || counterBytes?.length !== 3)
    return { refused: 'the number or the counter on the card is not of its form: is its mirroring set up?' };
  return { uid: uidBytes, counter: counterBytes.reduce((number, byte) => number * 256 + byte, 0) };
}

function bytesOf({ value }: Part): Uint8Array | null {
  return /^(?:[0-9A-Fa-f]{2})*$/.test(value) ? fromHex(value) : null;
}
