import { Hono } from 'hono';
import { z } from 'zod';
import { answerDesk } from './answer-desk.ts';
import { emptyShape, letInShape, modeShape, moveChargeShape, takeOutShape } from './desk-shapes.ts';
import type { ConfirmClock, DeskExplanation, DeskMember, FeedEvents, Payer, Problem } from './http-api.ts';
import { languageParameter, searchParameter } from './query-parameters.ts';
import { readJson, readQuery } from './read-request.ts';
import { signedIn, staffSession } from './staff-session.ts';
import type { WebEnv } from './web-env.ts';
import type { WebParts } from './web-parts.ts';

const feedLength = 50;

const inLanguageShape = z.strictObject({ language: languageParameter });
const searchShape = z.strictObject({ text: searchParameter, language: languageParameter });

/** The desk. Whoever acts is the person of the session; a request cannot name somebody else. */
export function staffRoutes(parts: WebParts): Hono<WebEnv> {
  const { frontDesk, operators, clock, streams } = parts;
  const routes = new Hono<WebEnv>();
  routes.route('/', staffSession(parts));
  const staffOnly = signedIn(parts);

  routes.get('/staff/api/feed', staffOnly, (c) => {
    const asked = readQuery(c, inLanguageShape);
    if ('refused' in asked) return asked.refused;
    const { language } = asked.value;
    const { session } = c.var;
    return streams.open<FeedEvents>(c, {
      follow(send) {
        send('items', frontDesk.recent(feedLength, language));
        send('status', frontDesk.status());
        const stops = [
          frontDesk.watch(language, (item) => send('item', item)),
          frontDesk.watchStatus((status) => send('status', status)),
        ];
        return () => {
          for (const stop of stops) stop();
        };
      },
      goesOn: () => operators.session(session, clock.now()) !== null,
    });
  });

  routes.get('/staff/api/search', staffOnly, (c) => {
    const asked = readQuery(c, searchShape);
    if ('refused' in asked) return asked.refused;
    return c.json(frontDesk.search(asked.value.text, asked.value.language) satisfies DeskMember[]);
  });

  routes.post('/staff/api/let-in', staffOnly, async (c) => {
    const asked = await readJson(c, letInShape);
    if ('refused' in asked) return asked.refused;
    return answerDesk(c, frontDesk.letIn({ ...asked.value, staff: c.var.staff }));
  });

  routes.post('/staff/api/mode', staffOnly, async (c) => {
    const asked = await readJson(c, modeShape);
    if ('refused' in asked) return asked.refused;
    return answerDesk(c, frontDesk.setMode({ ...asked.value, staff: c.var.staff }));
  });

  routes.post('/staff/api/move-charge', staffOnly, async (c) => {
    const asked = await readJson(c, moveChargeShape);
    if ('refused' in asked) return asked.refused;
    return answerDesk(c, frontDesk.moveCharge({ ...asked.value, staff: c.var.staff }));
  });

  routes.get('/staff/api/visits/:number{[0-9]{1,15}}/payers', staffOnly, (c) => {
    const asked = readQuery(c, inLanguageShape);
    if ('refused' in asked) return asked.refused;
    return c.json(frontDesk.payersFor(Number(c.req.param('number')), asked.value.language) satisfies Payer[]);
  });

  routes.post('/staff/api/take-out', staffOnly, async (c) => {
    const asked = await readJson(c, takeOutShape);
    if ('refused' in asked) return asked.refused;
    return answerDesk(c, frontDesk.takeOut({ ...asked.value, staff: c.var.staff }));
  });

  routes.get('/staff/api/entries/:number{[0-9]{1,15}}/explanation', staffOnly, (c) => {
    const asked = readQuery(c, inLanguageShape);
    if ('refused' in asked) return asked.refused;
    const number = Number(c.req.param('number'));
    const explanation = frontDesk.explain(number, asked.value.language);
    if (explanation !== null) return c.json(explanation satisfies DeskExplanation);
    return c.json({ problem: `nothing is kept that would explain entry ${number}` } satisfies Problem, 404);
  });

  routes.post('/staff/api/confirm-clock', staffOnly, async (c) => {
    const asked = await readJson(c, emptyShape);
    if ('refused' in asked) return asked.refused;
    frontDesk.confirmClock();
    return c.json({} satisfies ConfirmClock);
  });

  return routes;
}
