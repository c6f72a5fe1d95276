/**
 * Messages that have a length of their own (HID reports) on a line of bytes: each behind its length in two bytes, the low one
 * first. So they can be kept, cut and recorded like the bytes of any other line.
 */
export function framed(message: Uint8Array): Uint8Array {
  return Uint8Array.of(message.length & 0xff, message.length >> 8, ...message);
}

/** The whole messages of `pending`, and what is left: the beginning of one more. */
export function unframed(pending: Uint8Array): { messages: Uint8Array[]; rest: Uint8Array } {
  const messages: Uint8Array[] = [];
  let at = 0;
  while (at + 2 <= pending.length) {
    const end = at + 2 + ((pending[at] ?? 0) | ((pending[at + 1] ?? 0) << 8));
    if (end > pending.length) break;
    messages.push(pending.subarray(at + 2, end));
    at = end;
  }
  return { messages, rest: pending.subarray(at) };
}
