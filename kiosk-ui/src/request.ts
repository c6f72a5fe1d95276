import type { Problem } from '../../src/adapters/web/http-api.ts';

/** What became of a request. `status` 0: nobody answered, and `refusal` is null. */
export type Answer<Body> = { done: true; body: Body } | { done: false; status: number; refusal: Problem | null };

export function getJson<Body>(path: string, query: Record<string, string> = {}): Promise<Answer<Body>> {
  const search = new URLSearchParams(query).toString();
  return ask<Body>(search === '' ? path : `${path}?${search}`, {});
}

export function postJson<Body>(path: string, body: object): Promise<Answer<Body>> {
  return ask<Body>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

async function ask<Body>(address: string, options: RequestInit): Promise<Answer<Body>> {
  try {
    const response = await fetch(address, { ...options, cache: 'no-store' });
    const body: unknown = await response.json();
    if (response.ok) return { done: true, body: body as Body };
    return { done: false, status: response.status, refusal: body as Problem };
  } catch {
    return { done: false, status: 0, refusal: null };
  }
}
