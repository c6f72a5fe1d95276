import { Hono } from 'hono';
import { answerError } from './answer-error.ts';
import { centralRoutes } from './central-routes.ts';
import { demoRoutes } from './demo-routes.ts';
import { healthRoutes } from './health-routes.ts';
import type { Problem } from './http-api.ts';
import { kioskRoutes } from './kiosk-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { isCrossSite } from './same-site.ts';
import { securityHeaders } from './security-headers.ts';
import { staffRoutes } from './staff-routes.ts';
import type { WebEnv } from './web-env.ts';
import type { WebParts } from './web-parts.ts';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Every route of the gateway, and what holds for all of them. */
export function createWebApp(parts: WebParts): Hono<WebEnv> {
  const app = new Hono<WebEnv>();

  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(securityHeaders)) c.res.headers.set(name, value);
  });
  app.use(async (c, next) => {
    if (readingMethods.has(c.req.method) || !isCrossSite((name) => c.req.header(name))) return next();
    return c.json({ problem: 'a page of another site asked for this: use the pages of this gateway' } satisfies Problem, 403);
  });

  app.route('/', healthRoutes(parts));
  app.route('/', kioskRoutes(parts));
  app.route('/', staffRoutes(parts));
  app.route('/', centralRoutes(parts));
  if (parts.demo !== null) app.route('/', demoRoutes(parts.demo, parts));
  app.route('/', pageRoutes(parts));

  app.notFound((c) => {
    const problem = `there is nothing at \`${c.req.method} ${c.req.path}\``;
    if (!c.req.header('accept')?.includes('text/html')) return c.json({ problem } satisfies Problem, 404);
    return c.text(
      `${problem}\n\nThe kiosk screen is at /, the desk at /staff, the central system's description at /v1/openapi.json\n`,
      404,
    );
  });
  app.onError((error, c) => answerError(error, c, parts.log));
  return app;
}
