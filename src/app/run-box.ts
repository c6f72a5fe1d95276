import { leftOf } from '../domain/access/balance.ts';
import type { Decision } from '../domain/access/decision.ts';
import { settleAfterRestart } from '../domain/gate/gate.ts';
import type { GateSettings, Rules } from '../domain/gate/gate-settings.ts';
import type { Read } from '../domain/member/credential.ts';
import type { Central } from '../ports/central.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClubData, ClubDataWriter } from '../ports/club-data.ts';
import type { FrontDesk } from '../ports/front-desk.ts';
import type { Journal, PeerVisit } from '../ports/journal.ts';
import type { Kiosk } from '../ports/kiosk.ts';
import type { Log } from '../ports/log.ts';
import type { GateSignals, Relay } from '../ports/relay.ts';
import { admit, rehearse } from './admit.ts';
import { type BoxSettings, rulesFor } from './box-settings.ts';
import { holdMemberships } from './gather-facts.ts';
import { hearFire } from './hear-fire.ts';
import { moveCharge, payersFor } from './move-charge.ts';
import { createNews, type News } from './news.ts';
import { override } from './override.ts';
import { runFrontDesk } from './run-front-desk.ts';
import { type Gate, runGate } from './run-gate.ts';
import { runKiosk } from './run-kiosk.ts';
import { serveCentral } from './serve-central.ts';
import { setMode } from './set-mode.ts';
import { takeOut } from './take-out.ts';
import { tokenInCode } from './token-in-code.ts';
import type { ClockWatch } from './watch-clock.ts';
import type { Contact } from './watch-contact.ts';
import { createHealth, type Health } from './watch-health.ts';
import { type Turnstile, type TurnstileListener, type TurnstileSettings, watchTurnstile } from './watch-turnstile.ts';

export interface BoxParts {
  settings: BoxSettings;
  clock: Clock;
  log: Log;
  clubData: ClubData;
  writer: ClubDataWriter;
  journal: Journal;
  contact: Contact;
  clockWatch: Pick<ClockWatch, 'trusted' | 'verdict' | 'confirm'>;
  /** A key that nobody can guess. */
  newKey(): string;
  /** The turnstiles whose contacts are wired, by gate; left out: none. */
  turnstiles?: ReadonlyMap<string, TurnstileSettings>;
  /** What opens a gate; null for one that only shows. `signals` hears what its contacts see. */
  relayOf(gate: string, signals: GateSignals, health: Health): Relay | null;
}

/** A whole gateway without its wires: what the web, the readers and a replayed scenario talk to. */
export interface Box {
  gates: ReadonlyMap<string, Gate>;
  news: News;
  health: Health;
  kiosk: Kiosk;
  frontDesk: FrontDesk;
  central: Central;
  /** A credential was presented at a gate; `side` where the reader says which side of a gate that does both. */
  tap(gate: string, read: Read, side: 'in' | 'out' | null): Decision;
  /** A card is being read at a gate: what its tap will need is made ready. */
  rehearse(gate: string): void;
  /** Something that the status page shows is no longer as it was. */
  statusChanged(): void;
  /** What another box of the branch did. */
  hearPeer(gateway: string, visits: readonly PeerVisit[]): void;
  /** Lets go of every relay. What is still open is settled at the next start. */
  stop(): Promise<void>;
}

export function runBox(parts: BoxParts): Box {
  const { settings, clock, log, clubData, journal, contact, clockWatch } = parts;
  const clockTrusted = () => clockWatch.trusted();
  const news = createNews((error) => log.error('a listener failed', { why: String(error) }));
  const health = createHealth({ clock, log });
  settleOpenReservations(parts);

  const rules = new Map(settings.gates.map((gate): [GateSettings, Rules] => [gate, rulesFor(settings, gate)]));
  const rulesOf = (gate: GateSettings): Rules => rules.get(gate) ?? rulesFor(settings, gate);
  const modes = journal.modes();
  const gates = new Map<string, Gate>();
  const turnstiles = new Map<string, Turnstile>();
  const relays: Relay[] = [];
  for (const gate of settings.gates) {
    const signals: GateSignals = {
      passage: (direction) => gates.get(gate.id)?.passage(direction),
      input: (input, closed) => turnstiles.get(gate.id)?.input(input, closed),
      inputsLost: () => turnstiles.get(gate.id)?.inputsLost(),
    };
    const relay = parts.relayOf(gate.id, signals, health);
    if (relay) relays.push(relay);
    const mode = modes.get(gate.id)?.mode;
    gates.set(
      gate.id,
      runGate({
        settings: gate,
        relay,
        mode,
        clock,
        clockTrusted,
        journal,
        news,
        log,
        canStillPay: (visit) => canStillPay(parts, visit),
      }),
    );
  }

  const modeParts = { clock, clockTrusted, journal, news, log, gates };
  for (const [id, turnstile] of parts.turnstiles ?? []) {
    const gate = gates.get(id);
    if (gate === undefined) continue;
    const hear: TurnstileListener = {
      // Where nobody waits for passages each would be unexpected; the contacts are there for what else they tell.
      passage(direction) {
        if (gate.settings.passage === 'reported') gate.passage(direction);
      },
      hindered: (why) => gate.hinder(why),
      fire: (on) => hearFire(modeParts, gate, on),
    };
    turnstiles.set(id, watchTurnstile({ gate: id, settings: turnstile, clock, health, log, hear }));
  }

  const { cardNumbers } = settings;
  const admitParts = { cardNumbers, clock, clubData, journal, contact, clockTrusted, news, log, rulesOf };
  const kiosk = runKiosk({
    ...settings.kiosk,
    clock,
    news,
    gates,
    newKey: parts.newKey,
    timeZoneOf: (gate) => clubData.branch(gate.settings.branch)?.timeZone ?? 'UTC',
  });
  const frontDesk = runFrontDesk({
    settings,
    clock,
    clubData,
    journal,
    news,
    health,
    contact,
    clockWatch,
    gates,
    letIn(request) {
      const gate = gates.get(request.gate);
      return gate ? override(admitParts, gate, request) : { done: false, problem: `there is no gate \`${request.gate}\`` };
    },
    setMode: (request) => setMode(modeParts, request),
    moveCharge: (request) => moveCharge({ ...admitParts, settings }, request),
    payersFor: (visit) => payersFor({ ...admitParts, settings }, visit),
    takeOut: (request) => takeOut({ ...admitParts, settings }, request),
  });

  return {
    gates,
    news,
    health,
    kiosk,
    frontDesk,
    central: serveCentral({
      journal,
      writer: parts.writer,
      inTouch() {
        contact.inTouch();
        frontDesk.statusChanged();
      },
    }),
    tap(gate, read, side) {
      const at = gates.get(gate);
      if (at === undefined) throw new Error(`there is no gate \`${gate}\``);
      return admit(admitParts, at, tokenInCode(clubData, read), side);
    },
    rehearse(gate) {
      const at = gates.get(gate);
      if (at) rehearse(admitParts, at);
    },
    statusChanged: () => frontDesk.statusChanged(),
    hearPeer(gateway, visits) {
      journal.hearPeer(gateway, visits);
      contact.heardPeer();
    },
    async stop() {
      for (const gate of gates.values()) gate.stop();
      for (const turnstile of turnstiles.values()) turnstile.stop();
      kiosk.stop();
      await Promise.all(relays.map((relay) => relay.stop()));
    },
  };
}

/** After a crash each open reservation is settled once, by its gate's policy (rule 27). */
function settleOpenReservations({ journal, settings, clock, clockWatch, log }: BoxParts): void {
  for (const { number: visit, gate } of journal.openReservations()) {
    const policy = settings.gates.find(({ id }) => id === gate)?.onRestart ?? 'release';
    const settled = settleAfterRestart(policy);
    if (settled === 'committed') {
      journal.append(
        clock.now(),
        { kind: 'passage', gate, code: 'PASSED', direction: null, visit, because: 'restart' },
        clockWatch.trusted(),
      );
    } else {
      journal.append(clock.now(), { kind: 'release', gate, code: 'NOT_PASSED', visit, because: 'restart' }, clockWatch.trusted());
    }
    log.warn('a visit was open when the program ended', { gate, visit, settled });
  }
}

/** Rule 27: a late arm takes the visit back only if nobody else has taken it meanwhile. */
function canStillPay({ journal, clubData }: BoxParts, number: number): boolean {
  const visit = journal.visit(number);
  if (visit === null) return false;
  const charged = visit.charges.filter(({ charge }) => charge > 0);
  if (charged.length === 0) return true;
  const memberships = charged.map(({ membershipId }) => clubData.membership(membershipId)).filter((one) => one !== null);
  const held = holdMemberships(journal, memberships);
  return charged.every(({ membershipId, charge, entitlement }) => {
    const one = held.get(membershipId);
    if (one === undefined) return false;
    const left = leftOf(one, entitlement);
    // They came in after all, and paid for it: the same entry is not paid twice.
    const paidSince = one.charges.some((later) => later.visit > number && later.charge > 0 && later.memberId === visit.memberId);
    return !paidSince && (left === null || left >= charge);
  });
}
