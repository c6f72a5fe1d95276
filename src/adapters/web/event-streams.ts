import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Beat } from './http-api.ts';
import { securityHeaders } from './security-headers.ts';
import type { WebContext } from './web-env.ts';

/** What a page did not take yet may grow to this; then the page is let go, and may come back. */
const maxBacklogBytes = 256 * 1024;

const beatEveryMs = 2_000;

const streamHeaders = {
  ...securityHeaders,
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Proxies such as nginx would hold events back.
  'x-accel-buffering': 'no',
  connection: 'close',
};

/** The open event streams of all pages (server-sent events). Each beats every two seconds. */
export interface EventStreams {
  /** Answers a request with a stream. */
  open<Events>(c: WebContext, source: StreamSource<Events>): Response;
  endAll(): void;
}

export interface StreamSource<Events> {
  /** Sends what stands now and subscribes to what comes. Returns the way to stop, which is called once however the stream ends. */
  follow(send: Send<Events>): () => void;
  /** Asked before each beat; when it says no, the stream ends. Omitted: it goes on. */
  goesOn?: () => boolean;
}

/** Never throws: a page that cannot keep up is dropped. */
export type Send<Events> = <Name extends keyof Events & string>(event: Name, data: Events[Name]) => void;

export function createEventStreams({ clock, log }: { clock: Clock; log: Log }): EventStreams {
  const endings = new Set<() => void>();

  return {
    open(c, { follow, goesOn }) {
      // Nobody hears the answer to a HEAD, so nothing would ever end the subscription.
      if (c.req.method === 'HEAD') return c.body(null, 200, streamHeaders);

      // Written past hono, whose streams queue without bound when a page stops reading.
      const { outgoing } = c.env;
      const path = c.req.path;
      let stopBeat = (): void => {};
      let stopFollowing = (): void => {};

      const end = (): void => {
        leave();
        outgoing.end();
      };
      const leave = (): void => {
        if (!endings.delete(end)) return;
        stopBeat();
        stopFollowing();
      };
      const drop = (): void => {
        leave();
        outgoing.destroy();
      };
      const send = (event: string, data: unknown): void => {
        if (!endings.has(end)) return;
        outgoing.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        if (outgoing.writableLength <= maxBacklogBytes) return;
        log.warn('a page reads its events too slowly and was let go', { path });
        drop();
      };
      const nextBeat = (): void => {
        stopBeat = clock.after(beatEveryMs, () => attempt(beat));
      };
      const beat = (): void => {
        if (goesOn !== undefined && !goesOn()) return end();
        send('beat', { at: clock.now() } satisfies Beat);
        if (endings.has(end)) nextBeat();
      };
      const attempt = (run: () => void): void => {
        try {
          run();
        } catch (error) {
          log.error('an event stream failed', { path, error });
          drop();
        }
      };

      endings.add(end);
      outgoing.on('close', leave);
      outgoing.on('error', leave);
      outgoing.writeHead(200, streamHeaders);
      outgoing.flushHeaders();
      attempt(() => {
        const stop = follow(send);
        if (!endings.has(end)) return stop();
        stopFollowing = stop;
        nextBeat();
      });
      // A copy, because whoever is handed a response may add headers to it.
      return new Response(null, RESPONSE_ALREADY_SENT);
    },
    endAll() {
      for (const end of endings) end();
    },
  };
}
