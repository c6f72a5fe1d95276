import { unframed } from '../../src/lib/framed.ts';

/** What stands in a framed report's place for its length before what a profile keeps; no report is that long. */
const keptMark = 0xff;
const keptHeadBytes = 4;

/** Longer than a report of any reader here; what claims to be longer and has not come is none. */
const longestUnfinished = 128;

/** What a profile kept of reports that it has used up, the whole reports that came since, and the beginning of one more. */
export interface HeardReports {
  kept: Uint8Array;
  reports: Uint8Array[];
  rest: Uint8Array;
}

/** Takes apart what `keepReports` put together and the framed reports after it. */
export function takeReports(pending: Uint8Array): HeardReports {
  const kept = keptIn(pending);
  const { messages, rest } = unframed(kept === null ? pending : pending.subarray(keptHeadBytes + kept.length));
  return {
    kept: kept ?? new Uint8Array(0),
    reports: messages,
    rest: rest.length > longestUnfinished ? new Uint8Array(0) : rest,
  };
}

/**
 * The `rest` of a reader whose code spans many reports: what they said so far, in the profile's own words, and the beginning of
 * one more. So a code is kept, not the ten times as many bytes of the reports that spelled it.
 */
export function keepReports(kept: Uint8Array, rest: Uint8Array): Uint8Array {
  if (kept.length === 0) return rest;
  return Uint8Array.of(keptMark, keptMark, kept.length & 0xff, kept.length >> 8, ...kept, ...rest);
}

function keptIn(pending: Uint8Array): Uint8Array | null {
  if (pending[0] !== keptMark || pending[1] !== keptMark) return null;
  return pending.subarray(keptHeadBytes, keptHeadBytes + (pending[2] ?? 0) + (pending[3] ?? 0) * 0x100);
}
