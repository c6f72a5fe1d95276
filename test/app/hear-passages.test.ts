import { beforeEach, describe, expect, it } from 'vitest';
import shelly from '../../devices/relays/shelly-gen2.ts';
import { hearPassages } from '../../src/app/hear-passages.ts';
import { createHealth } from '../../src/app/watch-health.ts';
import { type FakeBrokerServer, fakeBrokerServer } from '../kit/fake-broker.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { fakeLog } from '../kit/fake-log.ts';

describe('a device that only sees people go through', () => {
  let server: FakeBrokerServer;
  let heard: string[];
  let health: ReturnType<typeof createHealth>;
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

  beforeEach(async () => {
    server = fakeBrokerServer();
    heard = [];
    health = createHealth({ clock: fakeClock(), log: fakeLog() });
    const device = health.register({ id: 'passage main-in', product: shelly.name, where: '' });
    hearPassages(shelly, shelly.settings.parse({ prefix: 'arm', passageInput: 0 }), server.connect(), device, {
      passage: (direction) => heard.push(`passage ${direction}`),
      input: (input, closed) => heard.push(`input ${input} ${closed ? 'closed' : 'open'}`),
      inputsLost: () => heard.push('lost'),
    });
    await settled();
  });

  it('is asked how it stands whenever the broker comes, and is never told to move anything', async () => {
    const asked = server.published.length;
    expect(asked).toBeGreaterThan(0);
    expect(server.published.map(({ payload }) => payload).join()).not.toContain('Switch.Set');
    server.stop();
    server.start();
    await settled();
    expect(server.published.length).toBe(2 * asked);
  });

  it('says on the status page when the broker is gone, and its inputs are unknown from then on', async () => {
    server.retain('arm/online', 'true');
    await settled();
    expect(health.get('passage main-in')).toMatchObject({ state: 'up' });
    server.stop();
    await settled();
    expect(health.get('passage main-in')).toMatchObject({ state: 'down', why: 'the broker is not connected' });
    expect(heard.at(-1)).toBe('lost');
    server.start();
    await settled();
    expect(health.get('passage main-in')).toMatchObject({ state: 'up' });
  });
});
