import { toHex } from '../../src/lib/hex.ts';
import { joinBytes } from '../../src/lib/join-bytes.ts';

/** What a card or reader answered: its data, and the two status bytes as hex, `9000`; empty when there were not even those. */
export interface CardAnswer {
  data: Uint8Array;
  status: string;
}

/** The most data that one short APDU carries (ISO 7816-4). */
const longestData = 255;

/** A command with its answer's length left to the card (Le 00). Throws RangeError for more data than a short APDU carries. */
export function apdu(cla: number, ins: number, p1: number, p2: number, data: Uint8Array = new Uint8Array()): Uint8Array {
  if (data.length > longestData) throw new RangeError(`an APDU carries ${longestData} bytes, not ${data.length}`);
  const body = data.length === 0 ? data : Uint8Array.of(data.length, ...data);
  return joinBytes(Uint8Array.of(cla, ins, p1, p2), body, Uint8Array.of(0));
}

/** A native command of a DESFire or NTAG 424 in the ISO wrapping that PC/SC readers pass on: 90 INS 00 00 Lc data 00. */
export function wrapNative(command: number, data?: Uint8Array): Uint8Array {
  return apdu(0x90, command, 0x00, 0x00, data);
}

/** SELECT by name; cards with several ways of naming take only this one from strangers. */
export function selectName(name: Uint8Array): Uint8Array {
  return apdu(0x00, 0xa4, 0x04, 0x00, name);
}

/** SELECT of a file below the chosen application, without asking for a description of it. */
export function selectFile(id: number): Uint8Array {
  return Uint8Array.of(0x00, 0xa4, 0x00, 0x0c, 0x02, id >> 8, id & 0xff);
}

/** READ BINARY of the chosen file: `length` bytes (at most 255) from `offset` (below 32768). */
export function readBinary(offset: number, length: number): Uint8Array {
  return Uint8Array.of(0x00, 0xb0, offset >> 8, offset & 0xff, length);
}

export function cardAnswer(bytes: Uint8Array): CardAnswer {
  if (bytes.length < 2) return { data: new Uint8Array(), status: '' };
  return { data: bytes.subarray(0, -2), status: toHex(bytes.subarray(-2)) };
}
