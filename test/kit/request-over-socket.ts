import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/** One HTTP request over a Unix domain socket, as anything else on the machine may send it. */
export function requestOverSocket(
  socketPath: string,
  {
    path = '/',
    method = 'POST',
    type = 'application/json',
    body = '',
  }: { path?: string; method?: string; type?: string; body?: string },
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, method, headers: { 'content-type': type } }, (answer) => {
      text(answer).then((said) => resolve({ status: answer.statusCode ?? 0, body: said }), reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
