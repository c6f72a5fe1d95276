import type { GateSettings, Rules, ZoneSettings } from '../domain/gate/gate-settings.ts';
import type { KioskSettings } from '../domain/kiosk/show.ts';
import type { CardSpelling } from '../domain/member/card-number.ts';
import type { Language } from '../domain/member/member.ts';

/** What a box is set to do, without its wires. */
export interface BoxSettings extends Omit<Rules, 'gate' | 'zone'> {
  branch: string;
  cardNumbers: { spelled: readonly CardSpelling[] };
  gates: GateSettings[];
  /** Every zone that a gate enters. */
  zones: ZoneSettings[];
  desk: { moveChargeWithinHours: number };
  kiosk: { languages: readonly [Language, ...Language[]]; names: KioskSettings['names']; photos: boolean; resultSeconds: number };
}

/** What a decision at one gate obeys. Throws Error for a zone that the settings do not have. */
export function rulesFor(settings: Omit<Rules, 'gate' | 'zone'> & Pick<BoxSettings, 'zones'>, gate: GateSettings): Rules {
  const { gateway, zones, clubCard, freshness, clock, offline, warnings, chooseOrder } = settings;
  const zone = zones.find(({ id }) => id === gate.zone);
  // INVARIANT: a checked configuration has every zone that a gate enters.
  if (zone === undefined) throw new Error(`gate \`${gate.id}\` enters the zone \`${gate.zone}\`, which the settings do not have`);
  return { gateway, gate, zone, clubCard, freshness, clock, offline, warnings, chooseOrder };
}
