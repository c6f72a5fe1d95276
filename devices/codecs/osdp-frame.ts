/** OSDP 2.2 frames: `[FF] 53 address length control [security block] code data [MAC] check` (device-protocols section 8.1). */

export interface OsdpFrame {
  /** 0 to 126; 127 means everybody. */
  address: number;
  /** From the peripheral; the control panel's own commands have it false, also when an adapter echoes them. */
  reply: boolean;
  /** 0 to 3; a reply has its command's. */
  sequence: number;
  check: 'crc' | 'checksum';
  security: SecurityBlock | null;
  /** Of the command or reply. */
  code: number;
  data: Uint8Array;
}

export interface SecurityBlock {
  /** `scs.challenge` … */
  type: number;
  data: Uint8Array;
}

/** Security block types; command and reply in turn. */
export const scs = {
  challenge: 0x11,
  cryptogram: 0x12,
  proof: 0x13,
  proven: 0x14,
  signedCommand: 0x15,
  signedReply: 0x16,
  sealedCommand: 0x17,
  sealedReply: 0x18,
} as const;

/** A frame as it came: the bytes that its MAC speaks for, and the MAC's first four bytes; null: it has none. */
export interface HeardFrame extends OsdpFrame {
  bytes: Uint8Array;
  covered: Uint8Array;
  mac: Uint8Array | null;
}

const mark = 0xff;
const start = 0x53;
const replyBit = 0x80;
const crcBit = 0x04;
const securityBit = 0x08;
const headBytes = 5;
const macBytes = 4;
/** What a peripheral may say at once at most (OSDP 2.2, size of the receive buffer). */
const longestFrame = 1440;

/** The bytes of a frame, the mark before it. `sign` is handed what a MAC covers, and gives its first four bytes; only for frames that have one. */
export function encodeFrame(frame: OsdpFrame, sign?: (covered: Uint8Array) => Uint8Array): Uint8Array {
  const { address, reply, sequence, check, security, code, data } = frame;
  const block = security === null ? [] : [security.data.length + 2, security.type, ...security.data];
  const length = headBytes + block.length + 1 + data.length + (sign ? macBytes : 0) + (check === 'crc' ? 2 : 1);
  const control = sequence | (check === 'crc' ? crcBit : 0) | (security === null ? 0 : securityBit);
  const head = [start, address | (reply ? replyBit : 0), length & 0xff, length >> 8, control, ...block, code];
  const covered = Uint8Array.of(...head, ...data);
  const signed = sign === undefined ? covered : Uint8Array.of(...covered, ...sign(covered));
  return Uint8Array.of(mark, ...signed, ...checkOf(signed, check));
}

/**
 * Takes everything heard and not yet used. What is no frame is passed over, and the frame after it is found, also when it
 * begins inside of what looked like one. `rest` is what may be the beginning of a frame; it never reaches 1440 bytes.
 */
export function decodeFrames(pending: Uint8Array): { frames: HeardFrame[]; rest: Uint8Array } {
  const frames: HeardFrame[] = [];
  let at = pending.indexOf(start);
  while (at !== -1) {
    const found = frameAt(pending, at);
    if (found === 'unfinished') return { frames, rest: pending.slice(at) };
    if (found !== null) frames.push(found.frame);
    at = pending.indexOf(start, at + (found?.length ?? 1));
  }
  return { frames, rest: new Uint8Array() };
}

/** The frames in what will not go on: also those that begin inside of one that never came to its end. */
export function decodeLast(pending: Uint8Array): HeardFrame[] {
  const { frames, rest } = decodeFrames(pending);
  return rest.length === 0 ? frames : [...frames, ...decodeLast(rest.subarray(1))];
}

/** Null: no frame begins here. */
function frameAt(pending: Uint8Array, at: number): { frame: HeardFrame; length: number } | 'unfinished' | null {
  const [, address = 0, low, high, control = 0] = pending.subarray(at, at + headBytes);
  if (low === undefined || high === undefined) return 'unfinished';
  const length = low | (high << 8);
  const check = (control & crcBit) === 0 ? 'checksum' : 'crc';
  const checkBytes = check === 'crc' ? 2 : 1;
  if (length > longestFrame || length < headBytes + 2) return null;
  if (pending.length < at + length) return 'unfinished';
  const checked = pending.slice(at, at + length - checkBytes);
  const given = pending.subarray(at + length - checkBytes, at + length);
  if (checkOf(checked, check).some((byte, index) => byte !== given[index])) return null;

  const security = (control & securityBit) === 0 ? null : securityIn(checked);
  if (security === undefined) return null;
  const codeAt = headBytes + (security === null ? 0 : security.data.length + 2);
  const hasMac = security !== null && security.type >= scs.signedCommand;
  const dataEnds = checked.length - (hasMac ? macBytes : 0);
  const code = checked[codeAt];
  if (code === undefined || dataEnds <= codeAt) return null;
  const frame: HeardFrame = {
    bytes: pending.slice(at, at + length),
    address: address & ~replyBit,
    reply: (address & replyBit) !== 0,
    sequence: control & 0x03,
    check,
    security,
    code,
    data: checked.slice(codeAt + 1, dataEnds),
    covered: checked.slice(0, dataEnds),
    mac: hasMac ? checked.slice(dataEnds) : null,
  };
  return { frame, length };
}

/** Undefined: it says that it has one, and has none that is known. */
function securityIn(checked: Uint8Array): SecurityBlock | undefined {
  const [length = 0, type = 0] = checked.subarray(headBytes);
  const fits = length >= 2 && headBytes + length < checked.length;
  if (!fits || type < scs.challenge || type > scs.sealedReply) return undefined;
  return { type, data: checked.slice(headBytes + 2, headBytes + length) };
}

function checkOf(bytes: Uint8Array, check: 'crc' | 'checksum'): number[] {
  if (check === 'checksum') return [-bytes.reduce((sum, byte) => sum + byte, 0) & 0xff];
  const crc = crc16(bytes);
  return [crc & 0xff, crc >> 8];
}

/** Polynomial 1021, first value 1D0F, not reflected. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0x1d0f;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ ((crc & 0x8000) === 0 ? 0 : 0x1021)) & 0xffff;
  }
  return crc;
}
