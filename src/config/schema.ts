import { z } from 'zod';
import { chooseCriteria } from '../domain/gate/gate-settings.ts';
import { cardSpellings } from '../domain/member/card-number.ts';
import { languages } from '../domain/member/member.ts';

/**
 * The configuration file: the only home of its keys, defaults and explanations. The names and defaults of what a club decides
 * are those of the scenario files, so that a day can be replayed with other settings.
 */

const id = z.string().regex(/^[^\s/#+?]{1,64}$/, 'must be 1 to 64 signs without spaces, `/`, `#`, `+` and `?`');
const words = z.string().min(1, 'must not be empty');
const reference = words;
const tags = z.array(words);
/** Minutes after midnight. */
const timeOfDay = minutes(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as `04:00`');
const timeOfDayOrMidnight = minutes(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time of day such as `07:00`');
const port = z.int().min(1).max(65535);

const serial = z.strictObject({
  path: words.describe('The port; prefer /dev/serial/by-id/…, which stays the same when another device is plugged in.'),
  baudRate: z
    .int()
    .min(110)
    .max(4_000_000)
    .optional()
    .describe('Speed of the line in baud. Default: what the device is made for.'),
});

const tcp = z.strictObject({
  host: words.describe('Address of the serial server or device.'),
  port: port.describe('Its TCP port.'),
});

const pcsc = z.strictObject({
  reader: words.nullable().default(null).describe("Part of the reader's name as PC/SC shows it; null takes any reader."),
});

const usbId = z
  .string()
  .regex(/^[0-9A-Fa-f]{4}$/, 'must be four hex digits such as `16c0`, in quotes')
  .transform((text) => text.toLowerCase());

const hid = z
  .strictObject({
    vendorId: usbId.nullable().default(null).describe('USB vendor id; `gatehouse devices list` shows it.'),
    productId: usbId.nullable().default(null).describe('USB product id.'),
    product: words
      .nullable()
      .default(null)
      .describe("Part of the product's name as it gives it; tells products that share an id apart."),
    serialNumber: words.nullable().default(null).describe('Its serial number, where it has one; tells two of a kind apart.'),
    usbPort: z
      .string()
      .regex(/^\d+-\d+(\.\d+)*$/, 'must be a USB socket such as `1-1.2`; `gatehouse devices list` shows it')
      .nullable()
      .default(null)
      .describe('The USB socket it is plugged into, such as `1-1.2`; tells two of a kind without serial numbers apart.'),
    path: words
      .nullable()
      .default(null)
      .describe('A link to its hidraw device that stays the same; /dev/hidraw0 itself may be another device tomorrow.'),
  })
  .refine(
    (address) => Object.values(address).some((part) => part !== null),
    'must name one part at least: `gatehouse devices list`',
  );

const settings = z
  .record(z.string(), z.unknown())
  .prefault({})
  .describe('What this product can be told; `gatehouse devices profiles` lists the keys of every product.');

const bus = reference.optional().describe('The bus that the device hangs on together with others; must stand under `buses`.');

const secrets = z
  .record(z.string(), words)
  .default({})
  .describe(
    'The keys this product needs, each in a file of its own as hex, relative to this file; readable for the gateway alone.',
  );

export const busSchema = z.strictObject({
  device: reference.describe('How the devices on it speak; `gatehouse devices profiles` lists the ways.'),
  serial: serial.optional().describe('The bus hangs on a serial port (USB adapters for RS-485 too).'),
  tcp: tcp.optional().describe('The bus is reached over the network, through a serial server.'),
  settings,
});

const keypad = z.strictObject({
  length: z
    .int()
    .min(4)
    .max(8)
    .nullable()
    .default(null)
    .describe('A PIN of so many digits is done with its last one; null: `#` ends it, whatever its length.'),
});

export const readerSchema = z.strictObject({
  gate: reference.describe('The gate that this reader opens; must stand under `gates`.'),
  device: reference.describe('The product; `gatehouse devices profiles` lists them.'),
  serial: serial.optional().describe('The reader sends bytes over a serial port (USB adapters too).'),
  tcp: tcp.optional().describe('The reader sends bytes over the network, for example through a serial server.'),
  hid: hid.optional().describe('The reader is a USB HID device: a HID POS scanner, or one that types like a keyboard.'),
  pcsc: pcsc.optional().describe('The reader is served by PC/SC (pcscd).'),
  bus,
  secrets,
  keypad: keypad.optional().describe('How PINs are typed, where the reader has keys.'),
  direction: z.enum(['in', 'out']).optional().describe('Which way the reader lets people; only at a gate with direction both.'),
  settings,
});

const relayPlace = {
  device: reference.describe('The product; `gatehouse devices profiles` lists them.'),
  serial: serial.optional().describe('The relay hangs on a serial port (USB adapters too).'),
  tcp: tcp.optional().describe('The relay is reached over the network.'),
  hid: hid.optional().describe('The relay is a USB HID device.'),
  bus,
  secrets,
};

const relay = z.strictObject({
  ...relayPlace,
  pulseMs: z
    .int()
    .min(100)
    .max(5000)
    .optional()
    .describe(
      'How long the contact is closed. Most turnstiles want 100 ms at least; some take more than 1000 ms for "stay open". Default: what the ' +
        '`turnstile` suggests, without one 500.',
    ),
  fallback: z
    .strictObject({ ...relayPlace, settings })
    .optional()
    .describe(
      'Another relay wired to the same contacts of the turnstile. It is told when the first one surely did not open, never when nobody knows; its ' +
        'pulse is as long.',
    ),
  settings,
});

const passageFrom = z.strictObject({
  device: reference.describe('The product that sees people go through; it must be one that speaks MQTT.'),
  settings,
});

const turnstile = z.strictObject({
  device: reference.describe('The make; `gatehouse devices profiles` lists them.'),
  settings,
});

/** A contact on an input; what it says when it is closed is its turnstile's, unless the installer found otherwise. */
function contact<Words extends readonly [string, string]>(words: Words, explanation: string) {
  return z
    .strictObject({
      input: z
        .int()
        .min(0)
        .max(255)
        .describe("Which input it is wired to, by the numbering of the gate's relay (with `passageFrom`, of that device)."),
      closed: z
        .enum(words)
        .optional()
        .describe(
          'When the contact on that input is closed. Default: as with this make of turnstile; `gatehouse devices test` learns it.',
        ),
      debounceMs: z
        .int()
        .min(0)
        .max(1000)
        .optional()
        .describe(
          'A change that lasts less is a bounce. Default: what suits the turnstile, and 0 for devices that speak MQTT, which leave ' +
            'bounces out themselves.',
        ),
    })
    .optional()
    .describe(explanation);
}

const passageWords = ['at_rest', 'on_passage'] as const;

const contacts = z
  .strictObject({
    pass: contact(passageWords, 'Changes when somebody goes through, whichever way: a door contact.'),
    passIn: contact(passageWords, 'Changes when somebody goes in.'),
    passOut: contact(passageWords, 'Changes when somebody goes out.'),
    ready: contact(['when_ready', 'when_not_ready'], 'Tells whether the turnstile works. While it does not, nobody is let in.'),
    alarm: contact(['at_rest', 'on_alarm'], 'Tells of an alarm: somebody forced the arm. While it lasts nobody is let in.'),
    fire: contact(
      ['at_rest', 'on_fire'],
      'Only listens to the fire panel: while it says fire the gate lets everybody through and charges nothing. What frees the ' +
        'turnstile itself must be wired from the panel to the turnstile.',
    ),
  })
  .refine(({ pass, passIn, passOut }) => pass === undefined || (passIn === undefined && passOut === undefined), {
    error: 'must stand alone: either one contact for both ways, or `passIn` and `passOut`',
    path: ['pass'],
  });

const window = z.strictObject({
  weekDays: z
    .array(z.literal([1, 2, 3, 4, 5, 6, 7]))
    .default([1, 2, 3, 4, 5, 6, 7])
    .describe('1 Monday … 7 Sunday.'),
  intervals: z
    .array(
      z
        .strictObject({
          from: timeOfDay.describe('First minute.'),
          to: timeOfDayOrMidnight.describe('First minute after; earlier than `from` means the next day.'),
        })
        .refine(({ from, to }) => from !== to, {
          error: 'must be another time than `from`; a whole day is `00:00` to `24:00`',
          path: ['to'],
        }),
    )
    .describe('From when to when on those days.'),
});

const antiPassback = z.strictObject({
  mode: z
    .enum(['off', 'soft', 'hard'])
    .default('off')
    .describe('Whether somebody who is inside may enter again: off asks nobody, soft opens and warns staff, hard refuses.'),
  forgiveMinutes: z.int().min(1).nullable().default(null).describe('After so many minutes it is forgotten; null: never.'),
  exemptTags: tags.default([]).describe('Members with one of these tags are never asked.'),
});

const debt = z.strictObject({
  policy: z
    .enum(['warn', 'deny', 'allow'])
    .default('warn')
    .describe('What a debt does: warn opens and tells staff, deny refuses, allow says nothing.'),
  denyFromAmount: z
    .union([z.number().min(0), z.string().regex(/^\d+(\.\d+)?$/, 'must be an amount such as `120.00`')])
    .nullable()
    .default(null)
    .describe('Whatever the policy, a debt from this amount on, in its currency, refuses; below it warns. null: no such amount.'),
  denyAfterDays: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('Whatever the policy, a debt from this age in days on refuses; a younger one warns. null: no such age.'),
});

const requiredDocument = z.strictObject({
  kind: words.describe('The kind of document as the central system names it: medical.'),
  policy: z.enum(['deny', 'warn']).default('deny').describe('What a missing or expired document does.'),
  warnWithinDays: z.int().min(0).default(14).describe('From so many days before it expires, staff are told.'),
});

const admission = z
  .strictObject({
    tags: tags.nullable().default(null).describe('Only members with one of these tags.'),
    notTags: tags.nullable().default(null).describe('Only members with none of these tags.'),
    minAge: z.int().min(0).nullable().default(null).describe('Only from this age on.'),
    maxAge: z.int().min(0).nullable().default(null).describe('Only up to this age.'),
    windows: z.array(window).default([]).describe('While these windows are open; none: always.'),
  })
  .refine(({ minAge, maxAge }) => minAge === null || maxAge === null || minAge <= maxAge, {
    error: 'must not be below `minAge`: nobody could enter',
    path: ['maxAge'],
  });

export const gateSchema = z.strictObject({
  branch: reference.optional().describe('The branch that this gate lets into. Default: `branch` at the top.'),
  direction: z.enum(['in', 'out', 'both']).default('in').describe('Which way people go here.'),
  zone: reference.default('club').describe('The zone that somebody who goes in enters.'),
  services: z
    .array(reference)
    .default([])
    .describe('What an entry here is spent on: ids of services. Empty: a general entry, which every membership fits.'),
  charge: z
    .enum(['per_day', 'per_entry', 'per_session', 'per_booking', 'never'])
    .default('per_day')
    .describe(
      'When an entry costs a visit: once a day, at every entry, once in `sessionMinutes`, once for a booking, or never. Entries in between are free.',
    ),
  sessionMinutes: z.int().min(1).max(10_080).default(180).describe('With charge per_session: how long re-entry is free.'),
  passage: z
    .enum(['assumed', 'reported'])
    .default('assumed')
    .describe(
      'Whether something tells that the person went through. reported: the visit counts only then, and is given back otherwise; assumed: it counts when the gate opens.',
    ),
  passageTimeoutSeconds: z
    .number()
    .min(0.5)
    .max(600)
    .optional()
    .describe(
      'How long the gate waits for the person. Default: as long as the `turnstile` stays open by itself and a second more, without one 6.',
    ),
  onRestart: z
    .enum(['release', 'commit'])
    .default('release')
    .describe('What becomes of a visit that was waiting for its passage when the power went: given back, or counted.'),
  doubleReadSeconds: z
    .number()
    .min(0)
    .max(600)
    .default(5)
    .describe('The same card within this time is one tap: it is answered the same and opens nothing again.'),
  antiPassback: antiPassback.prefault({}).describe('Whether somebody who is inside may enter again.'),
  booking: z
    .enum(['optional', 'required'])
    .default('optional')
    .describe('Whether only members with a booking for a session may enter.'),
  earlyMinutes: z.int().min(0).default(30).describe('How long before its start a session lets in.'),
  lateMinutes: z.int().min(0).default(15).describe('How long after its start a session lets in.'),
  debt: debt.prefault({}).describe('What owed money does here.'),
  paymentGraceDays: z.int().min(0).default(3).describe('How many days a failed recurring payment is overlooked.'),
  frozen: z
    .enum(['deny', 'ask_staff', 'unfreeze'])
    .default('deny')
    .describe('What a frozen membership does: refuse, send the member to the desk, or end the freeze with this visit.'),
  minAssurance: z
    .enum(['uid', 'token', 'cryptographic'])
    .default('uid')
    .describe('How well a credential must be proven: a number is enough, a changing code, or a card that answers a challenge.'),
  documents: z.array(requiredDocument).default([]).describe('Documents that a member must have.'),
  admission: z
    .array(admission)
    .default([])
    .describe("Who may enter at all; while a row's windows are open its condition must hold."),
  openingHours: z
    .enum(['respect', 'ignore'])
    .default('respect')
    .describe("Whether the branch's opening hours hold at this gate."),
  openingHoursExemptTags: tags.default([]).describe('Members with one of these tags enter outside opening hours too.'),
  relay: relay.optional().describe('What opens the gate. Without it the gate only shows its answer.'),
  relayOut: relay
    .optional()
    .describe(
      'At a gate with direction both: what opens the way out, where `relay` opens the way in only. The two are never closed at once.',
    ),
  turnstile: turnstile
    .optional()
    .describe('The make of the turnstile or door: how long a pulse it takes, how long it waits, what its contacts say.'),
  contacts: contacts
    .optional()
    .describe('The contacts of the turnstile that are wired to inputs of the relay, or of `passageFrom`.'),
  passageFrom: passageFrom.optional().describe('Another device than the relay that reports when somebody went through.'),
});

export const zoneSchema = z.strictObject({
  limit: z.int().min(0).nullable().default(null).describe('How many people may be inside; null: no limit.'),
  exemptTags: tags.default([]).describe('Members with one of these tags enter a full zone too.'),
  resetAt: timeOfDay.prefault('04:00').describe("When everybody is taken to have left, by the branch's clock."),
});

const http = z.strictObject({
  host: words
    .default('127.0.0.1')
    .describe(
      'Where the kiosk screen, the desk and the central system connect: 127.0.0.1 this box only, 0.0.0.0 the whole network.',
    ),
  port: z.int().min(0).max(65535).default(8080).describe('The port; 0 takes any free one and says which.'),
});

const mqtt = z.strictObject({
  embedded: z.boolean().default(false).describe('true: this box runs the broker itself and devices connect to it.'),
  url: z
    .string()
    .regex(/^mqtts?:\/\/[^/\s]+/, 'must be an address such as `mqtt://127.0.0.1:1883`')
    .optional()
    .describe('The broker; default mqtt://127.0.0.1:1883. Not with `embedded: true`.'),
  host: words
    .optional()
    .describe(
      'With `embedded: true`: where the broker listens; default 127.0.0.1. Another address needs `username` and `passwordFile`.',
    ),
  port: port.optional().describe("With `embedded: true`: the broker's port; default 1883."),
  username: words.nullable().default(null).describe('Who signs in at the broker; null: nobody has to.'),
  passwordFile: words
    .nullable()
    .default(null)
    .describe('A file that holds the password and nothing else, relative to this file; keep it readable for the gateway alone.'),
});

const kiosk = z.strictObject({
  languages: z
    .array(z.enum(languages))
    .min(1, 'must name one language at least')
    .refine(isSet, 'must name each language once')
    .default(['en'])
    .describe("The club's languages; the first is spoken to members whose own is unknown."),
  names: z.enum(['full', 'first', 'none']).default('full').describe("How much of a member's name the screen shows."),
  photos: z.boolean().default(true).describe("Whether the screen shows the member's photo."),
  resultSeconds: z
    .number()
    .min(1)
    .max(60)
    .default(6)
    .describe('How long an answer stands before the screen greets the next person.'),
});

const cardNumbers = z.strictObject({
  spelled: z
    .array(z.enum(cardSpellings))
    .refine(isSet, 'must name each form once')
    .refine((asked) => asked.includes('full'), 'must name `full` too: a card that is listed by its whole number is always found')
    .default(['full'])
    .describe(
      "How the club's list writes its cards. `full`: the whole number in hex, as readers give it. Printed numbers beside it: `8H10D` " +
        '(`0008315940`), `6H8D` (`08315940`), `3D5D` (`126,58404`), `10H13D`, `4H4H`, `DEZ3.5A`, `DEZ3.5B`, `reversed`, `reversed-3D5D`, ' +
        '`first-3D5D`, `mirrored`; `gatehouse cards explain` shows them for a card. At its first tap such a card is known for good; ' +
        'another with the same printed number is then refused.',
    ),
});

const clubCard = z.strictObject({
  appliesTo: z
    .enum(['flagged', 'all'])
    .default('flagged')
    .describe('Which memberships need a club card beside them: those whose terms say so, or all.'),
});

const freshness = z.strictObject({
  warnAfterHours: z.number().min(0).default(24).describe("How old the club's data may be before staff are warned."),
  limitAfterHours: z.number().min(0).default(720).describe('How old it may be before the two policies below apply.'),
  counted: z.enum(['ask_staff', 'allow', 'deny']).default('ask_staff').describe('Then: memberships with counted visits.'),
  unlimited: z.enum(['allow', 'ask_staff', 'deny']).default('allow').describe('Then: unlimited memberships.'),
});

const clock = z.strictObject({
  whenUntrusted: z
    .enum(['ask_staff', 'allow', 'deny'])
    .default('ask_staff')
    .describe('What to do with a tap while the box cannot know what time it is.'),
});

const warnings = z.strictObject({
  lastVisits: z.int().min(0).default(1).describe('From so many visits left on, the member is told.'),
  expiresWithinDays: z.int().min(0).default(3).describe('From so many days before the end on, the member is told.'),
});

const desk = z.strictObject({
  moveChargeWithinHours: z
    .number()
    .min(0)
    .default(48)
    .describe('How long after a visit staff may move its charge to another membership of the member.'),
});

const offline = z.strictObject({
  maxVisitsPerMembership: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe(
      'Most visits of one membership that this box grants while it sees neither the central system nor other boxes; null: no bound.',
    ),
});

export const configSchema = z.strictObject({
  gateway: id
    .default('box-1')
    .describe("This box's id in the journal and at the central system; never used again for another box."),
  branch: reference.describe("The branch that this box stands in: an id of the club's data."),
  data: words.default('./gatehouse-data').describe("The folder of this box's data, relative to this file."),
  http: http.prefault({}).describe('Where the screens and the API are served.'),
  mqtt: mqtt.optional().describe('The MQTT broker; needed by relays and sensors that speak MQTT.'),
  kiosk: kiosk.prefault({}).describe('What the screen at the gates shows.'),
  readers: z.record(id, readerSchema).default({}).describe('The readers by a name of your own.'),
  buses: z
    .record(id, busSchema)
    .default({})
    .describe('Lines that several readers and relays share (OSDP on RS-485), by a name of your own.'),
  gates: z
    .record(id, gateSchema)
    .refine((gates) => Object.keys(gates).length > 0, 'must name one gate at least')
    .describe('The gates by a name of your own: every turnstile lane or door that people pass.'),
  zones: z.record(id, zoneSchema).default({}).describe('Parts of the club that are counted by themselves.'),
  cardNumbers: cardNumbers.prefault({}).describe("How cards are written in the club's list."),
  clubCard: clubCard.prefault({}).describe('Memberships that are a condition for others.'),
  freshness: freshness.prefault({}).describe("What to do when the club's data is old."),
  clock: clock.prefault({}).describe('What to do when the time is unknown.'),
  warnings: warnings.prefault({}).describe('When a member is told that a membership ends soon.'),
  chooseOrder: z
    .array(z.enum(chooseCriteria))
    .refine(isSet, 'must name each criterion once')
    .default([...chooseCriteria])
    .describe('Which membership pays when several could: the first difference in this order decides.'),
  offline: offline.prefault({}).describe('What this box may do alone.'),
  desk: desk.prefault({}).describe('What staff may do.'),
});

export type ConfigFile = z.output<typeof configSchema>;
export type BusFile = z.output<typeof busSchema>;
export type ReaderFile = z.output<typeof readerSchema>;
export type GateFile = z.output<typeof gateSchema>;

function minutes(pattern: RegExp, problem: string) {
  return z
    .string()
    .regex(pattern, problem)
    .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
}

function isSet(items: readonly unknown[]): boolean {
  return new Set(items).size === items.length;
}
