/** The date of this program: no clock that is right stands before it. */
export const builtAt = Date.parse('2026-11-01T00:00:00Z');
