export interface Reply {
  id: number;
  data: Uint8Array;
}

export const ack: Reply = { id: 0x40, data: new Uint8Array() };

/** Why a command was not carried out. */
export const nakCode = {
  badCheck: 1,
  badLength: 2,
  unknownCommand: 3,
  badSequence: 4,
  noSecureChannel: 5,
  needsSecureChannel: 6,
  badRecord: 9,
} as const;

export const nak = (code: number): Reply => ({ id: 0x41, data: Uint8Array.of(code) });
