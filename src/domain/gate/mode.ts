/** Rule 31. `emergency` is set at all gates together and ends at all of them together. */
export const gateModes = ['controlled', 'free', 'closed', 'emergency'] as const;
export type GateMode = (typeof gateModes)[number];

export const defaultMode: GateMode = 'controlled';
