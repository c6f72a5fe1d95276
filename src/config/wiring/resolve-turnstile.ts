import { secondMs } from '../../domain/schedule/instant.ts';
import { pathText } from '../../lib/path-text.ts';
import type { Profiles } from '../../ports/device.ts';
import type { RelayConfig, TurnstileConfig } from '../config.ts';
import type { Findings } from '../findings.ts';
import type { Path } from '../place.ts';
import type { GateFile } from '../schema.ts';
import { profileOf, settingsOf } from './find-profile.ts';

const usualPulseMs = 500;
const usualWaitMs = 5 * secondMs;
/** An arm that turns at the last moment is still awaited. */
const graceMs = secondMs;

/** `undefined`: the gate names none; `null`: something is wrong with it. */
export function resolveTurnstile(
  id: string,
  { turnstile }: GateFile,
  profiles: Profiles,
  findings: Findings,
): TurnstileConfig | null | undefined {
  if (turnstile === undefined) return undefined;
  const at: Path = ['gates', id, 'turnstile'];
  const profile = profileOf(turnstile.device, 'turnstile', profiles.turnstiles, profiles.relays, profiles.refused, at, findings);
  const settings = profile && settingsOf(profile, turnstile.settings, at, findings);
  return profile && settings && { id: profile.id, name: profile.name, traits: profile.traits(settings) };
}

/** How long the relay is to close its contact; reports a length that the turnstile would not take. */
export function pulseOf(
  { pulseMs }: NonNullable<GateFile['relay']>,
  turnstile: TurnstileConfig | null,
  at: Path,
  { report }: Findings,
): number {
  if (turnstile === null) return pulseMs ?? usualPulseMs;
  const { minMs, maxMs, suggestedMs, why } = turnstile.traits.pulse;
  if (pulseMs === undefined) return suggestedMs;
  const bound =
    minMs !== null && pulseMs < minMs ? `at least ${minMs}` : maxMs !== null && pulseMs > maxMs ? `at most ${maxMs}` : null;
  if (bound !== null) {
    const path = [...at, 'pulseMs'];
    report(
      path,
      `\`${pathText(path)}\` is \`${pulseMs}\`: \`${turnstile.id}\` takes ${bound} ms, because ${why}; ${suggestedMs} is good`,
    );
  }
  return pulseMs;
}

/** How long the gate waits for a person when the file does not say: a second more than the turnstile itself. */
export function usualTimeoutSeconds(turnstile: TurnstileConfig | undefined, relay: RelayConfig | undefined): number {
  return (waitMsOf(turnstile, relay?.pulseMs ?? usualPulseMs) + graceMs) / secondMs;
}

function waitMsOf(turnstile: TurnstileConfig | undefined, pulseMs: number): number {
  const waitMs = turnstile?.traits.waitMs ?? usualWaitMs;
  return waitMs === 'while_told' ? pulseMs : waitMs;
}

/** A contact that stays closed because the gateway died in the middle of a pulse (device-protocols 0.4). */
export function warnOfHeldContact(at: Path, relay: RelayConfig, { id: name, traits }: TurnstileConfig, { warn }: Findings): void {
  if (traits.whenHeld === 'ignored' || !isTimedByGateway(relay)) return;
  const does = traits.whenHeld === 'stays_open' ? 'stays' : 'may stay';
  warn(
    at,
    `the gateway itself ends the pulse of \`${relay.profile.id}\`: should it or the cable die in the middle, \`${name}\` ${does} open for everybody; ` +
      'take a relay that ends the pulse by itself',
  );
}

function isTimedByGateway({ profile, settings }: RelayConfig): boolean {
  switch (profile.speaks) {
    case 'hid':
      return true;
    case 'bus':
      return false;
    default:
      return profile.releases(settings) === 'on-command';
  }
}

/** Somebody who comes while the turnstile is still open and the gate waits no more is nobody's visit. */
export function warnOfShortWait(id: string, gate: GateFile, { id: name, traits }: TurnstileConfig, { warn }: Findings): void {
  const { waitMs, storesPulses } = traits;
  const timeoutMs = (gate.passageTimeoutSeconds ?? Infinity) * secondMs;
  if (gate.passage === 'assumed' || waitMs === 'while_told' || timeoutMs >= waitMs) return;
  const two = storesPulses ? ', and the next tap lets two people through' : '';
  warn(
    ['gates', id, 'passageTimeoutSeconds'],
    `\`${name}\` stays open for ${waitMs / secondMs} s: whoever goes through after ${timeoutMs / secondMs} s is nobody's visit${two}; leave the key out`,
  );
}

/** A turnstile that counts pulses lets in two people for one card that is tapped twice; where passages are reported the gate knows whom it waits for. */
export function warnOfStoredPulse(id: string, gate: GateFile, { id: name, traits }: TurnstileConfig, { warn }: Findings): void {
  const { waitMs, storesPulses } = traits;
  const repeatMs = gate.doubleReadSeconds * secondMs;
  if (gate.passage === 'reported' || !storesPulses || waitMs === 'while_told' || repeatMs >= waitMs) return;
  warn(
    ['gates', id, 'doubleReadSeconds'],
    `\`${name}\` keeps pulses while it is open: the same card tapped again after ${gate.doubleReadSeconds} s lets a second person through; ` +
      `set it to ${waitMs / secondMs} at least`,
  );
}
