import { z } from 'zod';
import { gateModes } from '../domain/gate/mode.ts';
import { credentialKinds, parseRead, type Read } from '../domain/member/credential.ts';
import { dayMs, hourMs, type Instant, minuteMs, secondMs } from '../domain/schedule/instant.ts';
import { checkShape } from './check-shape.ts';
import type { Locate, Problem } from './place.ts';
import { readYamlFile } from './read-yaml.ts';
import { rowsInScenario, snapshotInScenario } from './scenario-rows.ts';

/** A scenario as it was read (scenario-format.md): its configuration and snapshot are still to be checked by their own rules. */
export interface Scenario {
  title: string;
  startsAt: Instant;
  config: unknown;
  /** The snapshot's value, or the path of a file. */
  snapshot: unknown;
  steps: Step[];
  locate: Locate;
}

export interface Step {
  /** `null`: right after the step before. */
  when: { at: Instant } | { afterMs: number } | null;
  does: Action | null;
  expect: Record<string, unknown> | null;
  /** Where it stands in the file. */
  line: number;
}

export type Action =
  | { kind: 'tap'; gate: string; read: Read; direction: 'in' | 'out' | null }
  | { kind: 'passed'; gate: string; direction: 'in' | 'out' | null }
  | { kind: 'change'; rows: Record<string, unknown> }
  | { kind: 'restart' }
  | { kind: 'mode'; gate: string; set: (typeof gateModes)[number] }
  | { kind: 'override'; gate: string; staff: string; reason: string; member: string | null; charge: boolean }
  | { kind: 'link'; state: 'up' | 'down' }
  | { kind: 'clock'; set: 'trusted' | 'untrusted' | { jumpTo: Instant } }
  | { kind: 'peer'; gateway: string; visits: ScenarioPeerVisit[] }
  | { kind: 'show'; what: 'membership' | 'member' | 'gate' | 'zone'; id: string };

/** A visit as another box of the branch tells of it. */
export interface ScenarioPeerVisit {
  number: number;
  membership: string;
  member: string | null;
  service: string | null;
  at: Instant;
  charge: number;
}

export type ScenarioAnswer = { scenario: Scenario } | { problems: Problem[] };

const instant = z
  .string()
  .refine((text) => /T\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)), {
    error: 'must be an instant with its offset, like 2026-06-15T08:00:00+02:00',
  })
  .transform((text) => Date.parse(text));

const unitMs = { ms: 1, s: secondMs, m: minuteMs, h: hourMs, d: dayMs };

const length = z
  .string()
  .regex(/^\d+(\.\d+)?(ms|s|m|h|d)$/, { error: 'must be a length like 3s, 500ms, 2h or 1d' })
  .transform((text) => {
    const [, number = '0', unit = 's'] = /^([\d.]+)(\w+)$/.exec(text) ?? [];
    return Math.round(Number(number) * unitMs[unit as keyof typeof unitMs]);
  });

const credential = z.string().transform((text, context) => {
  const read = parseRead(text);
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: `must be kind:value with one of the kinds ${credentialKinds.join(', ')}` });
  return z.NEVER;
});

const expectation = z.strictObject({
  outcome: z.enum(['granted', 'denied', 'ask_staff']).optional(),
  code: z.string().optional(),
  membership: z.string().nullable().optional(),
  entitlement: z.string().nullable().optional(),
  charge: z.number().optional(),
  left: z.number().nullable().optional(),
  warnings: z.array(z.string()).optional(),
  nextAllowedAt: instant.nullable().optional(),
  refusals: z.record(z.string(), z.string()).optional(),
  opened: z.boolean().optional(),
  inside: z.number().optional(),
  visit: z.enum(['reserved', 'committed', 'released', 'none']).optional(),
  journal: z.number().optional(),
  activated: z.enum(['no', 'provisional', 'confirmed']).optional(),
  startsOn: z.string().nullable().optional(),
  endsOn: z.string().nullable().optional(),
});

const peerVisit = z.strictObject({
  number: z.int().min(1),
  membership: z.string(),
  member: z.string().nullable().default(null),
  service: z.string().nullable().default(null),
  at: instant,
  charge: z.int().min(0).default(1),
});

const actions = {
  tap: z.strictObject({ gate: z.string(), credential, direction: z.enum(['in', 'out']).optional() }),
  passed: z.strictObject({ gate: z.string(), direction: z.enum(['in', 'out']).optional() }),
  change: z.record(z.string(), z.unknown()),
  restart: z.union([z.strictObject({}), z.null()], { error: 'must be {}' }),
  mode: z.strictObject({ gate: z.string(), set: z.enum(gateModes) }),
  override: z.strictObject({
    gate: z.string(),
    staff: z.string(),
    reason: z.string(),
    member: z.string().nullable().default(null),
    charge: z.boolean().default(false),
  }),
  link: z.enum(['up', 'down']),
  clock: z.union([z.enum(['trusted', 'untrusted']), z.strictObject({ jumpTo: instant })], {
    error: 'must be trusted, untrusted, or { jumpTo: instant }',
  }),
  peer: z.strictObject({ gateway: z.string(), visits: z.array(peerVisit) }),
  show: z
    .strictObject({
      membership: z.string().optional(),
      member: z.string().optional(),
      gate: z.string().optional(),
      zone: z.string().optional(),
    })
    .refine((shown) => Object.values(shown).filter((id) => id !== undefined).length === 1, {
      error: 'must name one thing: membership, member, gate or zone',
    }),
};

const stepSchema = z
  .strictObject({
    at: instant.optional(),
    after: length.optional(),
    tap: actions.tap.optional(),
    passed: actions.passed.optional(),
    change: actions.change.optional(),
    restart: actions.restart.optional(),
    mode: actions.mode.optional(),
    override: actions.override.optional(),
    link: actions.link.optional(),
    clock: actions.clock.optional(),
    peer: actions.peer.optional(),
    show: actions.show.optional(),
    expect: expectation.optional(),
  })
  .refine((step) => step.at === undefined || step.after === undefined, { error: 'must say `at` or `after`, not both' })
  .refine((step) => actionNames.filter((name) => step[name] !== undefined).length <= 1, {
    error: `must do one thing: ${Object.keys(actions).join(', ')}`,
  });

const actionNames = Object.keys(actions) as (keyof typeof actions)[];

const scenarioSchema = z.strictObject({
  format: z.literal('gatehouse-scenario/1'),
  title: z.string().default(''),
  at: instant,
  config: z.record(z.string(), z.unknown()),
  snapshot: z.union([z.string(), z.record(z.string(), z.unknown())]),
  steps: z.array(stepSchema),
});

/** Reads and checks a scenario file, YAML or JSON. */
export function readScenario(path: string): ScenarioAnswer {
  const file = readYamlFile(path);
  if ('problems' in file) return file;
  const shape = checkShape(scenarioSchema, file.value, [], file.locate);
  if ('problems' in shape) return shape;
  const { title, at, config, snapshot, steps } = shape.value;
  return {
    scenario: {
      title,
      startsAt: at,
      config,
      snapshot: typeof snapshot === 'string' ? snapshot : snapshotInScenario(snapshot),
      locate: file.locate,
      steps: steps.map((step, index) => ({
        when: step.at !== undefined ? { at: step.at } : step.after !== undefined ? { afterMs: step.after } : null,
        does: actionOf(step),
        expect: step.expect ?? null,
        line: file.locate(['steps', index], 'value').line,
      })),
    },
  };
}

function actionOf(step: z.output<typeof stepSchema>): Action | null {
  const { tap, passed, change, restart, mode, override, link, clock, peer, show } = step;
  if (tap) return { kind: 'tap', gate: tap.gate, read: tap.credential, direction: tap.direction ?? null };
  if (passed) return { kind: 'passed', gate: passed.gate, direction: passed.direction ?? null };
  if (change) return { kind: 'change', rows: rowsInScenario(change) };
  if (restart !== undefined) return { kind: 'restart' };
  if (mode) return { kind: 'mode', ...mode };
  if (override) return { kind: 'override', ...override };
  if (link) return { kind: 'link', state: link };
  if (clock) return { kind: 'clock', set: clock };
  if (peer) return { kind: 'peer', ...peer };
  return show ? { kind: 'show', ...shownOf(show) } : null;
}

function shownOf({ membership, member, gate, zone }: z.output<typeof actions.show>) {
  if (membership !== undefined) return { what: 'membership' as const, id: membership };
  if (member !== undefined) return { what: 'member' as const, id: member };
  return gate === undefined ? { what: 'zone' as const, id: zone ?? '' } : { what: 'gate' as const, id: gate };
}
