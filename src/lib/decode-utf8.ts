/** The text of UTF-8 bytes, without a byte order mark; or, when they are not UTF-8, the text with U+FFFD for what could not be read. */
export function decodeUtf8(bytes: Uint8Array): { text: string; valid: boolean } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), valid: true };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { text: new TextDecoder().decode(bytes), valid: false };
  }
}
