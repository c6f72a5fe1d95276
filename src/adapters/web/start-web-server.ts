import { once } from 'node:events';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Failure } from '../../ports/failure.ts';
import { createEventStreams } from './event-streams.ts';
import { createWebApp } from './web-app.ts';
import type { WebParts } from './web-parts.ts';

export type WebServerOptions = Omit<WebParts, 'streams'> & {
  host: string;
  /** 0: any free port. */
  port: number;
};

export interface WebServer {
  /** Where a browser on this machine finds it. */
  url: string;
  port: number;
  /** Ends every stream and connection; done within a second. */
  close(): Promise<void>;
}

/** A club has a handful of screens; more connections than this are somebody's mistake and must not starve the gate. */
const maxConnections = 200;

/** What answers that are under way get at `close`. */
const closeAfterMs = 300;

/** Serves pages, their APIs and the central system. Rejects with a `Failure` when the address cannot be listened on. */
export async function startWebServer({ host, port, ...parts }: WebServerOptions): Promise<WebServer> {
  const streams = createEventStreams(parts);
  const app = createWebApp({ ...parts, streams });
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  server.maxConnections = maxConnections;
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw listenFailure(error, host, port);
  }
  server.on('error', (error) => parts.log.error('the web server reports an error', { error }));
  const address = server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;

  return {
    url: `http://${browserHost(host)}:${boundPort}`,
    port: boundPort,
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      streams.endAll();
      const cut = setTimeout(() => server.closeAllConnections(), closeAfterMs);
      await closed;
      clearTimeout(cut);
    },
  };
}

function listenFailure(error: unknown, host: string, port: number): Failure {
  const where = `\`${host}:${port}\``;
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new Failure('in_use', `${where} is used by another program: stop that one or choose another port`, {
        retry: false,
        cause: error,
      });
    case 'EACCES':
      return new Failure('refused', `this user may not listen on ${where}: choose a port from 1024 up or allow it`, {
        retry: false,
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Failure('absent', `${where} is no address of this machine: use \`127.0.0.1\`, \`0.0.0.0\` or one that it has`, {
        retry: false,
        cause: error,
      });
    default:
      return new Failure('refused', `cannot listen on ${where}: ${(error as Error).message}`, { retry: false, cause: error });
  }
}

function browserHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
