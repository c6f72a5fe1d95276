import type { Entity } from '../../domain/member/club.ts';

/** Something wrong with one row (or the file): where it stands, what was found, what is expected. */
export interface RowProblem {
  entity: Entity | null;
  id: string | null;
  /** `memberships[17].visits.left`; empty for the document as a whole. */
  path: string;
  /** 1-based place in the text; null when the rows did not come as text. */
  line: number | null;
  column: number | null;
  problem: string;
}
