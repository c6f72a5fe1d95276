import type { DeskAnswer } from '../../ports/front-desk.ts';
import type { Problem, Recorded } from './http-api.ts';
import type { WebContext } from './web-env.ts';

/** 200 with the journal number, or 409 with why the desk refuses. */
export function answerDesk(c: WebContext, answer: DeskAnswer): Response {
  if (answer.done) return c.json({ entry: answer.entry } satisfies Recorded);
  return c.json({ problem: answer.problem } satisfies Problem, 409);
}
