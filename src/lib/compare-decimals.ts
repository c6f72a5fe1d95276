/** Compares two decimal numbers written as text, `120.00` and `99.5`, exactly; negative when `a` is smaller. */
export function compareDecimals(a: string, b: string): number {
  const digits = Math.max(fractionOf(a).length, fractionOf(b).length);
  const difference = scaled(a, digits) - scaled(b, digits);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function fractionOf(text: string): string {
  return text.split('.')[1] ?? '';
}

function scaled(text: string, digits: number): bigint {
  return BigInt((text.split('.')[0] ?? '') + fractionOf(text).padEnd(digits, '0'));
}
