import { describe, expect, it } from 'vitest';
import { withFallback } from '../../src/app/with-fallback.ts';
import { Failure } from '../../src/ports/failure.ts';
import type { Relay } from '../../src/ports/relay.ts';
import { fakeLog } from '../kit/fake-log.ts';

function relayThat(becomes: () => Promise<'told' | 'unknown'>) {
  const pulses: string[] = [];
  const relay: Relay & { pulses: string[] } = {
    pulses,
    pulse(direction) {
      pulses.push(direction);
      return becomes();
    },
    async stop() {
      pulses.push('stop');
    },
  };
  return relay;
}

const offline = () => Promise.reject(new Failure('absent', 'it says that it is offline', { retry: true }));

describe('a relay behind another', () => {
  it('is told when the first surely did not open', async () => {
    const [first, second, log] = [relayThat(offline), relayThat(async () => 'told'), fakeLog()];
    await expect(withFallback(first, second, { id: 'main-in', log }).pulse('out')).resolves.toBe('told');
    expect([first.pulses, second.pulses]).toEqual([['out'], ['out']]);
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { gate: 'main-in', why: 'it says that it is offline' } }]);
  });

  it.each(['told', 'unknown'] as const)('is left alone when the first says `%s`: it may have opened', async (said) => {
    const [first, second] = [relayThat(async () => said), relayThat(async () => 'told')];
    await expect(withFallback(first, second, { id: 'main-in', log: fakeLog() }).pulse('in')).resolves.toBe(said);
    expect(second.pulses).toEqual([]);
  });

  it('when neither opened, that is what is told', async () => {
    const second = relayThat(() => Promise.reject(new Failure('refused', 'unplugged', { retry: false })));
    const both = withFallback(relayThat(offline), second, { id: 'main-in', log: fakeLog() });
    await expect(both.pulse('in')).rejects.toMatchObject({ code: 'refused', message: 'unplugged' });
  });

  it('a bug in the first is no reason to open with the second', async () => {
    const second = relayThat(async () => 'told');
    const both = withFallback(
      relayThat(() => Promise.reject(new TypeError('bug'))),
      second,
      { id: 'main-in', log: fakeLog() },
    );
    await expect(both.pulse('in')).rejects.toBeInstanceOf(TypeError);
    expect(second.pulses).toEqual([]);
  });

  it('both let go at the stop', async () => {
    const [first, second] = [relayThat(offline), relayThat(offline)];
    await withFallback(first, second, { id: 'main-in', log: fakeLog() }).stop();
    expect([first.pulses, second.pulses]).toEqual([['stop'], ['stop']]);
  });
});
