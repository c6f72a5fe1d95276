import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { Failure } from '../../ports/failure.ts';
import type { DeskAnswer, MoveCharge } from '../../ports/front-desk.ts';
import type { Problem, Recorded } from './http-api.ts';

const recordedShape: z.ZodType<Recorded> = z.object({ entry: z.int().positive() });
const problemShape: z.ZodType<Problem> = z.object({ problem: z.string().min(1) });

const waitMs = 10_000;

/**
 * Asks the gateway that serves the control socket at `path` to move a charge. Rejects with a `Failure`: `absent` when nobody
 * serves it, `refused` when this user may not use it, `bad_input` when the gateway cannot read the request, `no_answer` when
 * it is silent or says what nobody understands.
 */
export async function askToMove(path: string, move: MoveCharge): Promise<DeskAnswer> {
  const { status, body } = await post(path, '/visits/move', move);
  const recorded = recordedShape.safeParse(body);
  if (status === 200 && recorded.success) return { done: true, entry: recorded.data.entry };
  const refused = problemShape.safeParse(body);
  const problem = refused.success ? refused.data.problem : 'it is no gateway of this version';
  if (status === 409 && refused.success) return { done: false, problem };
  if (status === 422) throw new Failure('bad_input', problem, { retry: false });
  throw new Failure('no_answer', `the gateway at \`${path}\` did not do it: ${problem}`, { retry: false });
}

function post(socketPath: string, path: string, body: object): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        socketPath,
        path,
        method: 'POST',
        headers: { host: 'localhost', 'content-type': 'application/json' },
        signal: AbortSignal.timeout(waitMs),
      },
      (answer) => {
        text(answer).then(
          (said) => resolve({ status: answer.statusCode ?? 0, body: jsonIn(said) }),
          (error: NodeJS.ErrnoException) => reject(failureOf(error, socketPath)),
        );
      },
    );
    asked.on('error', (error) => reject(failureOf(error, socketPath)));
    asked.end(JSON.stringify(body));
  });
}

function jsonIn(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return null;
  }
}

function failureOf(cause: NodeJS.ErrnoException, path: string): Failure {
  switch (cause.code) {
    case 'ENOENT':
    case 'ECONNREFUSED':
      return new Failure('absent', `no gateway answers at \`${path}\`: do it at the desk, or stop the gateway and try again`, {
        retry: true,
        cause,
      });
    case 'EACCES':
    case 'EPERM':
      return new Failure('refused', `this user may not use \`${path}\`: run the command as the user that runs the gateway`, {
        retry: false,
        cause,
      });
    default:
      return new Failure('no_answer', `the gateway at \`${path}\` did not answer: what became of it stands in the journal`, {
        retry: false,
        cause,
      });
  }
}
