export interface StreamedEvent {
  event: string;
  data: unknown;
}

export interface EventStreamReader {
  response: Response;
  /** The next event of the stream; null when it ended. */
  next(): Promise<StreamedEvent | null>;
  /** Goes away, as a page that is closed. */
  leave(): void;
}

/** Reads server-sent events over real HTTP. */
export async function openEventStream(url: string, headers: Record<string, string> = {}): Promise<EventStreamReader> {
  const page = new AbortController();
  const response = await fetch(url, { headers, signal: page.signal });
  const events = eventsOf(response);
  return {
    response,
    async next() {
      const { value, done } = await events.next();
      return done ? null : value;
    },
    leave: () => page.abort(),
  };
}

async function* eventsOf(response: Response): AsyncGenerator<StreamedEvent, void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      yield { event: field(block, 'event'), data: JSON.parse(field(block, 'data')) };
    }
  }
}

function field(block: string, name: string): string {
  const line = block.split('\n').find((each) => each.startsWith(`${name}: `));
  return line === undefined ? '' : line.slice(name.length + 2);
}
