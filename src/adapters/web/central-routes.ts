import { OpenAPIHono } from '@hono/zod-openapi';
import { createMiddleware } from 'hono/factory';
import { secondMs } from '../../domain/schedule/instant.ts';
import type { Central } from '../../ports/central.ts';
import { createAttemptLimit } from './attempt-limit.ts';
import { describeCentral } from './central-description.ts';
import { journalQueryShape } from './central-shapes.ts';
import type { ChangesApplied, ChangesRefused, Problem } from './http-api.ts';
import { isJson, readBody, readQuery } from './read-request.ts';
import { addressOf, type WebEnv } from './web-env.ts';
import type { WebParts } from './web-parts.ts';

const maxChangesBytes = 8 * 1024 * 1024;

/** Wrong tokens of one address. A token is too long to guess; this keeps the attempt from costing the gate anything. */
const tokenAttempts = { burst: 10, everyMs: 6 * secondMs };

/** Entries read at a time, so that a long page never holds up a tap. */
const entriesPerStep = 100;

/** What the central system calls. */
export function centralRoutes({ build, central, operators, clock, log }: WebParts): OpenAPIHono<WebEnv> {
  const routes = new OpenAPIHono<WebEnv>();
  const limit = createAttemptLimit(tokenAttempts);

  const withToken = createMiddleware<WebEnv>(async (c, next) => {
    const token = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (token === undefined) {
      const problem = 'send the token of this gateway in `authorization: Bearer …`';
      return c.json({ problem } satisfies Problem, 401, { 'www-authenticate': 'Bearer realm="gatehouse"' });
    }
    const address = addressOf(c);
    const waitMs = limit.take(address, clock.monotonicMs());
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / secondMs);
      const problem = `too many wrong tokens from \`${address}\`: wait ${seconds} s`;
      return c.json({ problem } satisfies Problem, 429, { 'retry-after': String(seconds) });
    }
    if (!operators.checkToken(token)) {
      log.warn('a wrong token was refused', { address });
      const problem = 'this token is not the one of this gateway: ask for the present one or have a new one made';
      return c.json({ problem } satisfies Problem, 401, {
        'www-authenticate': 'Bearer realm="gatehouse", error="invalid_token"',
      });
    }
    limit.giveBack(address);
    return next();
  });

  routes.post('/v1/changes', withToken, async (c) => {
    if (!isJson(c)) return c.json({ problem: 'send plain JSON with `content-type: application/json`' } satisfies Problem, 415);
    const body = await readBody(c, maxChangesBytes);
    if (body === null) {
      const problem = `the body is larger than ${maxChangesBytes} bytes: send the changes in several requests`;
      return c.json({ problem } satisfies Problem, 413);
    }
    const answer = await central.push(body);
    if (answer.done) {
      const { rows, deleted, warnings } = answer;
      return c.json({ rows, deleted, warnings } satisfies ChangesApplied);
    }
    const { problems } = answer;
    const problem = `nothing was applied: ${problems.length === 1 ? '1 problem' : `${problems.length} problems`} to put right`;
    return c.json({ problem, problems } satisfies ChangesRefused, 422);
  });

  routes.get('/v1/journal', withToken, async (c) => {
    const asked = readQuery(c, journalQueryShape);
    if ('refused' in asked) return asked.refused;
    const { after, limit: most } = asked.value;
    return c.body(await journalPage(central, after, most), 200, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
    });
  });

  const description = describeCentral(routes, build);
  routes.get('/v1/openapi.json', (c) => c.json(description));

  return routes;
}

/** A `JournalPage` as JSON, read and written in small steps. */
async function journalPage(central: Central, after: number, most: number): Promise<string> {
  const texts: string[] = [];
  let last = after;
  for (;;) {
    const step = central.journalAfter(last, Math.min(entriesPerStep, most - texts.length));
    for (const entry of step.entries) texts.push(JSON.stringify(entry));
    last = step.entries.at(-1)?.number ?? last;
    if (step.entries.length === 0 || texts.length >= most || last >= step.newest) {
      return `{"entries":[${texts.join(',')}],"newest":${step.newest},"more":${last < step.newest}}`;
    }
    await nextTurn();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
