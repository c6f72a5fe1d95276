/** At most two letters that stand for a person without a photo: "Anna Nowak-Kowal" gives "AN". Empty for a name without letters. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).flatMap((word) => word.match(/\p{L}/u)?.slice(0, 1) ?? []);
  const [first = '', ...others] = words;
  return (first + (others.at(-1) ?? '')).toLocaleUpperCase();
}
