import { castMembers } from './cast.ts';
import { crowdPeople } from './crowd.ts';
import type { Person } from './people.ts';
import { type Random, randomFrom } from './random.ts';

const people = new Map([...castMembers.map(({ person }) => person), ...crowdPeople].map((person) => [person.id, person]));

/** A portrait of a member of the demo club, drawn from their id alone: a square SVG. Throws RangeError for nobody's id. */
export function photoSvg(memberId: string): string {
  const person = people.get(memberId);
  if (person === undefined) throw new RangeError(`\`${memberId}\` is no member of the demo club`);
  return portrait(person);
}

interface Face {
  skin: Tone;
  hair: Tone;
  /** Of the shirt. */
  cloth: Tone;
  ground: Tone;
  random: Random;
  person: Person;
}

/** A colour and its shade. */
interface Tone {
  base: string;
  shade: string;
}

const skins: readonly Tone[] = [
  { base: '#fbd8bf', shade: '#eebd9c' },
  { base: '#f6cdae', shade: '#e5af8a' },
  { base: '#f0bf98', shade: '#dba276' },
  { base: '#dba27a', shade: '#c2855c' },
  { base: '#b97d57', shade: '#9c6441' },
  { base: '#8d5a3c', shade: '#71452c' },
];

const hairs: Tone[] = [
  { base: '#2b2320', shade: '#1b1513' },
  { base: '#4a342a', shade: '#38261d' },
  { base: '#6f4a33', shade: '#573825' },
  { base: '#a06a3c', shade: '#83542d' },
  { base: '#d9ab63', shade: '#bf9049' },
  { base: '#efd497', shade: '#d8b873' },
  { base: '#b4532f', shade: '#923f21' },
];

const greys: Tone[] = [
  { base: '#a9adb3', shade: '#8c9096' },
  { base: '#d9dade', shade: '#bcbec4' },
];

const cloths: Tone[] = [
  { base: '#2f6f8f', shade: '#245770' },
  { base: '#d9583f', shade: '#b94630' },
  { base: '#f2b23e', shade: '#d4962a' },
  { base: '#3f8f6b', shade: '#307253' },
  { base: '#5a4fa2', shade: '#473e83' },
  { base: '#2d3142', shade: '#1f2230' },
  { base: '#e8e6df', shade: '#cfccc2' },
  { base: '#c64b78', shade: '#a53a61' },
];

const grounds: Tone[] = [
  { base: '#dcebf0', shade: '#c5dce4' },
  { base: '#f6e3d3', shade: '#ecd0b8' },
  { base: '#e2edd9', shade: '#cfe0c1' },
  { base: '#e9e2f2', shade: '#d8cde7' },
  { base: '#f7ecc9', shade: '#eeddab' },
  { base: '#f5dede', shade: '#ebc8c8' },
];

function portrait(person: Person): string {
  const random = randomFrom(`portrait ${person.id}`);
  const grey = person.age > 62 || (person.age > 48 && random.chance(0.4));
  const skin = random.pick(skins.slice(0, random.chance(0.88) ? 3 : 6));
  const face: Face = {
    skin,
    hair: random.pick(grey ? greys : hairs.slice(0, skin === skins[4] || skin === skins[5] ? 2 : hairs.length)),
    cloth: random.pick(cloths),
    ground: random.pick(grounds),
    random,
    person,
  };
  const { behind, front } = hairOf(face);
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="20 2 360 360" width="400" height="400">',
    groundOf(face),
    behind,
    bodyOf(face),
    headOf(face),
    front,
    featuresOf(face),
    '</svg>',
  ].join('');
}

function groundOf({ ground, random }: Face): string {
  const x = random.pick([70, 330]);
  return `<path fill="${ground.base}" d="M0 0h400v400H0z"/><circle cx="${x}" cy="${90 + random.below(80)}" r="170" fill="${ground.shade}" opacity=".55"/>`;
}

/** Neck and shoulders, in what people wear at a club. */
function bodyOf({ skin, cloth, person, random }: Face): string {
  const shoulders =
    person.gender === 'man'
      ? 'M38 400c0-66 48-98 122-108h80c74 10 122 42 122 108z'
      : 'M64 400c0-62 42-92 102-104h68c60 12 102 42 102 104z';
  const collar = random.pick([
    // Round neck.
    `<path fill="${skin.base}" d="M160 291c2 40 78 40 80 0z"/><path fill="none" stroke="${cloth.shade}" stroke-width="9" d="M157 292c3 48 83 48 86 0"/>`,
    // V-neck.
    `<path fill="${skin.base}" d="M160 292l40 58 40-58z"/><path fill="none" stroke="${cloth.shade}" stroke-width="9" stroke-linejoin="round" d="M157 290l43 64 43-64"/>`,
    // Hood.
    `<path fill="${cloth.shade}" d="M126 306c4-30 22-42 40-40h68c18-2 36 10 40 40-22 46-126 46-148 0z"/><path fill="${skin.base}" d="M166 286c4 38 64 38 68 0z"/><path stroke="${skin.base}" stroke-width="5" stroke-linecap="round" d="M180 336v34M220 336v34"/>`,
    // Zip.
    `<path fill="${cloth.shade}" d="M146 300l16-26c8 36 68 36 76 0l16 26-54 36z"/><path stroke="${cloth.shade}" stroke-width="6" d="M200 334v66"/>`,
  ]);
  const neck = `<path fill="${skin.shade}" d="M164 236h72v62c0 34-72 34-72 0z"/>`;
  return `<path fill="${cloth.base}" d="${shoulders}"/>${collar}${neck}`;
}

function headOf({ skin, person }: Face): string {
  const jaw = person.gender === 'man' ? 'C284 236 258 284 200 284S116 236 116 164z' : 'C284 226 246 282 200 282S116 226 116 164z';
  const ears = [114, 286].map((x) => {
    return `<ellipse cx="${x}" cy="182" rx="15" ry="22" fill="${skin.base}"/><ellipse cx="${x}" cy="184" rx="7" ry="12" fill="${skin.shade}"/>`;
  });
  return `${ears.join('')}<path fill="${skin.base}" d="M116 164C116 106 152 70 200 70S284 106 284 164${jaw}"/>`;
}

interface Hair {
  /** Drawn under the body and over the head. */
  behind: string;
  front: string;
}

/** Close to the head, back from the forehead. */
const drawnBack = 'M110 172c-4-66 34-110 90-110s94 44 90 110c-8-34-36-60-90-62-54 2-82 28-90 62z';

function hairOf(face: Face): Hair {
  const { person, random } = face;
  if (person.gender === 'woman') return random.pick([longHair, longHair, bob, bun, ponytail, curls])(face);
  if (person.age > 38 && random.chance(0.22)) return bald(face);
  return random.pick([sideParting, sideParting, quiff, cropped, shortCurls])(face);
}

function shape(colour: string, d: string): string {
  return `<path fill="${colour}" d="${d}"/>`;
}

function longHair({ hair }: Face): Hair {
  return {
    behind: shape(hair.shade, 'M92 176c0-78 44-126 108-126s108 48 108 126v138c0 20-20 30-44 30H136c-24 0-44-10-44-30z'),
    front: shape(
      hair.base,
      'M106 230c-12-108 32-172 94-172s106 64 94 172c-10-10-10-40-14-62-36-6-80-26-100-60-10 30-34 52-60 62-4 22-4 50-14 60z',
    ),
  };
}

function bob({ hair }: Face): Hair {
  return {
    behind: shape(hair.shade, 'M94 176c0-78 42-124 106-124s106 46 106 124v66c0 26-20 34-40 34H134c-20 0-40-8-40-34z'),
    front: shape(hair.base, 'M102 236c-14-106 26-176 98-176s112 70 98 176c-12 2-18-46-20-84-40-16-116-16-156 0-2 38-8 86-20 84z'),
  };
}

function bun({ hair }: Face): Hair {
  return {
    behind: `<circle cx="200" cy="50" r="38" fill="${hair.shade}"/>`,
    front: `${shape(hair.base, drawnBack)}<path fill="none" stroke="${hair.shade}" stroke-width="5" d="M172 66c16-8 40-8 56 0"/>`,
  };
}

function ponytail({ hair }: Face): Hair {
  return {
    behind: shape(hair.shade, 'M256 80c70-8 96 62 82 132-6 34-16 62-34 84-10 12-24 4-20-10 16-62 10-122-40-160z'),
    front: shape(hair.base, drawnBack),
  };
}

function curls({ hair }: Face): Hair {
  const ring = Array.from({ length: 15 }, (_, index) => {
    const angle = Math.PI * (0.82 + (index * 1.36) / 14);
    return blob(200 + 104 * Math.cos(angle), 176 + 108 * Math.sin(angle), 42, hair.shade);
  });
  return { behind: ring.join('') + blob(112, 248, 44, hair.shade) + blob(288, 248, 44, hair.shade), front: topCurls(hair, 30) };
}

function shortCurls({ hair }: Face): Hair {
  return { behind: '', front: topCurls(hair, 24) };
}

function topCurls(hair: Tone, size: number): string {
  const arc = Array.from({ length: 9 }, (_, index) => {
    const angle = Math.PI * (1.04 + (index * 0.92) / 8);
    return blob(200 + 84 * Math.cos(angle), 158 + 84 * Math.sin(angle), size, hair.base);
  });
  return shape(hair.base, drawnBack) + arc.join('');
}

function sideParting({ hair }: Face): Hair {
  return {
    behind: '',
    front: shape(
      hair.base,
      'M110 178c-12-74 28-120 92-120 62 0 98 44 88 120-8-6-12-28-18-48-34 4-76-4-102-26-12 18-28 28-42 32-4 18-10 38-18 42z',
    ),
  };
}

function quiff({ hair }: Face): Hair {
  return {
    behind: '',
    front:
      shape(hair.shade, 'M110 178c-8-44-2-78 18-98h144c20 20 26 54 18 98-8-8-12-30-18-46H128c-6 16-10 38-18 46z') +
      shape(hair.base, 'M122 134c-14-40 4-84 60-92 50-8 106 8 108 60 0 16-6 26-14 32-44-14-100-12-154 0z'),
  };
}

function cropped({ hair }: Face): Hair {
  return {
    behind: '',
    front: shape(
      hair.base,
      'M112 170c-4-64 34-106 88-106s92 42 88 106c-6-10-8-24-14-36-12-16-36-20-74-20s-62 4-74 20c-6 12-8 26-14 36z',
    ),
  };
}

function bald({ hair }: Face): Hair {
  return {
    behind: '',
    front: shape(hair.base, 'M110 186c-6-30 0-50 12-62 0 22-2 42-12 62zM290 186c6-30 0-50-12-62 0 22 2 42 12 62z'),
  };
}

function blob(x: number, y: number, r: number, colour: string): string {
  return `<circle cx="${Math.round(x)}" cy="${Math.round(y)}" r="${r}" fill="${colour}"/>`;
}

const ink = '#2b2326';
const lips = '#a8473f';

function featuresOf(face: Face): string {
  const { person, random } = face;
  const bearded = person.gender === 'man' && person.age > 22 && random.chance(0.42);
  return [
    cheeks(),
    bearded ? beard(face) : '',
    brows(face),
    eyes(face),
    nose(face),
    mouth(face),
    random.chance(person.age > 45 ? 0.45 : 0.18) ? glasses() : '',
    person.gender === 'woman' && random.chance(0.4) ? earrings() : '',
  ].join('');
}

function cheeks(): string {
  return [150, 250].map((x) => `<ellipse cx="${x}" cy="214" rx="17" ry="11" fill="#e0705c" opacity=".22"/>`).join('');
}

function brows({ hair, person }: Face): string {
  const width = person.gender === 'man' ? 9 : 6;
  return `<path fill="none" stroke="${hair.shade}" stroke-width="${width}" stroke-linecap="round" d="M147 151c10-9 26-10 37-4M253 151c-10-9-26-10-37-4"/>`;
}

function eyes({ person, random }: Face): string {
  const eye = (x: number) =>
    `<ellipse cx="${x}" cy="178" rx="8" ry="10" fill="${ink}"/><circle cx="${x + 3}" cy="174" r="3" fill="#fff"/>`;
  const lashes = 'M152 174c3-8 12-12 22-9M248 174c-3-8-12-12-22-9';
  const lid =
    person.gender === 'woman' ? `<path fill="none" stroke="${ink}" stroke-width="4" stroke-linecap="round" d="${lashes}"/>` : '';
  // Some laugh with their eyes shut.
  if (random.chance(0.1))
    return `<path fill="none" stroke="${ink}" stroke-width="6" stroke-linecap="round" d="M153 180c6-12 22-12 28 0M219 180c6-12 22-12 28 0"/>`;
  return eye(167) + eye(233) + lid;
}

function nose({ skin }: Face): string {
  return `<path fill="none" stroke="${skin.shade}" stroke-width="6" stroke-linecap="round" stroke-linejoin="round" d="M201 180c-3 14-9 24-8 29 2 5 11 5 16 1"/>`;
}

function mouth({ random }: Face): string {
  if (random.chance(0.4))
    return `<path fill="#8a3431" d="M169 230h62c-3 32-59 32-62 0z"/><path fill="#fff" d="M174 230h52c-2 11-50 11-52 0z"/>`;
  return `<path fill="none" stroke="${lips}" stroke-width="6" stroke-linecap="round" d="M174 234c10 16 42 16 52 0"/>`;
}

function beard({ hair, random }: Face): string {
  const whole = 'M116 176c0 64 30 112 84 112s84-48 84-112c-6 22-16 34-30 36-16 2-24-6-54-6s-38 8-54 6c-14-2-24-14-30-36z';
  const chin = 'M150 214c14-10 34-10 50-6 16-4 36-4 50 6 10 42-16 74-50 74s-60-32-50-74z';
  return random.pick([
    shape(hair.shade, whole),
    `<path fill="${hair.shade}" opacity=".3" d="${whole}"/>`,
    shape(hair.shade, chin),
  ]);
}

function glasses(): string {
  return `<g fill="#fff" fill-opacity=".18" stroke="${ink}" stroke-width="6"><circle cx="166" cy="178" r="27"/><circle cx="234" cy="178" r="27"/></g><path fill="none" stroke="${ink}" stroke-width="6" d="M193 174c4-4 10-4 14 0M139 172l-23-6M261 172l23-6"/>`;
}

function earrings(): string {
  return [112, 288].map((x) => `<circle cx="${x}" cy="210" r="6" fill="#f0c35a"/>`).join('');
}
