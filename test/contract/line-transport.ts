import { describe, expect, it, vi } from 'vitest';
import { Failure } from '../../src/ports/failure.ts';
import type { LineEvents, LineTransport } from '../../src/ports/transport.ts';

/** A line and the device at its far end. */
export interface LineUnderTest {
  line: LineTransport;
  far: {
    write(bytes: Uint8Array): void;
    onBytes(heard: (bytes: Uint8Array) => void): void;
    unplug(): unknown;
  };
}

/** What every line promises, whatever carries the bytes. `connect` plugs a device in for one test; `absent` makes a line to nothing. */
export function describeLineTransport(
  title: string,
  { connect, absent }: { connect: () => Promise<LineUnderTest>; absent: () => Promise<LineTransport> },
): void {
  describe(`the line promises: ${title}`, () => {
    it('the device is heard, whole and in order, in whatever pieces it sends', async () => {
      const { line, far } = await connect();
      const { heard, events } = record();
      const open = await line.open(events);
      const frame = Uint8Array.from({ length: 256 }, (_, index) => index);

      far.write(frame);
      for (const byte of frame) far.write(Uint8Array.of(byte));
      far.write(frame);

      await vi.waitFor(() => expect(Buffer.concat(heard).length).toBe(3 * 256));
      expect(Buffer.concat(heard)).toEqual(Buffer.concat([frame, frame, frame]));
      await open.close();
    });

    it('what was heard stays as it was when more comes', async () => {
      const { line, far } = await connect();
      const { heard, events } = record();
      const open = await line.open(events);
      far.write(Buffer.from('first'));
      await vi.waitFor(() => expect(Buffer.concat(heard).toString()).toBe('first'));
      far.write(Buffer.from('again'));
      await vi.waitFor(() => expect(Buffer.concat(heard).toString()).toBe('firstagain'));
      await open.close();
    });

    it('the device gets every byte of every value, in the order they were written', async () => {
      const { line, far } = await connect();
      const got: Uint8Array[] = [];
      far.onBytes((bytes) => got.push(bytes));
      const open = await line.open(record().events);
      const frame = Uint8Array.from({ length: 256 }, (_, index) => 255 - index);

      await Promise.all([open.write(frame), open.write(Buffer.from('second')), open.write(Buffer.from('third'))]);

      const sent = Buffer.concat([frame, Buffer.from('secondthird')]);
      await vi.waitFor(() => expect(Buffer.concat(got)).toEqual(sent));
      await open.close();
    });

    it('an unplugged device is told once, in words', async () => {
      const { line, far } = await connect();
      const { closed, events } = record();
      await line.open(events);
      await far.unplug();
      await vi.waitFor(() => expect(closed).toHaveLength(1));
      expect(closed[0]).toContain(line.name);
      await settle();
      expect(closed).toHaveLength(1);
    });

    it('what is written to an unplugged device is refused', async () => {
      const { line, far } = await connect();
      const { closed, events } = record();
      const open = await line.open(events);
      await far.unplug();
      await vi.waitFor(() => expect(closed).toHaveLength(1));
      await expect(open.write(Uint8Array.of(1))).rejects.toSatisfy(isFailure('absent'));
      await open.close();
      expect(closed).toHaveLength(1);
    });

    it('who lets go of a line is not told that it closed, and hears nothing more', async () => {
      const { line, far } = await connect();
      const { heard, closed, events } = record();
      const open = await line.open(events);
      const closing = open.close();
      far.write(Buffer.from('late'));
      await closing;
      await open.close();
      await settle();
      await far.unplug();
      await settle();
      expect(closed).toEqual([]);
      expect(heard).toEqual([]);
      await expect(open.write(Uint8Array.of(1))).rejects.toSatisfy(isFailure('absent'));
    });

    it('a line that was let go can be opened again', async () => {
      const { line, far } = await connect();
      await (await line.open(record().events)).close();
      const { heard, events } = record();
      const open = await line.open(events);
      far.write(Buffer.from('hello'));
      await vi.waitFor(() => expect(Buffer.concat(heard).toString()).toBe('hello'));
      await open.close();
    });

    it('a device that is not there cannot be opened, and may come back', async () => {
      const line = await absent();
      const failure = await line.open(record().events).catch((error: unknown) => error);
      expect(failure).toSatisfy(isFailure('absent'));
      expect(failure).toMatchObject({ retry: true, message: expect.stringContaining(`\`${line.name}\``) });
    });
  });
}

/** Keeps what a line tells. */
export function record(): { heard: Uint8Array[]; closed: string[]; events: LineEvents } {
  const heard: Uint8Array[] = [];
  const closed: string[] = [];
  return { heard, closed, events: { bytes: (chunk) => heard.push(chunk), closed: (why) => closed.push(why) } };
}

export function isFailure(code: Failure['code']): (error: unknown) => boolean {
  return (error) => error instanceof Failure && error.code === code;
}

/** Lets everything that is on its way inside this process arrive. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
