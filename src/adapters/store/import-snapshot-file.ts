import { readFileSync } from 'node:fs';
import type { Instant } from '../../domain/schedule/instant.ts';
import type { ReplaceAnswer } from '../../ports/club-data.ts';
import { Failure } from '../../ports/failure.ts';
import { openClubDatabase } from './club-store.ts';
import { orFailure } from './disk-failure.ts';
import { type ImportProgress, replaceClub } from './write-club.ts';

/**
 * Replaces the data in the club database at `clubPath`, which is made when absent, by the snapshot in `file`. A gateway that
 * runs on the same data goes on meanwhile, and sees the new data when this returns. Throws `Failure`: `absent` when the file
 * cannot be read, those of `openClubDatabase`, and what the disk refuses.
 */
export function importSnapshotFile(
  file: string,
  clubPath: string,
  now: Instant,
  progress?: (done: ImportProgress) => void,
): ReplaceAnswer {
  const snapshot = readSnapshotFile(file);
  const db = openClubDatabase(clubPath);
  try {
    return orFailure(clubPath, () => replaceClub(db, snapshot, now, progress));
  } finally {
    db.close();
  }
}

function readSnapshotFile(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('absent', `\`${file}\` cannot be read: ${why}`, { retry: false, cause });
  }
}
