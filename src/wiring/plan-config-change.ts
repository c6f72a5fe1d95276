import { readFileSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import { editConfig, type GroupChange } from '../config/edit-config.ts';
import { checkConfigFile } from '../config/load-config.ts';
import { type Path, problemLine } from '../config/place.ts';
import { parseYaml } from '../config/read-yaml.ts';
import { replaceFile } from '../config/replace-file.ts';
import { changedLines } from '../lib/changed-lines.ts';
import type { Profiles } from '../ports/device.ts';

export interface PlannedChange {
  /** Lines that go and come; none: the file says it already. */
  diff: string[];
  /** Throws `Failure` when the file was changed meanwhile or cannot be written. */
  write(): void;
}

/**
 * Plans to change keys of one group in a configuration file (`whole`: groups in it that are replaced). Nothing is written yet, and
 * nothing ever is that would not pass `gatehouse check`: then the answer says what is wrong.
 */
export function planConfigChange(
  path: string,
  at: Path,
  change: GroupChange,
  whole: readonly string[],
  profiles: Profiles,
): PlannedChange | { problems: string[] } {
  const before = readFileSync(path, 'utf8');
  const edited = editConfig(before, at, change, whole);
  if ('problem' in edited) return { problems: [`${path}: ${edited.problem}`] };
  const after = edited.text;
  const checked = checkConfigFile(parseYaml(after), path, profiles);
  if ('problems' in checked) return { problems: checked.problems.map((problem) => problemLine(path, problem)) };
  return { diff: changedLines(before, after), write: () => replaceFile(path, before, after) };
}

/**
 * What a reader's settings are to say so that it works with `changed`: these, and for what stands in the file otherwise and was
 * tried, the choice that worked. What was not tried (texts, addresses) stays.
 */
export function settingsToWrite(
  { readers }: Config,
  name: string,
  device: string,
  changed: Readonly<Record<string, unknown>>,
  tried: readonly string[],
  profiles: Profiles,
): Record<string, unknown> {
  const reader = readers.find(({ id }) => id === name);
  const profile = profiles.readers.get(device);
  if (reader === undefined || profile === undefined || reader.profile.id !== device) return { ...changed };
  const standards: Record<string, unknown> = profile.settings.parse({});
  const undone = tried.filter((key) => !(key in changed) && reader.settings[key] !== standards[key]);
  return { ...Object.fromEntries(undone.map((key) => [key, standards[key]])), ...changed };
}
