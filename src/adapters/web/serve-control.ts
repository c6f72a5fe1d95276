import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { Failure } from '../../ports/failure.ts';
import type { FrontDesk } from '../../ports/front-desk.ts';
import type { Log } from '../../ports/log.ts';
import { answerDesk } from './answer-desk.ts';
import { answerError } from './answer-error.ts';
import { controlMoveShape } from './desk-shapes.ts';
import type { Problem } from './http-api.ts';
import { readJson } from './read-request.ts';
import type { WebEnv } from './web-env.ts';

export interface ControlParts {
  /** Where the socket is made; what lies there from before is removed. To be called by whoever holds the data folder. */
  path: string;
  frontDesk: Pick<FrontDesk, 'moveCharge'>;
  log: Log;
}

/**
 * What this box's own command line asks of the running gateway, over a socket that nobody but the gateway's user may use.
 * Nothing here opens a gate. Rejects with a `Failure` when the socket cannot be made.
 */
export async function serveControl({ path, frontDesk, log }: ControlParts): Promise<{ close(): Promise<void> }> {
  const app = new Hono<WebEnv>();
  app.post('/visits/move', async (c) => {
    const asked = await readJson(c, controlMoveShape);
    return 'refused' in asked ? asked.refused : answerDesk(c, frontDesk.moveCharge(asked.value));
  });
  app.notFound((c) => c.json({ problem: `there is nothing at \`${c.req.method} ${c.req.path}\`` } satisfies Problem, 404));
  app.onError((error, c) => answerError(error, c, log));

  if (Buffer.byteLength(path) > longestPathBytes) throw socketFailure(path, `its path is longer than ${longestPathBytes} bytes`);
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  try {
    rmSync(path, { force: true });
    server.listen(path);
    await once(server, 'listening');
    chmodSync(path, 0o600);
  } catch (cause) {
    throw socketFailure(path, (cause as Error).message, cause);
  }
  server.on('error', (error) => log.error('the control socket reports an error', { error }));
  return {
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** `sun_path` of unix(7), without the byte that ends it. */
const longestPathBytes = 107;

function socketFailure(path: string, why: string, cause?: unknown): Failure {
  return new Failure('refused', `the control socket \`${path}\` cannot be made: ${why}`, { retry: false, cause });
}
