/** A request or an answer with its checksum; `unit` 1 to 247. */
export function modbusFrame(unit: number, functionCode: number, data: readonly number[]): Uint8Array {
  const bytes = [unit, functionCode, ...data];
  const crc = crc16(bytes);
  return Uint8Array.of(...bytes, crc & 0xff, crc >> 8);
}

/** Two bytes, high one first, as addresses, values and counts go over the wire. */
export function word(value: number): [number, number] {
  return [(value >> 8) & 0xff, value & 0xff];
}

/** An answer's function code says by its top bit that the unit would not; `data` is then the exception code. */
export type ModbusAnswer = { data: Uint8Array } | { exception: number };

const exceptionBit = 0x80;
const readCoils = 0x01;
const readInputs = 0x02;

/**
 * The whole answer to a request, wherever it stands between noise, or null. Of another unit, another function or another
 * write, or with a wrong checksum, it is none.
 */
export function modbusAnswer(request: Uint8Array, heard: Uint8Array): ModbusAnswer | null {
  const [unit, functionCode = 0] = request;
  for (let start = 0; start + 1 < heard.length; start++) {
    if (heard[start] !== unit) continue;
    const said = heard[start + 1];
    if (said === (functionCode | exceptionBit)) {
      const frame = wholeFrame(heard, start, 5);
      if (frame !== null) return { exception: frame[2] ?? 0 };
    }
    if (said === functionCode) {
      const frame = wholeFrame(heard, start, answerLength(request));
      if (frame !== null && startsAs(frame, expectedStart(request))) return { data: frame.subarray(2, -2) };
    }
  }
  return null;
}

function isRead([, functionCode]: Uint8Array): boolean {
  return functionCode === readCoils || functionCode === readInputs;
}

/** What a read is answered with: a byte for eight of what was asked for. */
function bytesAskedFor(request: Uint8Array): number {
  return Math.ceil((((request[4] ?? 0) << 8) | (request[5] ?? 0)) / 8);
}

function answerLength(request: Uint8Array): number {
  return isRead(request) ? 5 + bytesAskedFor(request) : 8;
}

/** A read says how many bytes follow; a write echoes address and value, or address and count. */
function expectedStart(request: Uint8Array): Uint8Array {
  return isRead(request) ? Uint8Array.of(request[0] ?? 0, request[1] ?? 0, bytesAskedFor(request)) : request.subarray(0, 6);
}

function startsAs(frame: Uint8Array, start: Uint8Array): boolean {
  return start.every((byte, index) => frame[index] === byte);
}

function wholeFrame(heard: Uint8Array, start: number, length: number): Uint8Array | null {
  const frame = heard.subarray(start, start + length);
  if (frame.length < length) return null;
  const crc = crc16(frame.subarray(0, -2));
  return frame.at(-2) === (crc & 0xff) && frame.at(-1) === crc >> 8 ? frame : null;
}

/** CRC-16/MODBUS: polynomial A001 reflected, from FFFF (Modbus over Serial Line V1.02, 2.5.1.2). */
export function crc16(bytes: Iterable<number>): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}

/** Exception codes in words (Modbus Application Protocol V1.1b3, 7). */
export function exceptionText(code: number): string {
  const words: Record<number, string> = {
    1: 'it does not know this function',
    2: 'it has no such address',
    3: 'it does not take this value',
    4: 'it failed to do it',
    6: 'it is busy',
  };
  return `Modbus exception ${code}${words[code] === undefined ? '' : `, ${words[code]}`}`;
}
