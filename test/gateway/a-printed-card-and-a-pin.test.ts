import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sha256 } from '../../src/lib/sha256.ts';
import { describeWith } from '../kit/peers.ts';
import { openPseudoTerminal } from '../kit/pseudo-terminal.ts';
import { runningGateway, smallClub, startOn } from '../kit/running-gateway.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { until } from '../kit/until.ts';

describeWith('python3', 'a club whose list was typed off the cards', () => {
  const credentials = [
    { id: 'annas-card', kind: 'rfid', value: '126,58404', memberId: 'anna', status: 'active' },
    { id: 'piotrs-pin', kind: 'pin', value: `sha256:s:${sha256('s4711')}`, memberId: 'piotr', status: 'active' },
  ];
  const line = (text: string) => Buffer.from(`${text}\r\n`, 'latin1');

  async function hardware() {
    const folder = temporaryFolder();
    const reader = await openPseudoTerminal({ link: join(folder, 'reader') });
    const pins = await openPseudoTerminal({ link: join(folder, 'pins') });
    const config = {
      cardNumbers: { spelled: ['full', '3D5D'] },
      readers: {
        entrance: { gate: 'main-in', device: 'ironlogic', serial: { path: reader.path } },
        pins: { gate: 'main-in', device: 'keypad-text', serial: { path: pins.path }, keypad: { length: 4 } },
      },
      gates: { 'main-in': { doubleReadSeconds: 0 } },
    };
    return { reader, pins, config };
  }
  const codes = (gateway: Awaited<ReturnType<typeof runningGateway>>) =>
    gateway.box.central.journalAfter(0, 99).entries.map(({ event }) => ('decision' in event ? event.decision.code : event.kind));
  const areUp = (gateway: Awaited<ReturnType<typeof runningGateway>>) =>
    ['reader entrance', 'reader pins'].every((id) => gateway.box.health.get(id)?.state === 'up');

  it('a card opens by its printed number, is known for good after a restart, and a PIN opens at the same gate', async () => {
    const { reader, pins, config } = await hardware();
    const gateway = await runningGateway(config, { ...smallClub(), credentials });
    await until('the readers are up', () => areUp(gateway));
    reader.write(line('Em-Marine[5500] 126,58404'));
    reader.write(line('No card'));
    await until('Anna was let in', () => codes(gateway).length === 1);
    await gateway.stop();

    const again = await startOn(gateway.data, config);
    await until('the readers are up again', () => areUp(again));
    reader.write(line('Em-Marine[6601] 126,58404'));
    await until('the other card was refused', () => codes(again).length === 2);
    reader.write(line('Em-Marine[5500] 126,58404'));
    await until('Anna was let in again', () => codes(again).length === 3);
    pins.write(Buffer.from('4711'));
    await until('Piotr was let in', () => codes(again).length === 4);
    pins.write(Buffer.from('1234'));
    await until('a wrong PIN was refused', () => codes(again).length === 5);
    expect(codes(again)).toEqual(['OK', 'AMBIGUOUS_CREDENTIAL', 'OK_REENTRY', 'OK', 'UNKNOWN_CREDENTIAL']);
    expect(JSON.stringify(again.box.central.journalAfter(0, 99))).not.toContain('1234"');
  });
});
