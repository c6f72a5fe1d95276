import type { z } from 'zod';
import type { Problem } from './http-api.ts';
import type { WebContext } from './web-env.ts';

/** Far above anything a page sends. */
const maxJsonBytes = 16 * 1024;

/** What was asked for, or the answer that refuses it. */
export type Asked<T> = { value: T } | { refused: Response };

/** The whole body as it came; null when it is larger than `maxBytes`, of which no more is kept. */
export async function readBody(c: WebContext, maxBytes: number): Promise<Uint8Array | null> {
  if (Number(c.req.header('content-length') ?? 0) > maxBytes) return null;
  const reader = c.req.raw.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    size += next.value.byteLength;
    if (size > maxBytes) return null;
    chunks.push(next.value);
  }
  return Buffer.concat(chunks, size);
}

/** Whether the body says that it is plain JSON, as no form of another site can. */
export function isJson(c: WebContext): boolean {
  const type = (c.req.header('content-type') ?? '').split(';')[0] ?? '';
  const encoding = c.req.header('content-encoding') ?? 'identity';
  return type.trim().toLowerCase() === 'application/json' && encoding.toLowerCase() === 'identity';
}

/** The JSON body by its shape, else 413, 415 or 422. */
export async function readJson<T>(c: WebContext, shape: z.ZodType<T>): Promise<Asked<T>> {
  const refuse = (status: 413 | 415 | 422, problem: string): Asked<T> => ({
    refused: c.json({ problem } satisfies Problem, status),
  });
  if (!isJson(c)) return refuse(415, 'send JSON with `content-type: application/json`');
  const bytes = await readBody(c, maxJsonBytes);
  if (bytes === null) return refuse(413, `the body is larger than ${maxJsonBytes} bytes`);
  const json = parseJson(bytes);
  if (json === undefined) return refuse(422, 'the body is not JSON');
  const checked = shape.safeParse(json, { reportInput: true });
  return checked.success ? { value: checked.data } : refuse(422, describeProblem(checked.error));
}

/** The query parameters by their shape, else 400. */
export function readQuery<T>(c: WebContext, shape: z.ZodType<T>): Asked<T> {
  const checked = shape.safeParse(c.req.query(), { reportInput: true });
  if (checked.success) return { value: checked.data };
  return { refused: c.json({ problem: describeProblem(checked.error) } satisfies Problem, 400) };
}

/** The first thing that is wrong: where, what, and what was found. */
function describeProblem(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'this request cannot be understood';
  if (issue.code === 'unrecognized_keys') return `\`${issue.keys.join('`, `')}\` means nothing here: leave it out`;
  const message = issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  const where = issue.path.length === 0 ? 'the body' : `\`${issue.path.join('.')}\``;
  return `${where}: ${message}${found(issue.input)}`;
}

function found(input: unknown): string {
  return input === undefined || typeof input === 'object' ? '' : `, not \`${String(input)}\``;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
