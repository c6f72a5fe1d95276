import { randomUUID } from 'node:crypto';
import { Failure } from '../../ports/failure.ts';
import type { Log } from '../../ports/log.ts';
import type { UnexpectedProblem } from './http-api.ts';
import type { WebContext } from './web-env.ts';

/** What a request is answered that failed in a way nobody meant. The log has the rest under the same id. */
export function answerError(error: Error, c: WebContext, log: Log): Response {
  // The client left while its body was being read: there is nobody to answer and nothing to mend.
  if (c.env.incoming.destroyed && !c.env.incoming.complete) return c.body(null, 400);
  const id = randomUUID();
  log.error('a request failed', { id, method: c.req.method, path: c.req.path, error });
  if (error instanceof Failure && error.retry) {
    const problem = `this is not possible now: try again later, or give your installer the id \`${id}\``;
    return c.json({ problem, id } satisfies UnexpectedProblem, 503, { 'retry-after': '5' });
  }
  return c.json({ problem: `something went wrong: give your installer the id \`${id}\``, id } satisfies UnexpectedProblem, 500);
}
