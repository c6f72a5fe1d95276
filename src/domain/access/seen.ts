import type { GateSettings } from '../gate/gate-settings.ts';
import type { Branch, Service } from '../member/member.ts';
import type { Instant, LocalDate } from '../schedule/instant.ts';

/** What a standing is seen against. */
export interface Seen {
  now: Instant;
  today: LocalDate;
  branch: Branch;
  gate: GateSettings;
  /** The gate's services. */
  services: Service[];
  memberId: string | null;
}
