/** What just went over a simulated device's wire, written for people. */
export interface WireEvent {
  direction: 'to gateway' | 'from gateway';
  /** Hex pairs for a binary protocol, the characters for text (control characters as `\r`), topic and payload for MQTT. */
  bytes: string;
}

/** `A0 01 01 A2`. */
export function shownAsHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}

/** `0042\r\n`. */
export function shownAsText(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes).toString('latin1')).slice(1, -1);
}
