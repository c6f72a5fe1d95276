import { describe, expect, it } from 'vitest';
import type { GateSettings } from '../../src/domain/gate/gate-settings.ts';
import { boxOnFakes, fullDisk } from '../kit/box-on-fakes.ts';
import { annasCard, piotrsCard } from '../kit/running-gateway.ts';

const anna = { kind: 'rfid', value: annasCard.id } as const;
const piotr = { kind: 'rfid', value: piotrsCard.id } as const;

const gates: Partial<GateSettings>[] = [
  { id: 'main-in', antiPassback: { mode: 'hard', forgiveMinutes: null, exemptTags: [] } },
  { id: 'main-out', direction: 'out' },
];

describe('staff say that somebody has left', () => {
  it('who was refused as being inside comes in again', () => {
    const { box, clock } = boxOnFakes(gates);
    box.tap('main-in', anna, null);
    clock.advance(60_000);
    expect(box.tap('main-in', anna, null).code).toBe('ALREADY_INSIDE');
    expect(box.frontDesk.takeOut({ zone: 'club', memberId: 'anna', staff: 'Ewa' })).toEqual({ done: true, entry: 3 });
    clock.advance(60_000);
    expect(box.tap('main-in', anna, null).outcome).toBe('granted');
  });

  it('the others stay inside', () => {
    const { box, clock } = boxOnFakes(gates);
    box.tap('main-in', anna, null);
    box.tap('main-in', piotr, null);
    box.frontDesk.takeOut({ zone: 'club', memberId: 'anna', staff: 'Ewa' });
    expect(box.frontDesk.status().zones).toEqual([{ id: 'club', inside: 1, limit: null }]);
    clock.advance(60_000);
    expect(box.tap('main-in', piotr, null).code).toBe('ALREADY_INSIDE');
  });

  it('of everybody: a zone that was full lets people in again', () => {
    const { box, clock } = boxOnFakes(gates, { limit: 1 });
    box.tap('main-in', anna, null);
    expect(box.tap('main-in', piotr, null).code).toBe('ZONE_FULL');
    expect(box.frontDesk.status().zones).toEqual([{ id: 'club', inside: 1, limit: 1 }]);
    box.frontDesk.takeOut({ zone: 'club', memberId: null, staff: 'Ewa' });
    expect(box.frontDesk.status().zones).toEqual([{ id: 'club', inside: 0, limit: 1 }]);
    clock.advance(60_000);
    expect(box.tap('main-in', piotr, null).outcome).toBe('granted');
  });

  it('of one zone: they are still inside the other', () => {
    const { box } = boxOnFakes([...gates, { id: 'pool', zone: 'pool' }]);
    box.tap('main-in', anna, null);
    box.tap('pool', anna, null);
    box.frontDesk.takeOut({ zone: 'club', memberId: 'anna', staff: 'Ewa' });
    expect(box.frontDesk.status().zones).toEqual([
      { id: 'club', inside: 0, limit: null },
      { id: 'pool', inside: 1, limit: null },
    ]);
  });

  it('it stands in the journal with who said so', () => {
    const { box, journal } = boxOnFakes(gates);
    box.frontDesk.takeOut({ zone: 'club', memberId: 'anna', staff: 'Ewa' });
    box.frontDesk.takeOut({ zone: 'club', memberId: null, staff: 'Ewa' });
    expect(journal.after(0, 5).map(({ event }) => event)).toMatchObject([
      { kind: 'presence', zone: 'club', person: 'member:anna', staff: 'Ewa' },
      { kind: 'presence', zone: 'club', person: null, staff: 'Ewa' },
    ]);
  });

  it.each([
    ['a zone that no gate leads into', { zone: 'sauna', memberId: null }, 'no gate leads into a zone `sauna`; there are club'],
    ['a member who is not in the data', { zone: 'club', memberId: 'nobody' }, 'there is no member `nobody`'],
  ])('%s is refused', (_what, wrong, problem) => {
    const { box, journal } = boxOnFakes(gates);
    expect(box.frontDesk.takeOut({ staff: 'Ewa', ...wrong })).toEqual({ done: false, problem });
    expect(journal.newest()).toBeNull();
  });

  it('nothing changes when the disk refuses', () => {
    const { box } = boxOnFakes(gates, { journal: fullDisk() });
    expect(box.frontDesk.takeOut({ zone: 'club', memberId: null, staff: 'Ewa' })).toMatchObject({ done: false });
  });
});
