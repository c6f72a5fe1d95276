import type { Language } from '../../../src/domain/member/member.ts';
import { en } from './en.ts';
import { pl } from './pl.ts';
import { ru } from './ru.ts';
import { uk } from './uk.ts';
import type { Words } from './words.ts';

export const wordsOf: Record<Language, Words> = { ru, uk, pl, en };
