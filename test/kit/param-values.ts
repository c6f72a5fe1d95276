import fc from 'fast-check';
import { refusalCodes } from '../../src/domain/access/code.ts';
import type { ParamKind, Params } from '../../src/domain/access/params.ts';
import { assurances } from '../../src/domain/gate/gate-settings.ts';
import { gateModes } from '../../src/domain/gate/mode.ts';
import { credentialStatuses } from '../../src/domain/member/credential.ts';
import { membershipStates, paymentStates } from '../../src/domain/member/membership.ts';

const aDate = fc.date({ min: new Date('2000-01-01'), max: new Date('2050-12-31'), noInvalidDate: true });

export const anInstant: fc.Arbitrary<number> = aDate.map((date) => date.getTime());

const ofKind: Record<ParamKind, fc.Arbitrary<string | number>> = {
  date: aDate.map((date) => date.toISOString().slice(0, 10)),
  instant: anInstant,
  count: fc.oneof(fc.constantFrom(0, 1, 2, 5, 11, 21, 22, 25), fc.nat({ max: 5000 })),
  text: fc.constantFrom('Basen', 'Зал', 'medical', 'medical, waiver', 'x', 'Wieczór "8"', 'any', 'service:gym', 'category:a:b'),
  hours: fc.constantFrom('07:00–12:00', '07:00–12:00, 16:00–24:00'),
  days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }).map((days) => days.join(',')),
  amount: fc.constantFrom('0', '120.00', '-5', '1234567.89'),
  currency: fc.constantFrom('PLN', 'UAH', 'EUR', 'XXX'),
  per: fc.constantFrom('day', 'week', 'month'),
  mode: fc.constantFrom(...gateModes),
  status: fc.constantFrom(...credentialStatuses),
  assurance: fc.constantFrom(...assurances),
  state: fc.constantFrom(...membershipStates),
  payment: fc.constantFrom(...paymentStates),
  debt: fc.constantFrom('none', 'some', 'unknown', 'not_asked'),
  code: fc.constantFrom(...refusalCodes),
  because: fc.constantFrom('timed_out', 'gate_failed', 'restart'),
  clock: fc.constantFrom('trusted', 'untrusted'),
};

/** Every way in which values of these kinds may be known or not. */
export function anyValues(kinds: Record<string, ParamKind>): fc.Arbitrary<Params> {
  return fc.record(Object.fromEntries(Object.entries(kinds).map(([key, kind]) => [key, fc.option(ofKind[kind], { freq: 2 })])));
}
