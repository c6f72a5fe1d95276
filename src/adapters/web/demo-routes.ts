import { Hono } from 'hono';
import { z } from 'zod';
import type { Demo, DemoEvent } from '../../ports/demo.ts';
import type {
  DemoDone,
  DemoEvents,
  DemoPerson,
  DemoPluggedRequest,
  DemoTapRequest,
  DemoWalkRequest,
  DemoWalksRequest,
  Problem,
} from './http-api.ts';
import { languageParameter, searchParameter } from './query-parameters.ts';
import { readJson, readQuery } from './read-request.ts';
import type { WebContext, WebEnv } from './web-env.ts';
import type { WebParts } from './web-parts.ts';

const gate = z.string().min(1);
const tapShape: z.ZodType<DemoTapRequest> = z.strictObject({ gate, person: z.string().min(1) });
const walkShape: z.ZodType<DemoWalkRequest> = z.strictObject({ gate });
const walksShape: z.ZodType<DemoWalksRequest> = z.strictObject({ gate, walks: z.boolean() });
const pluggedShape: z.ZodType<DemoPluggedRequest> = z.strictObject({ gate, plugged: z.boolean() });

const castShape = z.strictObject({ language: languageParameter });
const searchShape = z.strictObject({ text: searchParameter, language: languageParameter });

/** The page on which a visitor plays with the demo club. Not there at a real club. */
export function demoRoutes(demo: Demo, { streams }: WebParts): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();

  routes.get('/demo/api/now', (c) => c.json(demo.now()));
  routes.get('/demo/api/gates', (c) => c.json(demo.gates()));

  routes.get('/demo/api/cast', (c) => {
    const asked = readQuery(c, castShape);
    if ('refused' in asked) return asked.refused;
    return c.json(demo.cast(asked.value.language) satisfies DemoPerson[]);
  });

  routes.get('/demo/api/search', (c) => {
    const asked = readQuery(c, searchShape);
    if ('refused' in asked) return asked.refused;
    return c.json(demo.search(asked.value.text, asked.value.language) satisfies DemoPerson[]);
  });

  routes.get('/demo/portrait/:person', (c) => {
    const portrait = demo.portrait(c.req.param('person'));
    return portrait === null ? c.notFound() : c.body(portrait, 200, { 'content-type': 'image/svg+xml' });
  });

  routes.post('/demo/api/tap', async (c) => {
    const asked = await readJson(c, tapShape);
    return 'refused' in asked ? asked.refused : answerDemo(c, demo.tap(asked.value));
  });

  routes.post('/demo/api/walk', async (c) => {
    const asked = await readJson(c, walkShape);
    return 'refused' in asked ? asked.refused : answerDemo(c, demo.walk(asked.value));
  });

  routes.post('/demo/api/walks', async (c) => {
    const asked = await readJson(c, walksShape);
    if ('refused' in asked) return asked.refused;
    demo.setWalksByItself(asked.value);
    return answerDemo(c, { done: true });
  });

  routes.post('/demo/api/plugged', async (c) => {
    const asked = await readJson(c, pluggedShape);
    if ('refused' in asked) return asked.refused;
    demo.setPlugged(asked.value);
    return answerDemo(c, { done: true });
  });

  routes.get('/demo/api/stream', (c) =>
    streams.open<DemoEvents>(c, {
      follow: (send) =>
        demo.watch((event: DemoEvent) => {
          switch (event.kind) {
            case 'wire':
              return send('wire', event);
            case 'gate':
              return send('gate', event);
            case 'journal':
              return send('journal', event);
          }
        }),
    }),
  );

  return routes;
}

function answerDemo(c: WebContext, answer: { done: true } | { done: false; problem: string }): Response {
  if (answer.done) return c.json({ done: true } satisfies DemoDone);
  return c.json({ problem: answer.problem } satisfies Problem, 409);
}
