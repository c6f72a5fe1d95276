import { fromHex, toHex } from '../../src/lib/hex.ts';
import { cbc, oddBytes, omac, zeroBlock } from './card-crypto.ts';
import type { VirtualCard } from './virtual-pcsc.ts';

export interface Ntag424Parts {
  uid: string;
  metaKey: string;
  fileKey: string;
  /** Taps so far. */
  counter?: number;
  /** Whole blocks of its file that it encrypts into its address. */
  file?: string;
  /** An address as it was once read off a card: this one says it again and again. */
  copyOf?: string;
}

/** A card on which every command was written down. `url`: what it last told. */
export type Ntag424Card = VirtualCard & { heard: string[]; url(): string };

/** The card's side of an NTAG 424 DNA with SUN: the NDEF application, one file, a new message after each choosing of the file. */
export function virtualNtag424(parts: Ntag424Parts): Ntag424Card {
  let counter = parts.counter ?? 0;
  let isSelected = false;
  let content = Buffer.alloc(0);
  let url = '';
  const heard: string[] = [];

  function nextUrl(): string {
    if (parts.copyOf !== undefined) return parts.copyOf;
    counter += 1;
    return sunUrl({ ...parts, counter });
  }

  function read(offset: number, length: number): string {
    if (content.length === 0) {
      url = nextUrl();
      const text = Buffer.from(url.replace(/^https:\/\//, ''));
      const record = Buffer.concat([Buffer.of(0xd1, 0x01, text.length + 1, 0x55, 0x04), text]);
      content = Buffer.concat([Buffer.of(record.length >> 8, record.length & 0xff), record]);
    }
    return `${toHex(content.subarray(offset, offset + length))}9000`;
  }

  return {
    atr: fromHex('3B8180018080'),
    heard,
    url: () => url,
    answer(apdu) {
      const text = toHex(apdu);
      heard.push(text);
      if (text === 'FFCA000000') return fromHex(`${parts.uid}9000`);
      if (text.startsWith('FF')) return fromHex('9000');
      if (text.startsWith('00A40400')) {
        isSelected = text === '00A4040007D276000085010100';
        content = Buffer.alloc(0);
        return fromHex(isSelected ? '9000' : '6A82');
      }
      if (!isSelected) return fromHex('6985');
      if (text.startsWith('00A4000C02')) {
        content = Buffer.alloc(0);
        return fromHex(text === '00A4000C02E104' ? '9000' : '6A82');
      }
      if (text.startsWith('00B0')) return fromHex(read(((apdu[2] ?? 0) << 8) | (apdu[3] ?? 0), apdu[4] ?? 0));
      return fromHex('6D00');
    },
  };
}

/** The address that such a card makes at a tap. */
export function sunUrl({ uid, metaKey, fileKey, counter = 0, file }: Ntag424Parts): string {
  const count = Buffer.alloc(3);
  count.writeUIntLE(counter, 0, 3);
  const who = Buffer.concat([Buffer.from(uid, 'hex'), count]);
  const piccData = cbc(Buffer.from(metaKey, 'hex'), zeroBlock, Buffer.concat([Buffer.of(0xc7), who, Buffer.alloc(5, 0x5a)]));
  const sessionKey = (label: string) =>
    omac(Buffer.from(fileKey, 'hex'), Buffer.concat([Buffer.from(`${label}00010080`, 'hex'), who]));
  const start = `https://club.example/t?picc_data=${toHex(piccData)}`;
  if (file === undefined) return `${start}&cmac=${toHex(oddBytes(omac(sessionKey('3CC3'), Buffer.alloc(0))))}`;
  const key = sessionKey('C33C');
  const iv = cbc(key, zeroBlock, Buffer.concat([count, Buffer.alloc(13)]));
  const spoken = `${toHex(cbc(key, iv, Buffer.from(file, 'hex')))}&cmac=`;
  return `${start}&enc=${spoken}${toHex(oddBytes(omac(sessionKey('3CC3'), Buffer.from(spoken))))}`;
}
