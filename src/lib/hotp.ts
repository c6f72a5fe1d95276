import { createHmac, timingSafeEqual } from 'node:crypto';

/** The six digits of a counter (RFC 4226, section 5.3: HMAC-SHA-1, dynamic truncation). Throws RangeError when `counter` is not a whole number from 0. */
export function hotp(key: Uint8Array, counter: number): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const hash = createHmac('sha1', key).update(message).digest();
  const offset = hash.readUInt8(hash.length - 1) & 0x0f;
  const number = hash.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** Whether `code` is that of `counter`. How long it takes tells nothing of the digits. Throws as `hotp` does. */
export function isHotp(code: string, key: Uint8Array, counter: number): boolean {
  const [given, expected] = [Buffer.from(code), Buffer.from(hotp(key, counter))];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
