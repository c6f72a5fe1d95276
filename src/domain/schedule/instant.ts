/** A point in time: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A calendar date without a zone, `YYYY-MM-DD`. Two of them compare as text. */
export type LocalDate = string;

/** 1 Monday … 7 Sunday. */
export type WeekDay = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
