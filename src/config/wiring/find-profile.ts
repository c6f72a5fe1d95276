import { nearest } from '../../lib/nearest.ts';
import type { ReaderProfile, RelayProfile, TurnstileProfile } from '../../ports/device.ts';
import { checkShape } from '../check-shape.ts';
import type { Findings } from '../findings.ts';
import type { Path } from '../place.ts';

/** The product of that name; reports and gives null when there is none. */
export function profileOf<Profile>(
  device: string,
  kind: 'reader' | 'relay' | 'turnstile',
  profiles: ReadonlyMap<string, Profile>,
  otherProfiles: ReadonlyMap<string, unknown>,
  refused: ReadonlyMap<string, string> | undefined,
  at: Path,
  { report }: Findings,
): Profile | null {
  const profile = profiles.get(device);
  if (profile !== undefined) return profile;
  const why = refused?.get(device.toLowerCase());
  if (why !== undefined) {
    report([...at, 'device'], `\`${device}\` is not supported: ${why}`);
    return null;
  }
  const what = otherProfiles.has(device) ? `\`${device}\` is not a ${kind}` : `there is no ${kind} \`${device}\``;
  report([...at, 'device'], `${what}: ${suggestion(device, [...profiles.keys()])}`);
  return null;
}

/** The settings with their defaults; reports and gives null when they are wrong. */
export function settingsOf(
  profile: ReaderProfile | RelayProfile | TurnstileProfile,
  settings: Record<string, unknown>,
  at: Path,
  { locate, problems }: Findings,
): Record<string, unknown> | null {
  const answer = checkShape(profile.settings.strict(), settings, [...at, 'settings'], locate);
  if ('value' in answer) return answer.value;
  problems.push(...answer.problems);
  return null;
}

/** What may have been meant, and what there is. */
export function suggestion(word: string, known: string[]): string {
  const meant = nearest(word, known);
  const list = known.length === 0 ? 'there are none' : `there are ${known.map((name) => `\`${name}\``).join(', ')}`;
  return meant === null ? list : `did you mean \`${meant}\`? ${list}`;
}
