import { type Instant, minuteMs } from '../domain/schedule/instant.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClubData, ClubDataWriter } from '../ports/club-data.ts';
import type { Log } from '../ports/log.ts';

/** When this box last saw the hub and its peers (rules 20 and 29). */
export interface Contact {
  /** The last answered exchange with the hub, also before a restart; null: none is known of. */
  contactAt(): Instant | null;
  /** Neither the hub nor another box of the branch is in sight. */
  alone(): boolean;
  /** An exchange with the hub was answered. */
  inTouch(): void;
  /** Another box was heard. */
  heardPeer(): void;
}

export interface ContactParts {
  clock: Clock;
  clubData: Pick<ClubData, 'state'>;
  writer: Pick<ClubDataWriter, 'contacted'>;
  log: Log;
}

/** Whoever was silent for so long is out of sight. */
const inSightMs = 10 * minuteMs;
/** A contact is written down so often at most: after a power cut the data looks a minute older than it is. */
const writtenEveryMs = minuteMs;

export function watchContact({ clock, clubData, writer, log }: ContactParts): Contact {
  let heardAt: Instant | null = null;
  let peerHeardMs: number | null = null;
  let writtenMs: number | null = null;

  function contactAt(): Instant | null {
    const kept = clubData.state().contactAt;
    return heardAt !== null && (kept === null || heardAt > kept) ? heardAt : kept;
  }

  return {
    contactAt,
    alone() {
      const contact = contactAt();
      const hubInSight = contact !== null && clock.now() - contact < inSightMs;
      return !hubInSight && (peerHeardMs === null || clock.monotonicMs() - peerHeardMs >= inSightMs);
    },
    inTouch() {
      heardAt = clock.now();
      if (writtenMs !== null && clock.monotonicMs() - writtenMs < writtenEveryMs) return;
      writtenMs = clock.monotonicMs();
      writer.contacted(heardAt).catch((error: unknown) => {
        // It is written down again in a minute; until then it is known as long as this process lives.
        log.warn('the contact with the hub could not be written down', { why: String(error) });
      });
    },
    heardPeer() {
      peerHeardMs = clock.monotonicMs();
    },
  };
}
