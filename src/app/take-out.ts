import { memberKey } from '../domain/access/facts.ts';
import { Failure } from '../ports/failure.ts';
import type { DeskAnswer, TakeOut } from '../ports/front-desk.ts';
import type { MoveParts } from './move-charge.ts';

/** Staff say that somebody, or everybody, has left a zone: anti-passback and occupancy forget them (rule 25). */
export function takeOut(parts: MoveParts, { zone, memberId, staff }: TakeOut): DeskAnswer {
  const { clock, clubData, journal, settings, news, log } = parts;
  const gate = settings.gates.find((one) => one.zone === zone);
  if (gate === undefined) {
    const zones = [...new Set(settings.gates.map((one) => one.zone))].join(', ');
    return { done: false, problem: `no gate leads into a zone \`${zone}\`; there are ${zones}` };
  }
  if (memberId !== null && clubData.member(memberId) === null)
    return { done: false, problem: `there is no member \`${memberId}\`` };
  const person = memberId === null ? null : memberKey(memberId);
  try {
    const event = { kind: 'presence' as const, gate: gate.id, zone, person, staff };
    const entry = journal.append(clock.now(), event, parts.clockTrusted());
    news.tell({ kind: 'taken-out', gate: gate.id, entry });
    return { done: true, entry: entry.number };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    log.error('the journal could not be written', { zone, why: error.message });
    return { done: false, problem: 'the journal could not be written: see the log of this box' };
  }
}
