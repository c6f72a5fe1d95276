import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { importSnapshotFile } from '../../src/adapters/store/import-snapshot-file.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import { checkConfigValue } from '../../src/config/check-config.ts';
import { type Gateway, startGateway } from '../../src/gateway.ts';
import { loadProfiles } from '../../src/load-profiles.ts';
import { fakeLog } from './fake-log.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A real gateway in this process, on real data, a free port and the devices that `config` names; stopped when the test ends. */
export async function runningGateway(config: Record<string, unknown>, snapshot?: unknown): Promise<Gateway & { data: string }> {
  const data = temporaryFolder();
  if (snapshot !== undefined) {
    const file = join(data, 'club.json');
    writeFileSync(file, JSON.stringify(snapshot));
    importSnapshotFile(file, join(data, 'club.db'), systemClock.now());
  }
  return startOn(data, config);
}

export async function startOn(data: string, config: Record<string, unknown>): Promise<Gateway & { data: string }> {
  const answer = checkConfigValue(
    { branch: 'center', data, http: { port: 0 }, ...config },
    { profiles: await loadProfiles(), locate: () => ({ line: 1, column: 1 }), folder: data, wires: 'real' },
  );
  if ('problems' in answer) throw new Error(answer.problems.map(({ problem }) => problem).join('\n'));
  const gateway = await startGateway({ config: answer.config, clock: systemClock, log: fakeLog() });
  onTestFinished(() => gateway.stop());
  return { ...gateway, data };
}

/** A small club whose people can come at any hour of any day until 2099. */
export function smallClub() {
  const pass = (id: string, memberId: string, left: number | null) => {
    return {
      id,
      typeId: 'any',
      memberIds: [memberId],
      state: 'active',
      startsOn: '2020-01-01',
      endsOn: '2099-12-31',
      visits: { left },
    };
  };
  return {
    format: 'gatehouse-snapshot/1',
    takenAt: '2026-06-15T05:00:00Z',
    branches: [{ id: 'center', name: 'Center', timeZone: 'Europe/Warsaw' }],
    membershipTypes: [{ id: 'any', title: 'Any time', terms: { entitlements: [{ scope: { any: true } }] } }],
    members: [
      { id: 'anna', name: 'Anna Kowalska', language: 'pl' },
      { id: 'piotr', name: 'Piotr Wrona', language: 'pl' },
    ],
    credentials: [
      { id: 'annas-card', kind: 'rfid', value: annasCard.id, memberId: 'anna', status: 'active' },
      { id: 'piotrs-card', kind: 'rfid', value: '01000734E0', memberId: 'piotr', status: 'active' },
    ],
    memberships: [pass('annas-pass', 'anna', 1000), pass('piotrs-pass', 'piotr', 1)],
  };
}

/** The published RDM6300 frames of device-protocols section 1. */
export const annasCard = { id: '62E3086CED', frame: Buffer.from('0236324533303836434544303803', 'hex') };
export const piotrsCard = { id: '01000734E0', frame: Buffer.from('0230313030303733344530443203', 'hex') };

export const relayOn = Buffer.from('A00101A2', 'hex');
export const relayOff = Buffer.from('A00100A1', 'hex');
