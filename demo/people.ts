import { type Language, languages } from '../src/domain/member/member.ts';
import { type Gender, names, surnameFor } from './names.ts';
import { type Random, randomFrom } from './random.ts';

/** Somebody of the demo club, as far as they do not depend on the day. */
export interface Person {
  id: string;
  name: string;
  language: Language;
  gender: Gender;
  age: number;
}

/** A club in Warsaw: most speak Polish, many came from farther east. */
const speakersPerHundred: Record<Language, number> = { pl: 46, uk: 25, ru: 21, en: 8 };

/** So many people with different names, `m<first>` and on; the same ones every time. */
export function peopleFrom(first: number, count: number, taken: readonly string[]): Person[] {
  const random = randomFrom('people');
  const used = new Set(taken);
  const people: Person[] = [];
  while (people.length < count) {
    const person = somebody(`m${String(first + people.length).padStart(3, '0')}`, random);
    if (used.has(person.name)) continue;
    used.add(person.name);
    people.push(person);
  }
  return people;
}

function somebody(id: string, random: Random): Person {
  const language = speaker(random);
  const gender: Gender = random.chance(0.54) ? 'woman' : 'man';
  const { women, men, surnames } = names[language];
  const firstName = random.pick(gender === 'woman' ? women : men);
  const name = `${firstName} ${surnameFor(gender, random.pick(surnames))}`;
  // Two draws lean towards the middle: most members are between 25 and 50.
  return { id, name, language, gender, age: 16 + random.below(30) + random.below(30) };
}

function speaker(random: Random): Language {
  let drawn = random.below(100);
  for (const language of languages) {
    drawn -= speakersPerHundred[language];
    if (drawn < 0) return language;
  }
  return 'pl';
}
