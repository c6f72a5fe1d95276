/** The lines that differ between two texts, in the form of `diff`: one stretch, between what is the same before and behind it. */
export function changedLines(before: string, after: string): string[] {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < Math.min(old.length, fresh.length) && old[start] === fresh[start]) start++;
  let end = 0;
  while (end < Math.min(old.length, fresh.length) - start && old.at(-1 - end) === fresh.at(-1 - end)) end++;
  const gone = old.slice(start, old.length - end).map((line) => `-${line}`);
  const come = fresh.slice(start, fresh.length - end).map((line) => `+${line}`);
  return gone.length + come.length === 0 ? [] : [`@@ line ${start + 1} @@`, ...gone, ...come];
}
