import { Hono } from 'hono';
import { findFileInside } from './files-inside.ts';
import type { WebContext, WebEnv } from './web-env.ts';
import type { WebParts } from './web-parts.ts';

const pages: Record<string, string> = {
  '/': 'index.html',
  '/staff': 'staff/index.html',
  '/demo': 'demo/index.html',
};

/** The build puts a hash of the content into the names of these, so what has a name never changes. */
const hashedFiles = '/assets/';

const notBuilt = `The screens are not built. In the folder of the program run

    npm run setup

and load this page again. Cards and gates work without it.
`;

const noDemo = 'This gateway serves a real club. The demo club is started with\n\n    npm run demo\n';

/** The built pages and what they load. */
export function pageRoutes({ demo, staticDir }: WebParts): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();

  if (demo === null) {
    const refuse = (c: WebContext): Response => c.text(noDemo, 404);
    routes.all('/demo', refuse);
    routes.all('/demo/*', refuse);
  }

  routes.get('*', async (c, next) => {
    const page = pages[c.req.path.length > 1 ? c.req.path.replace(/\/$/, '') : '/'];
    const file = await findFileInside(staticDir, page ?? decodePath(c.req.path));
    if (file === null) return page === undefined ? next() : c.text(notBuilt, 503);
    const cacheControl = c.req.path.startsWith(hashedFiles) ? 'public, max-age=31536000, immutable' : 'no-cache';
    return c.body(file.bytes, 200, { 'content-type': file.contentType, 'cache-control': cacheControl });
  });

  return routes;
}

/** `/assets/a%20b.js` as a name below the folder; a path that cannot be decoded is left as it is and names nothing. */
function decodePath(path: string): string {
  try {
    return `.${decodeURIComponent(path)}`;
  } catch {
    return `.${path}`;
  }
}
