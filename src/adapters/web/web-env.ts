import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

export interface WebEnv {
  Bindings: HttpBindings;
  /** Set on the signed-in requests of the desk only. */
  Variables: { staff: string; session: string };
}

export type WebContext = Context<WebEnv>;

/** The client's address, or that of the proxy in front of us. */
export function addressOf(c: WebContext): string {
  return c.env.incoming.socket.remoteAddress ?? 'unknown';
}
