import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/lib/canonical-json.ts';

describe('canonical JSON (RFC 8785)', () => {
  it('is spelled as the reference implementation spells it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
    );
  });

  it('sorts keys by UTF-16 code units and leaves out what is undefined', () => {
    const value = { '€': 1, '\r': 2, '1': 3, é: undefined, '\u{1F602}': 4, '\uFB33': 5 };
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":3,"€":1,"\u{1F602}":4,"\uFB33":5}');
  });

  it('refuses what JSON cannot say', () => {
    expect(() => canonicalJson(Number.NaN)).toThrow(TypeError);
    expect(() => canonicalJson([undefined])).toThrow(TypeError);
    expect(() => canonicalJson(() => {})).toThrow(TypeError);
  });
});
