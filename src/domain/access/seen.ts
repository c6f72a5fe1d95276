import type { GateSettings } from '../gate/gate-settings.ts';
import type { Branch, Service } from '../member/member.ts';
import type { Instant, LocalDate } from '../schedule/instant.ts';
import type { HeldBooking } from './facts.ts';

/** What a standing is seen against. */
export interface Seen {
  now: Instant;
  today: LocalDate;
  branch: Branch;
  gate: GateSettings;
  /** The gate's services. */
  services: Service[];
  /** null: a bearer code, whose membership is the person (rule 4). */
  memberId: string | null;
  /** The session that the person has come for (rule 15). */
  chosen: HeldBooking | null;
  clockTrusted: boolean;
}
