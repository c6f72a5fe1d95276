import { createPublicKey, verify } from 'node:crypto';

const keyBytes = 32;

/** All of a SubjectPublicKeyInfo (DER) that stands before the key: RFC 8410, sections 3 and 4. */
const spkiStart = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * The points of small order, without the sign of x, little-endian: y = 0, 1 and −1, 0 and 1 again written as p and p + 1, and
 * the two y of order 8. A placeholder of zeros is one of them. A signature for such a key can be made by anybody, and verifiers
 * differ in whether they refuse it (Chalkias, Garillot, Nikolaenko: Taming the Many EdDSAs, 2020).
 */
const smallOrder = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);

/**
 * The 32 bytes of an Ed25519 public key: base64url or base64 of the bytes themselves or of their SubjectPublicKeyInfo (DER), or
 * that as PEM. White space does not matter. Null: none of these, or a key that anybody can sign for.
 */
export function readEd25519PublicKey(text: string): Uint8Array | null {
  const body = text.replaceAll(/-----(?:BEGIN|END) PUBLIC KEY-----|\s/g, '');
  if (!/^[\w+/-]+={0,2}$/.test(body)) return null;
  const bytes = Buffer.from(body, 'base64');
  const hasStart = bytes.subarray(0, spkiStart.length).equals(spkiStart);
  const key = hasStart ? bytes.subarray(spkiStart.length) : bytes;
  return key.length === keyBytes && !isOfSmallOrder(key) ? key : null;
}

/** Whether `signature` (64 bytes) is that of the UTF-8 bytes of `message` (RFC 8032, section 5.1.7). False for one of any other length. */
export function isEd25519Signature(signature: Uint8Array, message: string, publicKey: Uint8Array): boolean {
  // As JWK a key is read in some 5 µs, as DER in some 70; checking the signature takes some 80.
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') };
  return verify(null, Buffer.from(message), createPublicKey({ key: jwk, format: 'jwk' }), signature);
}

function isOfSmallOrder(key: Uint8Array): boolean {
  const y = Buffer.from(key);
  y.writeUInt8(y.readUInt8(keyBytes - 1) & 0x7f, keyBytes - 1);
  return smallOrder.has(y.toString('hex'));
}
