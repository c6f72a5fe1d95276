import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import { type Instant, secondMs } from '../../domain/schedule/instant.ts';
import { createAttemptLimit } from './attempt-limit.ts';
import type { Problem, SignedIn, SignInLocked, SignInRequest } from './http-api.ts';
import { readJson } from './read-request.ts';
import { addressOf, type WebContext, type WebEnv } from './web-env.ts';
import type { WebParts } from './web-parts.ts';

/** Each attempt costs a slow hash on the box that opens the gate; the lock-out of a name is the operators' own. */
const signInAttempts = { burst: 20, everyMs: 3 * secondMs };

const signInShape: z.ZodType<SignInRequest> = z.strictObject({
  name: z.string().min(1).max(100),
  pin: z.string().min(1).max(100),
});

/** Signing in and out at the desk. */
export function staffSession({ operators, clock, log }: WebParts): Hono<WebEnv> {
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

  routes.get('/staff/api/me', signedIn({ operators, clock }), (c) => c.json({ name: c.var.staff } satisfies SignedIn));

  return routes;
}

/** Lets nobody pass who is not signed in, and says who it is. */
export function signedIn({ operators, clock }: Pick<WebParts, 'operators' | 'clock'>) {
  return createMiddleware<WebEnv>(async (c, next) => {
    const session = sessionOf(c);
    const person = session === undefined ? null : operators.session(session, clock.now());
    if (session === undefined || person === null) return c.json({ problem: 'please sign in' } satisfies Problem, 401);
    c.set('session', session);
    c.set('staff', person.name);
    return next();
  });
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
