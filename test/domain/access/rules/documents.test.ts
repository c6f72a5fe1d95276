import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import type { RequiredDocument } from '../../../../src/domain/gate/gate-settings.ts';
import type { Member } from '../../../../src/domain/member/member.ts';
import { aBearerCode, tapVerdict } from '../../../kit/at-gate.ts';
import { aMember, aMembership, aTap, at, rulesFor, warsaw } from '../../../kit/facts.ts';

const medical: RequiredDocument = { kind: 'medical', policy: 'deny', warnWithinDays: 14 };
const waiver: RequiredDocument = { kind: 'waiver', policy: 'deny', warnWithinDays: 14 };
const warned = (document: RequiredDocument): RequiredDocument => ({ ...document, policy: 'warn' });

type Documents = Member['documents'];
const certificate = (validUntil: string | null): Documents[number] => ({ kind: 'medical', validUntil });

const tap = (held: Documents, required: RequiredDocument[], facts: Parameters<typeof aTap>[1] = {}) =>
  decide(
    aTap([aMembership({ endsOn: null })], facts, { member: aMember({ documents: held }) }),
    rulesFor({ documents: required }),
  );

/** What is said on 15 June 2026. */
const told = (...args: Parameters<typeof tap>) => {
  const { code, warnings } = tap(...args);
  return [code, ...warnings].join(' ');
};

describe('a document that the gate asks for (rule 33)', () => {
  it('that is missing refuses, by its kind, and no time mends it', () => {
    const decision = tap([{ kind: 'waiver', validUntil: null }], [medical]);
    expect(decision).toMatchObject({
      outcome: 'denied',
      code: 'DOCUMENT_MISSING',
      params: { document: 'medical' },
      warnings: [],
      refusals: {},
      charges: [],
      nextAllowedAt: null,
    });
    expect(tapVerdict(decision, 'documents')).toEqual({
      rule: 'documents',
      number: 33,
      result: 'refused',
      code: 'DOCUMENT_MISSING',
      saw: { document: 'medical' },
    });
  });

  it('is good to the end of its last day, and says on which it ended', () => {
    const days = ['2026-06-15T23:59:59.999+02:00', '2026-06-16T00:00:00.000+02:00'].map((now) =>
      tap([certificate('2026-06-15')], [medical], { now: at(now) }),
    );
    expect(days.map(({ code }) => code)).toEqual(['OK', 'DOCUMENT_EXPIRED']);
    expect(days[1]).toMatchObject({
      outcome: 'denied',
      params: { document: 'medical', documentEndsOn: '2026-06-15' },
      nextAllowedAt: null,
    });
  });

  it('ends with the club day', () => {
    const branch = { ...warsaw, dayStartsAt: 240 };
    const code = (now: string) => tap([certificate('2026-06-15')], [medical], { now: at(now), branch }).code;
    expect([code('2026-06-16T03:59:59.999+02:00'), code('2026-06-16T04:00+02:00')]).toEqual(['OK', 'DOCUMENT_EXPIRED']);
  });

  it('warns from the set number of days before its end', () => {
    const ends = (validUntil: string, warnWithinDays: number) =>
      told([certificate(validUntil)], [{ ...medical, warnWithinDays }]);
    expect([ends('2026-06-29', 14), ends('2026-06-30', 14)]).toEqual(['OK WARN_DOCUMENT_EXPIRES', 'OK']);
    expect([ends('2026-06-15', 0), ends('2026-06-16', 0)]).toEqual(['OK WARN_DOCUMENT_EXPIRES', 'OK']);
  });

  it('and says which document and when', () => {
    const decision = tap([certificate('2026-06-29')], [medical]);
    const params = { document: 'medical', documentEndsOn: '2026-06-29' };
    expect(decision).toMatchObject({ outcome: 'granted', warnings: ['WARN_DOCUMENT_EXPIRES'], params });
    expect(tapVerdict(decision, 'documents')).toEqual({
      rule: 'documents',
      number: 33,
      result: 'passed',
      code: 'WARN_DOCUMENT_EXPIRES',
      saw: params,
    });
  });

  it('without an end never ends', () => {
    expect(told([certificate(null)], [medical])).toBe('OK');
  });

  it('given in several times counts as the one that lasts longest, in any order', () => {
    const all = [certificate('2026-06-01'), certificate('2027-01-01'), certificate('2026-06-20')];
    expect([all, [...all].reverse()].map((held) => told(held, [medical]))).toEqual(['OK', 'OK']);
    const endless = [certificate('2026-06-01'), certificate(null), certificate('2026-06-20')];
    expect([endless, [...endless].reverse()].map((held) => told(held, [medical]))).toEqual(['OK', 'OK']);
    const over = [certificate('2026-06-01'), certificate('2026-06-10')];
    for (const held of [over, [...over].reverse()])
      expect(tap(held, [medical])).toMatchObject({ code: 'DOCUMENT_EXPIRED', params: { documentEndsOn: '2026-06-10' } });
  });

  it('another kind does not stand for it', () => {
    expect(tap([{ kind: 'waiver', validUntil: '2026-06-01' }, certificate(null)], [medical]).code).toBe('OK');
  });
});

describe('a document that the gate only warns of (rule 33)', () => {
  it('opens without it, and with one that is over, and says so', () => {
    const missing = tap([], [warned(medical)]);
    expect(missing).toMatchObject({
      outcome: 'granted',
      code: 'OK',
      warnings: ['WARN_DOCUMENT_EXPIRES'],
      params: { document: 'medical', documentEndsOn: null },
    });
    expect(tap([certificate('2026-06-01')], [warned(medical)])).toMatchObject({
      outcome: 'granted',
      warnings: ['WARN_DOCUMENT_EXPIRES'],
      params: { document: 'medical', documentEndsOn: '2026-06-01' },
    });
  });

  it('warns before its end like any other', () => {
    expect(told([certificate('2026-06-29')], [warned(medical)])).toBe('OK WARN_DOCUMENT_EXPIRES');
    expect(told([certificate('2026-06-30')], [warned(medical)])).toBe('OK');
  });
});

describe('several documents', () => {
  it('must all be at hand, and the explanation names them', () => {
    const decision = tap([certificate(null), { kind: 'waiver', validUntil: null }], [medical, waiver]);
    expect(decision).toMatchObject({ code: 'OK', warnings: [] });
    expect(tapVerdict(decision, 'documents')).toEqual({
      rule: 'documents',
      number: 33,
      result: 'passed',
      code: null,
      saw: { documents: 'medical, waiver' },
    });
  });

  it('a refusal comes before a warning, whichever is asked first', () => {
    for (const required of [
      [warned(medical), waiver],
      [waiver, warned(medical)],
    ])
      expect(tap([certificate('2026-06-20')], required)).toMatchObject({
        code: 'DOCUMENT_MISSING',
        params: { document: 'waiver' },
        warnings: [],
      });
  });

  it('a warning is not lost beside a document that is in order', () => {
    const held = [certificate('2026-06-20'), { kind: 'waiver', validUntil: null }];
    for (const required of [
      [medical, waiver],
      [waiver, medical],
    ])
      expect(tap(held, required)).toMatchObject({ warnings: ['WARN_DOCUMENT_EXPIRES'], params: { document: 'medical' } });
  });
});

describe('documents and whom they are not asked of', () => {
  it('a gate that asks for none looks at none', () => {
    expect(tapVerdict(tap([certificate('2026-06-01')], []), 'documents')).toEqual({
      rule: 'documents',
      number: 33,
      result: 'skipped',
      code: null,
      saw: {},
    });
  });

  it('a bearer code has none to show (rule 4 does not spare it)', () => {
    const facts = aTap([aMembership()], {}, aBearerCode());
    expect(decide(facts, rulesFor({ documents: [medical] }))).toMatchObject({
      code: 'DOCUMENT_MISSING',
      params: { document: 'medical' },
    });
  });

  it('without a trusted clock nobody knows whether one is over, only whether it is there (rule 30)', () => {
    const facts = { clockTrusted: false };
    expect(told([certificate('2026-06-01')], [medical], facts)).toBe('CLOCK_UNTRUSTED');
    expect(told([], [medical], facts)).toBe('DOCUMENT_MISSING');
  });

  it('without a trusted clock an end is not warned of', () => {
    const allow = rulesFor({ documents: [medical] }, { clock: { whenUntrusted: 'allow' } });
    const member = aMember({ documents: [certificate('2026-06-16')] });
    expect(decide(aTap([aMembership()], { clockTrusted: false }, { member }), allow)).toMatchObject({ code: 'OK', warnings: [] });
  });

  it('are asked before the tags (section 5)', () => {
    const admission = [{ tags: ['women'], notTags: null, minAge: null, maxAge: null, windows: [] }];
    expect(decide(aTap([aMembership()]), rulesFor({ documents: [medical], admission })).code).toBe('DOCUMENT_MISSING');
  });
});
