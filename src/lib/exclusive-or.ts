/** The exclusive or of all bytes: what simple readers send as a check. 0 of none. */
export function exclusiveOr(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0);
}
