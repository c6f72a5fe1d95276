const hexBytes = /^(?:[0-9a-f]{2}\s*)+$/iu;

/**
 * The bytes of a wire in two ways: as they are (hex in pairs) and, where most of them can be printed, as text with a dot for
 * each that cannot. What is not hex (an MQTT message) is already text.
 */
export function wireText(bytes: string): { hex: string | null; text: string | null } {
  if (!hexBytes.test(bytes)) return { hex: null, text: bytes };
  const values = (bytes.match(/[0-9a-f]{2}/giu) ?? []).map((pair) => Number.parseInt(pair, 16));
  const printable = values.filter((value) => value >= 0x20 && value <= 0x7e).length;
  const hex = values.map((value) => value.toString(16).toUpperCase().padStart(2, '0')).join(' ');
  if (printable * 2 <= values.length) return { hex, text: null };
  return { hex, text: values.map((value) => (value >= 0x20 && value <= 0x7e ? String.fromCharCode(value) : '·')).join('') };
}
