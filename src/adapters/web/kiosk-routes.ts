import { Hono } from 'hono';
import type { Kiosk } from '../../ports/kiosk.ts';
import { findFileInside } from './files-inside.ts';
import type { KioskEvents, KioskGate, Problem } from './http-api.ts';
import type { WebEnv } from './web-env.ts';
import type { WebParts } from './web-parts.ts';

/** What the screen at a gate is fed from. Nobody signs in here: it shows what a passer-by sees anyway. */
export function kioskRoutes({ build, kiosk, photoDir, streams }: WebParts): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();

  routes.get('/kiosk/api/gates', (c) => c.json(kiosk.gates() satisfies KioskGate[]));

  routes.get('/kiosk/api/stream', (c) => {
    const gate = c.req.query('gate') ?? firstEntrance(kiosk);
    const current = kiosk.current(gate);
    if (current === null) {
      const known = kiosk.gates().map(({ id }) => `\`${id}\``);
      const problem = known.length === 0 ? 'this gateway has no gates' : `no gate \`${gate}\`; there is ${known.join(', ')}`;
      return c.json({ problem } satisfies Problem, 404);
    }
    return streams.open<KioskEvents>(c, {
      follow(send) {
        send('hello', { build, gate, timeZone: kiosk.timeZone(gate), moment: kiosk.momentWords() });
        send('screen', current);
        return kiosk.watch(gate, (event) => send('screen', event));
      },
    });
  });

  routes.get('/kiosk/photo/:key', async (c) => {
    const name = kiosk.photoFile(c.req.param('key'));
    const file = name === null || photoDir === null ? null : await findFileInside(photoDir, name);
    if (file === null || !isPicture(file.contentType)) {
      return c.json({ problem: 'there is no such photo now' } satisfies Problem, 404);
    }
    return c.body(file.bytes, 200, { 'content-type': file.contentType, 'cache-control': 'no-store' });
  });

  return routes;
}

function firstEntrance(kiosk: Kiosk): string {
  const gates = kiosk.gates();
  const gate =
    gates.find(({ direction }) => direction === 'in') ?? gates.find(({ direction }) => direction === 'both') ?? gates[0];
  return gate?.id ?? '';
}

function isPicture(contentType: string): boolean {
  // An SVG can hold scripts: the policy on every answer (`security-headers.ts`) runs none of them.
  return contentType.startsWith('image/');
}
