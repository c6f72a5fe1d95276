import { type Contact, type ContactName, contactNames } from '../../domain/gate/contacts.ts';
import { pathText } from '../../lib/path-text.ts';
import type { TurnstileTraits } from '../../ports/device.ts';
import type { GateConfig, RelayConfig, TurnstileConfig } from '../config.ts';
import type { Findings } from '../findings.ts';
import type { GateFile } from '../schema.ts';

type Traits = TurnstileTraits['contacts'][ContactName];

/** Of a turnstile whose make is not named: relays that close, ready while closed, and a broken wire that means fire. */
const plainContact = (name: ContactName): Traits => ({ activeWhenClosed: name !== 'fire', debounceMs: 50 });

/** Words of the file that mean: closed when it says what its name says. */
const closedWhenActive: readonly string[] = ['on_passage', 'when_ready', 'on_alarm', 'on_fire'];

/** Devices behind a broker send a message for a change that lasted; and a message held up by the network would make a bounce of it. */
function leavesBouncesOut(teller: RelayConfig | GateConfig['passageFrom'] | undefined): boolean {
  return teller?.profile.speaks === 'mqtt';
}

/** The contacts of a gate with all that the file leaves to the make; reports two on one input. */
export function resolveContacts(
  id: string,
  { contacts = {} }: GateFile,
  turnstile: TurnstileConfig | null | undefined,
  teller: RelayConfig | GateConfig['passageFrom'] | undefined,
  { report }: Findings,
): Contact[] {
  const resolved: Contact[] = [];
  for (const name of contactNames) {
    const file = contacts[name];
    if (file === undefined) continue;
    const rival = resolved.find(({ input }) => input === file.input);
    if (rival !== undefined)
      report(
        ['gates', id, 'contacts', name, 'input'],
        `input ${file.input} is already \`contacts.${rival.name}\`: an input has one contact`,
      );
    const traits = turnstile?.traits.contacts[name] ?? plainContact(name);
    resolved.push({
      name,
      input: file.input,
      activeWhenClosed: file.closed === undefined ? traits.activeWhenClosed : closedWhenActive.includes(file.closed),
      debounceMs: file.debounceMs ?? (leavesBouncesOut(teller) ? 0 : traits.debounceMs),
    });
  }
  return resolved;
}

/** Reports contacts at a gate where no device tells how its inputs stand. */
export function checkInputs(
  id: string,
  { contacts }: GateFile,
  relay: RelayConfig | undefined,
  passageFrom: GateConfig['passageFrom'] | undefined,
  { report }: Findings,
): void {
  if (contacts === undefined || Object.keys(contacts).length === 0) return;
  const at = ['gates', id, 'contacts'];
  const device = passageFrom ?? relay;
  if (!device)
    report(at, `\`${pathText(at)}\` names inputs, but there is neither \`relay\` nor \`passageFrom\` that has any`, 'key');
  else if (!tellsInputs(device)) {
    const remedy = 'set its inputs in its `settings`, or take another: `gatehouse devices profiles`';
    report(
      at,
      `\`${pathText(at)}\` names inputs, but \`${device.profile.id}\` tells of none with these settings: ${remedy}`,
      'key',
    );
  }
}

/** Whether a device tells how its inputs stand, as it is set. */
export function tellsInputs({ profile, settings }: RelayConfig | NonNullable<GateConfig['passageFrom']>): boolean {
  switch (profile.speaks) {
    case 'hid':
      return false;
    case 'mqtt':
      return profile.reportsInputs?.(settings) ?? false;
    case 'bus':
      return true;
    default: {
      const asked = profile.answers?.ask?.(settings) ?? [];
      return asked.length > 0;
    }
  }
}
