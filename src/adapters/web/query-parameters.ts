import { z } from 'zod';
import { languages } from '../../domain/member/member.ts';

/** `language=`, for texts that a page shows. */
export const languageParameter = z.enum(languages, { error: `must be one of ${languages.join(', ')}` }).default('en');

/** `text=`, for whom somebody looks for. */
export const searchParameter = z.string({ error: 'must be given' }).max(100, { error: 'must be at most 100 characters' });
