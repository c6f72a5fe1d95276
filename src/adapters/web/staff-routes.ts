import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import { gateModes } from '../../domain/gate/mode.ts';
import { type Instant, secondMs } from '../../domain/schedule/instant.ts';
import type { DeskAnswer } from '../../ports/front-desk.ts';
import { createAttemptLimit } from './attempt-limit.ts';
import type {
  DeskMember,
  FeedEvents,
  LetInRequest,
  ModeRequest,
  Problem,
  Recorded,
  SignedIn,
  SignInLocked,
  SignInRequest,
} from './http-api.ts';
import { languageParameter, searchParameter } from './query-parameters.ts';
import { readJson, readQuery } from './read-request.ts';
import { addressOf, type WebContext, type WebEnv } from './web-env.ts';
import type { WebParts } from './web-parts.ts';

const feedLength = 50;

/** Each attempt costs a slow hash on the box that opens the gate; the lock-out of a name is the operators' own. */
const signInAttempts = { burst: 20, everyMs: 3 * secondMs };

const signInShape: z.ZodType<SignInRequest> = z.strictObject({
  name: z.string().min(1).max(100),
  pin: z.string().min(1).max(100),
});

const letInShape: z.ZodType<LetInRequest> = z.strictObject({
  gate: z.string(),
  reason: z.string().max(500),
  memberId: z.string().nullable(),
  answers: z.int().positive().nullable(),
  charge: z.boolean(),
});

const modeShape: z.ZodType<ModeRequest> = z.strictObject({
  gate: z.string(),
  mode: z.enum(gateModes, { error: `must be one of ${gateModes.join(', ')}` }),
});

const feedShape = z.strictObject({ language: languageParameter });
const searchShape = z.strictObject({ text: searchParameter, language: languageParameter });

/** The desk. Whoever acts is the person of the session; a request cannot name somebody else. */
export function staffRoutes({ frontDesk, operators, clock, log, streams }: WebParts): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();
  const limit = createAttemptLimit(signInAttempts);

  routes.post('/staff/api/sign-in', async (c) => {
    const asked = await readJson(c, signInShape);
    if ('refused' in asked) return asked.refused;
    const address = addressOf(c);
    const waitMs = limit.take(address, clock.monotonicMs());
    const answer =
      waitMs > 0
        ? { done: false as const, lockedUntil: clock.now() + waitMs }
        : await operators.signIn(asked.value.name, asked.value.pin, clock.now());
    if (!answer.done) {
      log.warn('a sign-in was refused', { address, locked: answer.lockedUntil !== null });
      return refuseSignIn(c, answer.lockedUntil, clock.now());
    }
    limit.giveBack(address);
    const before = sessionOf(c);
    if (before !== undefined) operators.signOut(before);
    setSessionCookie(c, answer.session);
    return c.json({ name: operators.session(answer.session, clock.now())?.name ?? asked.value.name } satisfies SignedIn);
  });

  routes.post('/staff/api/sign-out', (c) => {
    const session = sessionOf(c);
    if (session !== undefined) operators.signOut(session);
    const { name, path, secure } = cookieFor(c);
    deleteCookie(c, name, { path, secure });
    return c.json({});
  });

  const signedIn = createMiddleware<WebEnv>(async (c, next) => {
    const session = sessionOf(c);
    const person = session === undefined ? null : operators.session(session, clock.now());
    if (session === undefined || person === null) return c.json({ problem: 'please sign in' } satisfies Problem, 401);
    c.set('session', session);
    c.set('staff', person.name);
    return next();
  });

  routes.get('/staff/api/me', signedIn, (c) => c.json({ name: c.var.staff } satisfies SignedIn));

  routes.get('/staff/api/feed', signedIn, (c) => {
    const asked = readQuery(c, feedShape);
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

  routes.get('/staff/api/search', signedIn, (c) => {
    const asked = readQuery(c, searchShape);
    if ('refused' in asked) return asked.refused;
    return c.json(frontDesk.search(asked.value.text, asked.value.language) satisfies DeskMember[]);
  });

  routes.post('/staff/api/let-in', signedIn, async (c) => {
    const asked = await readJson(c, letInShape);
    if ('refused' in asked) return asked.refused;
    return answerDesk(c, frontDesk.letIn({ ...asked.value, staff: c.var.staff }));
  });

  routes.post('/staff/api/mode', signedIn, async (c) => {
    const asked = await readJson(c, modeShape);
    if ('refused' in asked) return asked.refused;
    return answerDesk(c, frontDesk.setMode({ ...asked.value, staff: c.var.staff }));
  });

  return routes;
}

function answerDesk(c: WebContext, answer: DeskAnswer): Response {
  if (answer.done) return c.json({ entry: answer.entry } satisfies Recorded);
  return c.json({ problem: answer.problem } satisfies Problem, 409);
}

function refuseSignIn(c: WebContext, lockedUntil: Instant | null, now: Instant): Response {
  if (lockedUntil === null) return c.json({ problem: 'name or PIN is wrong' } satisfies Problem, 401);
  const seconds = Math.max(1, Math.ceil((lockedUntil - now) / secondMs));
  const problem = `too many wrong tries: wait ${seconds} s and try again`;
  return c.json({ problem, lockedUntil } satisfies SignInLocked, 429, { 'retry-after': String(seconds) });
}

/** Behind a proxy that speaks https the cookie is bound to it; over plain http no browser would keep such a cookie. */
function cookieFor(c: WebContext): { name: string; path: string; secure: boolean } {
  const https = c.req.header('x-forwarded-proto') === 'https';
  return https ? { name: '__Host-gatehouse', path: '/', secure: true } : { name: 'gatehouse', path: '/staff', secure: false };
}

function sessionOf(c: WebContext): string | undefined {
  return getCookie(c, cookieFor(c).name);
}

function setSessionCookie(c: WebContext, session: string): void {
  const { name, path, secure } = cookieFor(c);
  setCookie(c, name, session, { path, secure, httpOnly: true, sameSite: 'Strict' });
}
