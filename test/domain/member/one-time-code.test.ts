import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CredentialKind, credentialKinds, type Read } from '../../../src/domain/member/credential.ts';
import { credentialIdOf, credentialKey, totpCode, verifyToken } from '../../../src/domain/member/one-time-code.ts';
import { at } from '../../kit/facts.ts';

/** ASCII `12345678901234567890`, the secret of RFC 6238, appendix B. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const phone = { id: 'c1', kind: 'totp', value: secret } as const;

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const app = { id: 'c1', kind: 'signed', value: publicKey.export({ format: 'jwk' }).x ?? '' } as const;
const now = at('2026-06-15T08:00:00+02:00');

function totp(value: string): Read {
  return { kind: 'totp', value };
}

function signed(value: string): Read {
  return { kind: 'signed', value };
}

/** A token as the member's app makes it. */
function tokenOf(text: string): string {
  return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`;
}

function issued(issuedAt: number, { id = 'c1', nonce = 'n1' } = {}): Read {
  return signed(tokenOf(`${id}.${issuedAt / 1000}.${nonce}`));
}

describe('what a code says of itself', () => {
  test.each([
    { id: 'c1', read: totp('c1.287082') },
    { id: 'club.7.c1', read: totp('club.7.c1.287082') },
    { id: '123456', read: totp('123456.287082') },
    { id: 'c1', read: issued(now) },
    { id: 'club.7.c1', read: issued(now, { id: 'club.7.c1' }) },
    { id: '1.2.3', read: issued(now, { id: '1.2.3' }) },
  ])('one of kind $read.kind names its credential `$id`', ({ read, id }) => {
    expect(credentialIdOf(read)).toBe(id);
  });

  test.each([
    totp('287082'),
    totp('.287082'),
    totp('c1.28708'),
    totp('c1.2870820'),
    totp('c1.28708x'),
    totp('c1.auto'),
    totp('c1.２８７０８２'),
    totp('c1.287082\n'),
    signed('c1.1781503200.n1'),
    signed('c1.1781503200.n1.'),
    signed(`c1.1781503200.n1.${'A'.repeat(85)}`),
    signed(`c1.1781503200.n1.${'A'.repeat(87)}`),
    signed(`c1.1781503200.n1.${'A'.repeat(85)}+`),
    signed(`c1.1781503200..${'A'.repeat(86)}`),
    signed(`c1.2026-06-15.n1.${'A'.repeat(86)}`),
    signed(`c1.-1781503200.n1.${'A'.repeat(86)}`),
    signed(`.1781503200.n1.${'A'.repeat(86)}`),
    signed(`1781503200.n1.${'A'.repeat(86)}`),
  ])('%j names none', (read) => {
    expect(credentialIdOf(read)).toBeNull();
  });

  test('a card, barcode or PIN is no one-time code, whatever it looks like', () => {
    const others = credentialKinds.filter((kind) => kind !== 'totp' && kind !== 'signed');
    for (const kind of others) {
      expect(credentialIdOf({ kind, value: 'c1.287082' })).toBeNull();
      expect(credentialIdOf({ kind, value: issued(now).value })).toBeNull();
    }
  });

  test('any id is found again, dots, colons and line breaks in it or not', () => {
    const id = fc
      .array(fc.constantFrom('.', '1', 'c', ':', '\n', 'ż', '🏋'), { minLength: 1, maxLength: 12 })
      .map((one) => one.join(''));
    fc.assert(
      fc.property(id, (id) => {
        expect(credentialIdOf(totp(`${id}.287082`))).toBe(id);
        expect(credentialIdOf(signed(`${id}.1781503200.n1.${'A'.repeat(86)}`))).toBe(id);
      }),
    );
  });
});

test('two codes of one phone are reads of one credential; two cards never are', () => {
  expect(credentialKey(totp('c1.287082'))).toBe(credentialKey(totp('c1.359152')));
  expect(credentialKey(issued(now, { nonce: 'n1' }))).toBe(credentialKey(issued(now, { nonce: 'n2' })));
  expect(credentialKey(totp('c1.287082'))).not.toBe(credentialKey(totp('c2.287082')));
  expect(credentialKey(totp('c1.287082'))).not.toBe(credentialKey(issued(now)));
  expect(credentialKey({ kind: 'rfid', value: 'c1.287082' })).not.toBe(credentialKey({ kind: 'rfid', value: 'c1.359152' }));
});

describe('the code that a phone shows', () => {
  // RFC 6238, appendix B, SHA1: the last six of the eight digits.
  test.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('at %i s is that of RFC 6238', (seconds, code) => {
    expect(totpCode(secret, seconds * 1000)).toBe(code);
    expect(verifyToken(phone, totp(`c1.${code}`), seconds * 1000, true)).toEqual({
      genuine: true,
      fresh: true,
      token: String(Math.floor(seconds / 30)),
    });
  });

  test('is good from thirty seconds before its step to thirty seconds after it', () => {
    const read = totp('c1.287082');
    const genuine = [-1, 0, 59_999, 60_000, 89_999, 90_000].map((ms) => verifyToken(phone, read, ms, true).genuine);
    expect(genuine).toEqual([false, true, true, true, true, false]);
  });

  test('is the same one-time code in all that time, by the number of its step', () => {
    for (const ms of [0, 29_999, 30_000, 59_999, 60_000, 89_999]) {
      expect(verifyToken(phone, totp('c1.287082'), ms, true)).toEqual({ genuine: true, fresh: true, token: '1' });
    }
  });

  test('has a first step, of the counter 0', () => {
    expect(totpCode(secret, 0)).toBe('755224');
    expect(verifyToken(phone, totp('c1.755224'), 0, true)).toEqual({ genuine: true, fresh: true, token: '0' });
  });

  test('is checked by the clock as it is, trusted or not', () => {
    expect(verifyToken(phone, totp('c1.287082'), 59_000, false)).toEqual({ genuine: true, fresh: true, token: '1' });
    expect(verifyToken(phone, totp('c1.287082'), 90_000, false)).toEqual({ genuine: false });
  });

  test('counts for the step of now where two steps share it', () => {
    // The first neighbours that this secret gives the same digits, found by trying all.
    const shared = 910_737;
    const read = totp('c1.911617');
    expect(verifyToken(phone, read, shared * 30_000, true)).toMatchObject({ token: '910737' });
    expect(verifyToken(phone, read, (shared + 1) * 30_000, true)).toMatchObject({ token: '910738' });
    expect(verifyToken(phone, read, (shared - 1) * 30_000, true)).toMatchObject({ token: '910737' });
    expect(verifyToken(phone, read, (shared + 2) * 30_000, true)).toMatchObject({ token: '910738' });
  });

  test('does not open as another member, or with another secret', () => {
    expect(verifyToken({ ...phone, id: 'c2' }, totp('c1.287082'), 59_000, true)).toEqual({ genuine: false });
    expect(verifyToken({ ...phone, value: 'MZXW6YTBOI' }, totp('c1.287082'), 59_000, true)).toEqual({ genuine: false });
  });

  test.each(['', '=', 'not base32!', 'MZX'])('never comes of the secret `%s`', (value) => {
    expect(totpCode(value, 59_000)).toBeNull();
    expect(verifyToken({ ...phone, value }, totp('c1.287082'), 59_000, true)).toEqual({ genuine: false });
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('is none at the instant %d', (instant) => {
    expect(totpCode(secret, instant)).toBeNull();
    expect(verifyToken(phone, totp('c1.287082'), instant, true)).toEqual({ genuine: false });
  });
});

describe('a signed token', () => {
  test('opens at once, and is used up by its nonce', () => {
    expect(verifyToken(app, issued(now, { nonce: 'Xk_9-a' }), now, true)).toEqual({
      genuine: true,
      fresh: true,
      token: 'Xk_9-a',
    });
  });

  test('is fresh for thirty seconds to either side, both included', () => {
    const fresh = [-30_001, -30_000, 0, 30_000, 30_001].map((ms) => verifyToken(app, issued(now), now + ms, true));
    expect(fresh).toEqual([false, true, true, true, false].map((fresh) => ({ genuine: true, fresh, token: 'n1' })));
  });

  test('has no time to be too old or too new while the clock is not trusted; its signature still counts', () => {
    expect(verifyToken(app, issued(now), now + 86_400_000, false)).toEqual({ genuine: true, fresh: true, token: 'n1' });
    const forged = issued(now).value.replace('.n1.', '.n2.');
    expect(verifyToken(app, signed(forged), now, false)).toEqual({ genuine: false });
  });

  test('of a credential with dots in its id is that of the whole id', () => {
    const row = { ...app, id: 'club.7.c1' };
    expect(verifyToken(row, issued(now, { id: 'club.7.c1' }), now, true)).toEqual({ genuine: true, fresh: true, token: 'n1' });
    expect(verifyToken(row, issued(now), now, true)).toEqual({ genuine: false });
  });

  test('may carry the padding that some libraries write', () => {
    expect(verifyToken(app, signed(`${issued(now).value}==`), now, true)).toEqual({ genuine: true, fresh: true, token: 'n1' });
  });

  test('of a time far beyond all clocks is genuine and never fresh', () => {
    const read = signed(tokenOf(`c1.${'9'.repeat(400)}.n1`));
    expect(verifyToken(app, read, now, true)).toEqual({ genuine: true, fresh: false, token: 'n1' });
  });

  test('changed in any one character is not genuine', () => {
    const { value } = issued(now);
    // The last character of 64 bytes in base64url says two bits; its other four are nobody's.
    const position = fc.nat({ max: value.length - 2 });
    fc.assert(
      fc.property(position, fc.constantFrom('A', 'z', '0', '9', '-', '_', '.', 'é'), (position, character) => {
        fc.pre(value[position] !== character);
        const changed = value.slice(0, position) + character + value.slice(position + 1);
        expect(verifyToken(app, signed(changed), now, true)).toEqual({ genuine: false });
      }),
    );
  });

  test('made with another key is not genuine', () => {
    const value = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x ?? '';
    expect(verifyToken({ ...app, value }, issued(now), now, true)).toEqual({ genuine: false });
  });

  test.each(['', 'no key', 'A'.repeat(43)])('is not genuine where the key is `%s`', (value) => {
    expect(verifyToken({ ...app, value }, issued(now), now, true)).toEqual({ genuine: false });
  });
});

test('a code of one kind never stands for a credential of another', () => {
  for (const kind of credentialKinds) {
    if (kind !== 'totp') expect(verifyToken({ ...phone, kind }, totp('c1.287082'), 59_000, true)).toEqual({ genuine: false });
    if (kind !== 'signed') expect(verifyToken({ ...app, kind }, issued(now), now, true)).toEqual({ genuine: false });
  }
});

test('nothing that may be read or stored opens by chance, or breaks anything', () => {
  const kind = fc.constantFrom<CredentialKind>(...credentialKinds);
  const bytes = fc.uint8Array({ maxLength: 120 }).map((one) => Buffer.from(one).toString('latin1'));
  const signature = fc.uint8Array({ minLength: 64, maxLength: 64 }).map((one) => Buffer.from(one).toString('base64url'));
  const nearly = fc.tuple(fc.string(), fc.string(), signature).map(([issuedAt, nonce, end]) => `c1.${issuedAt}.${nonce}.${end}`);
  const wellFormed = fc.tuple(fc.nat(), signature).map(([issuedAt, end]) => `c1.${issuedAt}.n1.${end}`);
  const odd = fc.string({ unit: fc.constantFrom('c1', '.', '7', '\n', 'ż', '\ud800', '\udfff', '=') });
  const text = fc.oneof(bytes, odd, nearly, wellFormed);
  const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((one) => Buffer.from(one).toString('base64url'));
  const row = fc.record({ id: fc.constant('c1'), kind, value: fc.oneof(text, key) });
  const instant = fc.oneof(fc.double(), fc.integer());
  fc.assert(
    fc.property(row, kind, text, instant, fc.boolean(), (credential, kind, value, instant, clockTrusted) => {
      const read = { kind, value };
      credentialIdOf(read);
      totpCode(credential.value, instant);
      expect(verifyToken(credential, read, instant, clockTrusted)).toEqual({ genuine: false });
    }),
    { numRuns: 1000 },
  );
});

test('a code costs no more time for being long', () => {
  const startedMs = performance.now();
  for (const value of ['1.'.repeat(50_000), '.'.repeat(100_000), `.${'1'.repeat(100_000)}`, `a.1.${'x'.repeat(100_000)}`]) {
    expect(credentialIdOf(signed(value))).toBeNull();
    expect(credentialIdOf(totp(value))).toBeNull();
  }
  // It takes some 5 ms; if each dot were tried against each other one, a minute.
  expect(performance.now() - startedMs).toBeLessThan(2000);
});
