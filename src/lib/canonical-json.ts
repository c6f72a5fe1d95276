import canonicalizeJson from 'canonicalize';

/** RFC 8785: the one spelling of a JSON value, so that anybody who holds the value can recompute its hash. Throws TypeError for what JSON cannot say. */
export function canonicalJson(value: unknown): string {
  const text = canonicalizeJson(value);
  if (text === undefined) throw new TypeError('this value has no JSON form');
  return text;
}
