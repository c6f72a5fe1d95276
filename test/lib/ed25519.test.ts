import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isEd25519Signature, readEd25519PublicKey } from '../../src/lib/ed25519.ts';
import { fromHex, toHex } from '../../src/lib/hex.ts';

// RFC 8032, section 7.1: tests 1 and 2.
const vectors = [
  {
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: 'r',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
];

const [first, second] = vectors.map(({ publicKey, message, signature }) => ({
  publicKey: fromHex(publicKey),
  message,
  signature: fromHex(signature),
}));
if (!first || !second) throw new Error('there are two vectors');

describe('a signature', () => {
  test.each([
    [1, first],
    [2, second],
  ])('of RFC 8032, test %i, holds', (_, { signature, message, publicKey }) => {
    expect(isEd25519Signature(signature, message, publicKey)).toBe(true);
  });

  test('does not hold for another text, under another key or with a changed bit', () => {
    const changed = new Uint8Array(first.signature);
    changed[0] = (changed[0] ?? 0) ^ 1;
    expect(isEd25519Signature(first.signature, 'r', first.publicKey)).toBe(false);
    expect(isEd25519Signature(first.signature, first.message, second.publicKey)).toBe(false);
    expect(isEd25519Signature(changed, first.message, first.publicKey)).toBe(false);
  });

  test.each([0, 63, 65])('of %i bytes does not hold', (length) => {
    const signature = new Uint8Array(length);
    signature.set(first.signature.subarray(0, length));
    expect(isEd25519Signature(signature, first.message, first.publicKey)).toBe(false);
  });

  test('speaks of the UTF-8 bytes of the text', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const signature = sign(null, Buffer.from('żółw', 'utf8'), privateKey);
    expect(isEd25519Signature(signature, 'żółw', bytesOf(publicKey))).toBe(true);
  });
});

describe('a public key', () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const bytes = bytesOf(publicKey);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

  test.each([
    ['base64url', Buffer.from(bytes).toString('base64url')],
    ['base64url with padding', `${Buffer.from(bytes).toString('base64url')}=`],
    ['base64', Buffer.from(bytes).toString('base64')],
    ['base64 of its SPKI', der.toString('base64')],
    ['base64url of its SPKI', der.toString('base64url')],
    ['PEM', pem],
    ['PEM that lost its line breaks', pem.replaceAll('\n', '')],
    ['base64url with a space before and a line break after', ` ${Buffer.from(bytes).toString('base64url')}\n`],
  ])('may come as %s', (_, text) => {
    expect(readEd25519PublicKey(text)).toEqual(Buffer.from(bytes));
  });

  test('is read the same in both alphabets, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (raw) => {
        fc.pre(raw.some((byte) => byte > 1));
        const expected = Buffer.from(raw);
        expect(readEd25519PublicKey(expected.toString('base64'))).toEqual(expected);
        expect(readEd25519PublicKey(expected.toString('base64url'))).toEqual(expected);
      }),
    );
  });

  test.each([
    ['nothing', ''],
    ['a byte too few', Buffer.from(bytes.subarray(1)).toString('base64url')],
    ['a byte too many', Buffer.concat([bytes, Buffer.alloc(1)]).toString('base64url')],
    ['a SPKI cut short', der.subarray(0, -1).toString('base64')],
    ['another kind of key', generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64')],
    ['a private key', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['the key with something inside it', `${Buffer.from(bytes).toString('base64url').slice(0, 20)}.${'A'.repeat(23)}`],
    ['the key twice, with padding between', `${Buffer.from(bytes).toString('base64')}${Buffer.from(bytes).toString('base64')}`],
  ])('is not %s', (_, text) => {
    expect(readEd25519PublicKey(text)).toBeNull();
  });

  test('is not one that anybody can sign for, such as a placeholder of zeros', () => {
    const weakKeys = keysOfSmallOrder();
    expect(weakKeys).toHaveLength(14);
    for (const weak of weakKeys) {
      expect(forged(weak), `${toHex(weak)} can be signed for by anybody`).toBe(true);
      expect(readEd25519PublicKey(Buffer.from(weak).toString('base64url')), toHex(weak)).toBeNull();
    }
  });
});

function bytesOf(publicKey: KeyObject): Uint8Array {
  return Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
}

const p = 2n ** 255n - 19n;

/**
 * Every 32 bytes that say a point whose order divides 8, worked out from the curve −x² + y² = 1 + d·x²·y² (RFC 8032, section
 * 5.1). Orders 1 and 2 have x = 0, so y = ±1; order 4 has y = 0; twice a point of order 8 has y = 0, which makes x² = −y² and
 * d·y⁴ + 2·y² − 1 = 0. A y small enough is also said by y + p; the highest bit is the sign of x.
 */
function keysOfSmallOrder(): Uint8Array[] {
  const d = mod(-121665n * inverse(121666n));
  const root = squareRoot(mod(1n + d));
  const ySquares = [root, -root].map((one) => mod((one - 1n) * inverse(d))).filter(isSquare);
  const orderEight = ySquares.map(squareRoot).flatMap((y) => [y, p - y]);
  const ys = [0n, 1n, p - 1n, ...orderEight].flatMap((y) => (y + p < 2n ** 255n ? [y, y + p] : [y]));
  return ys.flatMap((y) => [y, y + 2n ** 255n]).map(littleEndian);
}

/** Whether one of a few signatures made without a private key holds: R a point of small order, S zero. */
function forged(key: Uint8Array): boolean {
  const publicKey = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') },
    format: 'jwk',
  });
  return keysOfSmallOrder().some((r) =>
    Array.from({ length: 20 }, (_, nonce) => Buffer.from(`c1.1781510400.${nonce}`)).some((message) =>
      verify(null, message, publicKey, Buffer.concat([r, Buffer.alloc(32)])),
    ),
  );
}

function mod(value: bigint): bigint {
  return ((value % p) + p) % p;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = mod(base), rest = exponent; rest > 0n; rest >>= 1n, square = mod(square * square)) {
    if (rest & 1n) result = mod(result * square);
  }
  return result;
}

function inverse(value: bigint): bigint {
  return power(value, p - 2n);
}

function isSquare(value: bigint): boolean {
  return power(value, (p - 1n) / 2n) === 1n;
}

/** p mod 8 is 5 (RFC 8032, section 5.1.3). */
function squareRoot(square: bigint): bigint {
  const candidate = power(square, (p + 3n) / 8n);
  return mod(candidate * candidate) === square ? candidate : mod(candidate * power(2n, (p - 1n) / 4n));
}

function littleEndian(value: bigint): Uint8Array {
  return fromHex(value.toString(16).padStart(64, '0')).reverse();
}
