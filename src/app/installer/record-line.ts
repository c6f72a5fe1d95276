import { unframed } from '../../lib/framed.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LineEvents, OpenLine } from '../../ports/transport.ts';
import { type Capture, type CapturedChunk, captureLine } from './capture.ts';

/** A `LineTransport` or one of its kinds. */
interface Opens<Open extends OpenLine> {
  readonly name: string;
  open(heard: LineEvents): Promise<Open>;
}

/**
 * The same line, with every chunk that passes told to `recorded` first. What is carried stays what it was, whatever the recorder
 * does. Times count from this call.
 */
export function recordLine<Open extends OpenLine>(
  transport: Opens<Open>,
  of: Capture['of'],
  recorded: (chunk: CapturedChunk) => void,
  clock: Clock,
): Opens<Open> {
  const startMs = clock.monotonicMs();
  const record = (direction: CapturedChunk['direction'], bytes: Uint8Array) =>
    recorded({ atMs: clock.monotonicMs() - startMs, direction, bytes });
  return {
    name: transport.name,
    async open(heard) {
      const line = await transport.open({
        bytes(chunk) {
          const parts = of === 'reports' ? unframed(chunk).messages : [chunk];
          for (const part of parts) record('in', part);
          heard.bytes(chunk);
        },
        closed: (why) => heard.closed(why),
      });
      return {
        ...line,
        write(bytes: Uint8Array) {
          record('out', bytes);
          return line.write(bytes);
        },
      };
    },
  };
}

/** Writes chunks as lines until so many characters are written; then calls `full` once, and writes no more. */
export function boundedRecorder(
  mostCharacters: number,
  write: (line: string) => void,
  full: () => void,
): (chunk: CapturedChunk) => void {
  let left = mostCharacters;
  return (chunk) => {
    if (left < 0) return;
    const line = captureLine(chunk);
    left -= line.length + 1;
    if (left >= 0) write(line);
    else full();
  };
}
