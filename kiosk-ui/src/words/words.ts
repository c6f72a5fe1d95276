import type { Outcome } from '../../../src/domain/access/decision.ts';
import type { GateMode } from '../../../src/domain/gate/mode.ts';
import type { Screen } from '../../../src/domain/kiosk/screen.ts';
import type { ExplainedRule } from '../../../src/domain/kiosk/texts/explain.ts';
import type { ClockVerdict } from '../../../src/domain/schedule/clock-trust.ts';
import type { DemoGateState } from '../../../src/ports/demo.ts';
import type { DeviceStatus, FeedItem } from '../../../src/ports/front-desk.ts';
import type { Counted } from './plural.ts';

type Passage = NonNullable<Extract<Screen, { kind: 'result' }>['passage']>;

/**
 * The pages' own words. What depends on the club (reasons, headlines, titles) comes from the gateway, already in its
 * language. `Form`: the plural forms that the language has beside `other`; one left out does not compile.
 */
export interface Words<Form extends Intl.LDMLPluralRule = never> {
  languageName: string;
  chooseLanguage: string;
  /** The gateway did not answer a request. */
  noAnswer: string;
  connecting: string;
  notConnectedFrom: (time: string) => string;
  kiosk: {
    /** Shown until the gateway says how the club puts it. */
    moment: string;
    passage: Record<Passage, string>;
    noGate: (gate: string) => string;
  };
  desk: {
    title: string;
    signIn: {
      title: string;
      name: string;
      pin: string;
      enter: string;
      wrong: string;
      lockedUntil: (time: string) => string;
      ended: string;
    };
    signOut: string;
    taps: {
      title: string;
      none: string;
      newTaps: Counted<Form>;
      outcome: Record<Outcome, string>;
      override: string;
      mode: string;
      passage: string;
      move: string;
      /** Somebody was taken to have left. */
      presence: (zone: string) => string;
      everybodyLeft: (zone: string) => string;
      visit: Record<Exclude<FeedItem['visit'], 'none'>, string>;
      left: Counted<Form>;
      again: (time: string) => string;
      by: (staff: string) => string;
      answered: string;
      why: string;
      chargeAnother: string;
      movedTo: (membership: string) => string;
      outside: string;
      markedOutside: string;
    };
    why: {
      title: string;
      loading: string;
      notKept: string;
      tap: string;
      membership: (title: string) => string;
      afterChoice: string;
      result: Record<ExplainedRule['result'] | 'warned', string>;
      close: string;
    };
    move: {
      title: string;
      now: (who: string, membership: string) => string;
      choose: string;
      chooseOne: string;
      none: string;
      mayNot: string;
      reasons: readonly string[];
      confirm: string;
      done: (membership: string, entry: number) => string;
    };
    letIn: {
      button: string;
      withoutCard: string;
      title: (gate: string) => string;
      refused: (who: string, reason: string) => string;
      reason: string;
      reasonNeeded: string;
      reasons: readonly string[];
      member: string;
      memberOptional: string;
      search: string;
      found: Counted<Form>;
      clear: string;
      charge: string;
      chargeMeans: string;
      chargeNeedsMember: string;
      confirm: string;
      cancel: string;
      done: (gate: string, entry: number) => string;
    };
    mode: {
      title: string;
      names: Record<GateMode, string>;
      means: Record<GateMode, string>;
      confirmFree: (gate: string) => string;
      confirmEmergency: string;
      confirmEndEmergency: string;
      endEmergencyMeans: string;
      yes: (mode: string) => string;
      waiting: string;
    };
    gates: string;
    zones: {
      title: string;
      inside: Counted<Form>;
      limit: (most: string) => string;
      full: string;
      everybodyLeft: string;
      confirm: (zone: string) => string;
      means: string;
      yes: string;
      done: (zone: string, entry: number) => string;
    };
    clock: {
      title: string;
      shows: (moment: string) => string;
      trusted: string;
      untrusted: string;
      why: Record<ClockVerdict['why'], string>;
      confirm: string;
    };
    devices: {
      title: string;
      state: Record<DeviceStatus['state'], string>;
      since: (time: string) => string;
      heard: (time: string) => string;
      neverHeard: string;
    };
    data: {
      title: string;
      never: string;
      contactAt: string;
      noContact: string;
      old: string;
      takenAt: string;
      receivedAt: string;
      members: Counted<Form>;
      unusable: Counted<Form>;
      journal: string;
      runningSince: string;
    };
  };
  demo: {
    title: string;
    lead: string;
    gate: string;
    gateKind: { reported: string; assumed: string };
    person: string;
    searchAll: string;
    found: Counted<Form>;
    backToCast: string;
    tap: string;
    tapped: (who: string, gate: string) => string;
    choosePerson: string;
    screen: string;
    turnstile: Record<DemoGateState['arm'], string>;
    door: Record<DemoGateState['arm'], string>;
    outside: string;
    inside: string;
    walks: string;
    pushTurnstile: string;
    pushDoor: string;
    unplug: string;
    unplugged: string;
    journal: string;
    journalMeans: string;
    journalEmpty: string;
    wires: string;
    wiresMeans: string;
    wiresEmpty: string;
    direction: { 'to gateway': string; 'from gateway': string };
    desk: string;
    deskMeans: string;
  };
}
