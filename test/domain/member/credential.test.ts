import { describe, expect, it } from 'vitest';
import { credentialKinds, parseRead, readText } from '../../../src/domain/member/credential.ts';
import { languages } from '../../../src/domain/member/member.ts';

describe('a read in writing', () => {
  it.each(['rfid', 'barcode', 'qr', 'pin', 'totp', 'signed', 'membership_code'] as const)(
    '%s is a kind, whole and alone',
    (kind) => {
      expect(parseRead(`${kind}:0123`)).toEqual({ kind, value: '0123' });
      expect(readText({ kind, value: '0123' })).toBe(`${kind}:0123`);
      expect(credentialKinds).toContain(kind);
    },
  );

  it('keeps zeros, spaces and colons of the value', () => {
    expect(parseRead('barcode:0 01:02')).toEqual({ kind: 'barcode', value: '0 01:02' });
  });

  it.each(['', 'rfid', 'rfid:', ':01', 'RFID:01', 'rfi:01', 'rfidd:01', 'card:01'])('`%s` is none', (text) => {
    expect(parseRead(text)).toBeNull();
  });

  it('the door speaks four languages', () => {
    expect(languages).toEqual(['ru', 'uk', 'pl', 'en']);
  });
});
