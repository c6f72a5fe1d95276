/** What a key of each number (HID Usage Tables, page 07) types in each country's setting of a scanner. */
export interface KeyboardLayout {
  plain: ReadonlyMap<number, string>;
  shifted: ReadonlyMap<number, string>;
  altGr: ReadonlyMap<number, string>;
  shiftedAltGr: ReadonlyMap<number, string>;
}

// Keys that wait for the next one to put their accent over it stand here as Unicode's combining accents.
const grave = '\u0300';
const acute = '\u0301';
const circumflex = '\u0302';
const tilde = '\u0303';
const diaeresis = '\u0308';
const spacing: Readonly<Record<string, string>> = {
  [grave]: '`',
  [acute]: '´',
  [circumflex]: '^',
  [tilde]: '~',
  [diaeresis]: '¨',
};

const none = '\0';
const letters = 'abcdefghijklmnopqrstuvwxyz';
const qwertz = 'abcdefghijklmnopqrstuvwxzy';

// The keys in the order of the texts below: A to Z, 1 to 0, then those around them.
// QUIRK: the key between the left shift and Z (64) is not on US keyboards; 32 is the 31 of keyboards that have it.
const keys = [...range(0x04, 0x1d), ...range(0x1e, 0x27), 0x2d, 0x2e, 0x2f, 0x30, 0x31, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x64];

const us: KeyboardLayout = {
  plain: mapOf(`${letters}1234567890-=[]\\;'\`,./\\`),
  shifted: mapOf(`${letters.toUpperCase()}!@#$%^&*()_+{}|:"~<>?|`),
  altGr: new Map(),
  shiftedAltGr: new Map(),
};

export const keyboardLayouts = {
  us,
  gb: {
    ...us,
    plain: mapOf(`${letters}1234567890-=[]#;'\`,./\\`),
    shifted: mapOf(`${letters.toUpperCase()}!"£$%^&*()_+{}~:@¬<>?|`),
    altGr: new Map([
      [0x21, '€'],
      [0x35, '¦'],
    ]),
  },
  de: {
    plain: mapOf(`${qwertz}1234567890ß${acute}ü+#öä${circumflex},.-<`),
    shifted: mapOf(`${qwertz.toUpperCase()}!"§$%&/()=?${grave}Ü*'ÖÄ°;:_>`),
    altGr: new Map([
      [0x14, '@'],
      [0x08, '€'],
      [0x10, 'µ'],
      [0x1f, '²'],
      [0x20, '³'],
      [0x24, '{'],
      [0x25, '['],
      [0x26, ']'],
      [0x27, '}'],
      [0x2d, '\\'],
      [0x30, '~'],
      [0x64, '|'],
    ]),
    shiftedAltGr: new Map(),
  },
  fr: {
    plain: mapOf(`qbcdefghijkl,noparstuvzxyw&é"'(-è_çà)=${circumflex}$*mù²;:!<`),
    shifted: mapOf(`QBCDEFGHIJKL?NOPARSTUVZXYW1234567890°+${diaeresis}£µM%${none}./§>`),
    altGr: new Map([
      [0x08, '€'],
      [0x1f, tilde],
      [0x20, '#'],
      [0x21, '{'],
      [0x22, '['],
      [0x23, '|'],
      [0x24, grave],
      [0x25, '\\'],
      [0x26, '^'],
      [0x27, '@'],
      [0x2d, ']'],
      [0x2e, '}'],
      [0x30, '¤'],
    ]),
    shiftedAltGr: new Map(),
  },
  it: {
    plain: mapOf(`${letters}1234567890'ìè+ùòà\\,.-<`),
    shifted: mapOf(`${letters.toUpperCase()}!"£$%&/()=?^é*§ç°|;:_>`),
    altGr: new Map([
      [0x08, '€'],
      [0x2f, '['],
      [0x30, ']'],
      [0x33, '@'],
      [0x34, '#'],
    ]),
    shiftedAltGr: new Map([
      [0x2f, '{'],
      [0x30, '}'],
    ]),
  },
  es: {
    plain: mapOf(`${letters}1234567890'¡${grave}+çñ${acute}º,.-<`),
    shifted: mapOf(`${letters.toUpperCase()}!"·$%&/()=?¿${circumflex}*ÇÑ${diaeresis}ª;:_>`),
    altGr: new Map([
      [0x08, '€'],
      [0x1e, '|'],
      [0x1f, '@'],
      [0x20, '#'],
      [0x21, tilde],
      [0x22, '€'],
      [0x23, '¬'],
      [0x2f, '['],
      [0x30, ']'],
      [0x31, '}'],
      [0x32, '}'],
      [0x34, '{'],
      [0x35, '\\'],
    ]),
    shiftedAltGr: new Map(),
  },
  // "Polish programmers": a US keyboard with the Polish letters behind AltGr.
  pl: {
    ...us,
    altGr: new Map([
      [0x04, 'ą'],
      [0x06, 'ć'],
      [0x08, 'ę'],
      [0x0f, 'ł'],
      [0x11, 'ń'],
      [0x12, 'ó'],
      [0x16, 'ś'],
      [0x18, '€'],
      [0x1b, 'ź'],
      [0x1d, 'ż'],
    ]),
    shiftedAltGr: new Map([
      [0x04, 'Ą'],
      [0x06, 'Ć'],
      [0x08, 'Ę'],
      [0x0f, 'Ł'],
      [0x11, 'Ń'],
      [0x12, 'Ó'],
      [0x16, 'Ś'],
      [0x1b, 'Ź'],
      [0x1d, 'Ż'],
    ]),
  },
} satisfies Record<string, KeyboardLayout>;

/** The text with one more character, which goes under an accent that waits for it. */
export function withTyped(text: string, typed: string): string {
  const accent = text.slice(-1);
  const alone = spacing[accent];
  if (alone === undefined) return text + typed;
  const before = text.slice(0, -1);
  if (typed === ' ') return before + alone;
  if (typed === accent) return before + alone + alone;
  const composed = (typed + accent).normalize('NFC');
  return before + (composed.length === 1 ? composed : alone + typed);
}

/** The text when nothing more is typed: an accent that still waits stands alone. */
export function asTyped(text: string): string {
  const alone = spacing[text.slice(-1)];
  return alone === undefined ? text : text.slice(0, -1) + alone;
}

function mapOf(text: string): ReadonlyMap<number, string> {
  const entries = [...text].flatMap((typed, at): [number, string][] => {
    const key = keys[at];
    return key === undefined || typed === none ? [] : [[key, typed]];
  });
  const map = new Map(entries);
  const twin = map.get(0x31);
  return twin === undefined ? map : map.set(0x32, twin);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
