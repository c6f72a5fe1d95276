import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

const logCost = 15;
const blockSize = 8;
const parallelism = 1;
const hashBytes = 32;

/** `$scrypt$ln=15,r=8,p=1$<salt>$<hash>` (PHC string format, base64 without padding): the cost stands with the hash, so that it can rise later. */
export async function slowHash(secret: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(secret, salt, hashBytes, costOf(logCost, blockSize, parallelism));
  return hashText(salt, hash);
}

/** A hash that no secret has, and that takes as long to compare with as a real one. */
export function decoyHash(): string {
  return hashText(randomBytes(16), randomBytes(hashBytes));
}

/** Whether `stored` was made of `secret`; takes as long for a wrong one. Throws Error when `stored` is no such hash. */
export async function matchesSlowHash(secret: string, stored: string): Promise<boolean> {
  const [, logN, r, p, salt, hash] = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) throw new Error('what is stored is no scrypt hash');
  const expected = Buffer.from(hash, 'base64');
  const cost = costOf(Number(logN), Number(r), Number(p));
  return timingSafeEqual(await derive(secret, Buffer.from(salt, 'base64'), expected.length, cost), expected);
}

function hashText(salt: Buffer, hash: Buffer): string {
  const [saltText, text] = [salt, hash].map((bytes) => bytes.toString('base64').replaceAll('=', ''));
  return `$scrypt$ln=${logCost},r=${blockSize},p=${parallelism}$${saltText}$${text}`;
}

/** scrypt needs 128·N·r bytes (RFC 7914, section 2), which is just what Node allows by default; allow twice that. */
function costOf(logN: number, r: number, p: number): ScryptOptions {
  const N = 2 ** logN;
  return { N, r, p, maxmem: 256 * N * r };
}

/** Off the main thread: a sign-in never holds up a tap. */
function derive(secret: string, salt: Buffer, bytes: number, cost: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret.normalize('NFC'), salt, bytes, cost, (error, hash) => (error ? reject(error) : resolve(hash)));
  });
}
