import type { HeldBooking, HeldCredential } from '../domain/access/facts.ts';
import type { Entity } from '../domain/member/club.ts';
import type { Read } from '../domain/member/credential.ts';
import type { Branch, Member, Service } from '../domain/member/member.ts';
import type { Membership } from '../domain/member/membership.ts';
import type { Instant } from '../domain/schedule/instant.ts';
import type { RowProblem } from './club-snapshot.ts';

/** Whom a read stands for, as the club's data has it; charges are the journal's to add. */
export type ClubCredential = Pick<HeldCredential, 'credential' | 'member' | 'staff'> & { memberships: Membership[] };

/** The club's data on this box. Every look-up answers at once from disk; nothing here waits for a network. */
export interface ClubData {
  branch(id: string): Branch | null;
  /** All of them, by id. */
  branches(): readonly Branch[];
  service(id: string): Service | null;
  /**
   * Every credential row that a read may be, with whom each stands for: of that kind and whole value (rule 1); of a one-time
   * code the row whose id it names, whose secret is still to be asked; of a PIN also those that hold its salted hash (rule 3).
   * `printed`: other texts by which a list may know an rfid card, each compared whole too.
   */
  credentials(read: Read, printed?: readonly string[]): ClubCredential[];
  /**
   * Places in sessions that start in `[from, until)`, by that start, then booking id: of a member, or those that name a membership.
   * Whatever their state; a place in a session that is not held counts as absent.
   */
  bookings(of: { memberId: string } | { membershipId: string }, from: Instant, until: Instant): HeldBooking[];
  member(id: string): { member: Member; memberships: Membership[] } | null;
  membership(id: string): Membership | null;
  /** At most `limit` members whose name contains every word of `text`, or whose card or membership number begins with it, for the desk. */
  searchMembers(text: string, limit: number): Member[];
  state(): ClubDataState;
}

export interface ClubDataState {
  cursor: string | null;
  /** When the central system knew this. */
  takenAt: Instant | null;
  /** When this box took it in. */
  receivedAt: Instant | null;
  /** The last answered exchange with the hub that was written down (rule 29). */
  contactAt: Instant | null;
  counts: Record<Entity, number>;
  /** Rows that are held but unusable, at most 100 of them, each with what is wrong. */
  unusable: { entity: Entity; id: string; problem: string }[];
  unusableCount: number;
}

/** Changes to the club's data. Reading, checking and writing happen off the thread that decides taps. */
export interface ClubDataWriter {
  /**
   * Replaces everything by a snapshot (JSON, UTF-8). Bad rows are reported and left out; good ones are used; all in one step.
   * The bytes are handed over: the array is not to be used afterwards.
   */
  replace(snapshot: Uint8Array): Promise<ReplaceAnswer>;
  /** Applies rows and deletes of a change (JSON, UTF-8), whole or not at all. Doing it twice changes nothing. */
  apply(changes: Uint8Array): Promise<ApplyAnswer>;
  /** Writes down that the hub was in touch at this instant. Never goes back in time by itself: the newest call stands. */
  contacted(at: Instant): Promise<void>;
  close(): Promise<void>;
}

/** `fatal`: the file as a whole could not be used (not JSON, wrong `format`); nothing was changed. */
export type ReplaceAnswer =
  | { done: true; counts: Record<Entity, number>; problems: RowProblem[]; warnings: RowProblem[] }
  | { done: false; fatal: RowProblem };

/** Refused whole when there is a single problem; each is named. `warnings`: the faults and warnings of rows that were taken in (`club-snapshot.ts`). */
export type ApplyAnswer =
  | { done: true; rows: number; deleted: number; warnings: RowProblem[] }
  | { done: false; problems: RowProblem[] };
