import { z } from 'zod';
import { gateModes } from '../../domain/gate/mode.ts';
import type { MoveCharge } from '../../ports/front-desk.ts';
import type { LetInRequest, ModeRequest, MoveChargeRequest, TakeOutRequest } from './http-api.ts';

const longestReason = 500;

export const letInShape: z.ZodType<LetInRequest> = z.strictObject({
  gate: z.string(),
  reason: z.string().max(longestReason),
  memberId: z.string().nullable(),
  answers: z.int().positive().nullable(),
  charge: z.boolean(),
});

export const modeShape: z.ZodType<ModeRequest> = z.strictObject({
  gate: z.string(),
  mode: z.enum(gateModes, { error: `must be one of ${gateModes.join(', ')}` }),
});

const move = { visit: z.int().positive(), to: z.string(), reason: z.string().max(longestReason) };

export const moveChargeShape: z.ZodType<MoveChargeRequest> = z.strictObject(move);

/** At the control socket there is no session: who asks says the name. */
export const controlMoveShape: z.ZodType<MoveCharge> = z.strictObject({ ...move, staff: z.string().trim().min(1).max(100) });

export const takeOutShape: z.ZodType<TakeOutRequest> = z.strictObject({ zone: z.string(), memberId: z.string().nullable() });

/** For what needs no words. */
export const emptyShape = z.strictObject({});
