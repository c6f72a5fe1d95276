import { Hono } from 'hono';
import type { Health } from './http-api.ts';
import type { WebEnv } from './web-env.ts';
import type { WebParts } from './web-parts.ts';

/** For whoever watches machines. Counts only: it is answered to anybody. */
export function healthRoutes({ frontDesk }: WebParts): Hono<WebEnv> {
  return new Hono<WebEnv>().get('/healthz', (c) => {
    const { gateway, startedAt, gates, devices } = frontDesk.status();
    const count = (state: 'up' | 'down' | 'unknown'): number => devices.filter((device) => device.state === state).length;
    const health: Health = {
      gateway,
      startedAt,
      gates: gates.map(({ id, mode }) => ({ id, mode })),
      devices: { up: count('up'), down: count('down'), unknown: count('unknown') },
    };
    return c.json(health, 200, { 'cache-control': 'no-store' });
  });
}
