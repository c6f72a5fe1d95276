const start = 0x53;
const headerLength = 5;
const longestFrame = 1440;
const macTypes = [0x15, 0x16, 0x17, 0x18];

export interface SecurityBlock {
  type: number;
  data: Uint8Array;
}

/** What stands in a frame, whoever sent it. `address` is without the reply bit. */
export interface Frame {
  address: number;
  isReply: boolean;
  sequence: number;
  hasCrc: boolean;
  block: SecurityBlock | null;
  id: number;
  /** As on the wire, so perhaps encrypted. */
  data: Uint8Array;
  /** The four bytes sent of the MAC; empty when the security block promises none. */
  mac: Uint8Array;
  /** From the start byte up to the MAC, which the MAC covers. */
  covered: Uint8Array;
}

export type Found =
  | { kind: 'nothing' }
  | { kind: 'unfinished'; at: number }
  | { kind: 'damaged'; at: number; address: number; isReply: boolean; sequence: number; hasCrc: boolean }
  | { kind: 'frame'; end: number; frame: Frame | null; address: number; isReply: boolean; sequence: number; hasCrc: boolean };

/** The first frame in what was heard; a `frame` of null is whole, but its parts contradict its length. */
export function findFrame(heard: Buffer): Found {
  for (let at = heard.indexOf(start); at !== -1; at = heard.indexOf(start, at + 1)) {
    const from = heard.subarray(at);
    if (from.length < headerLength) return { kind: 'unfinished', at };
    const length = from.readUInt16LE(2);
    const control = from.readUInt8(4);
    const hasCrc = (control & 0x04) !== 0;
    if (length < headerLength + (hasCrc ? 2 : 1) || length > longestFrame) continue;
    if (from.length < length) return { kind: 'unfinished', at };
    const addressed = { address: from.readUInt8(1) & 0x7f, isReply: from.readUInt8(1) >= 0x80, sequence: control & 0x03, hasCrc };
    const bytes = from.subarray(0, length);
    if (!isIntact(bytes, hasCrc)) return { kind: 'damaged', at, ...addressed };
    return { kind: 'frame', end: at + length, frame: dissect(bytes, (control & 0x08) !== 0, addressed), ...addressed };
  }
  return { kind: 'nothing' };
}

/** A frame without its MAC and check, but with the length that it will have with both. */
export function frameBody(parts: {
  address: number;
  isReply: boolean;
  sequence: number;
  hasCrc: boolean;
  block: SecurityBlock | null;
  id: number;
  data: Uint8Array;
}): Uint8Array {
  const { block, sequence, hasCrc } = parts;
  const security = block === null ? [] : [2 + block.data.length, block.type, ...block.data];
  const payload = [...security, parts.id, ...parts.data];
  const macLength = block !== null && macTypes.includes(block.type) ? 4 : 0;
  const length = headerLength + payload.length + macLength + (hasCrc ? 2 : 1);
  const control = sequence | (hasCrc ? 0x04 : 0) | (block === null ? 0 : 0x08);
  const address = parts.address | (parts.isReply ? 0x80 : 0);
  return Uint8Array.of(start, address, length & 0xff, length >> 8, control, ...payload);
}

export function withCheck(body: Uint8Array, hasCrc: boolean): Uint8Array {
  return Uint8Array.of(...body, ...(hasCrc ? littleEndian16(crc16(body)) : [checksum(body)]));
}

/** Polynomial 1021, begun with 1D0F. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0x1d0f;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return crc;
}

function checksum(bytes: Uint8Array): number {
  return -bytes.reduce((sum, byte) => sum + byte, 0) & 0xff;
}

const littleEndian16 = (value: number) => [value & 0xff, value >> 8];

function isIntact(bytes: Buffer, hasCrc: boolean): boolean {
  if (hasCrc) return crc16(bytes.subarray(0, -2)) === bytes.readUInt16LE(bytes.length - 2);
  return checksum(bytes.subarray(0, -1)) === bytes.readUInt8(bytes.length - 1);
}

function dissect(
  bytes: Buffer,
  hasBlock: boolean,
  addressed: Pick<Frame, 'address' | 'isReply' | 'sequence' | 'hasCrc'>,
): Frame | null {
  const checkAt = bytes.length - (addressed.hasCrc ? 2 : 1);
  const blockLength = hasBlock ? (bytes[headerLength] ?? 0) : 0;
  if (hasBlock && (blockLength < 2 || headerLength + blockLength > checkAt)) return null;
  const idAt = headerLength + blockLength;
  const block = hasBlock ? { type: bytes.readUInt8(headerLength + 1), data: bytes.subarray(headerLength + 2, idAt) } : null;
  const macAt = block !== null && macTypes.includes(block.type) ? checkAt - 4 : checkAt;
  if (idAt >= macAt) return null;
  return {
    ...addressed,
    block,
    id: bytes.readUInt8(idAt),
    data: bytes.subarray(idAt + 1, macAt),
    mac: bytes.subarray(macAt, checkAt),
    covered: bytes.subarray(0, macAt),
  };
}
