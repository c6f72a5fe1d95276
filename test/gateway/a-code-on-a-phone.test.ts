import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, it } from 'vitest';
import { totpCode } from '../../src/domain/member/one-time-code.ts';
import { describeWith } from '../kit/peers.ts';
import { openPseudoTerminal } from '../kit/pseudo-terminal.ts';
import { runningGateway, smallClub, startOn } from '../kit/running-gateway.ts';
import { until } from '../kit/until.ts';

const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const { publicKey, privateKey } = generateKeyPairSync('ed25519');

/** What Anna's app shows: `<id>.<issued at>.<nonce>.<signature>`. */
function signedCode(issuedAtMs: number, nonce: string): string {
  const text = `annas-app.${Math.floor(issuedAtMs / 1000)}.${nonce}`;
  return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`;
}

function clubWithPhones() {
  const club = smallClub();
  const signed = { id: 'annas-app', kind: 'signed', value: publicKey.export({ format: 'jwk' }).x ?? '' };
  const rotating = { id: 'piotrs-phone', kind: 'totp', value: secret };
  club.credentials.push({ ...signed, memberId: 'anna', status: 'active' }, { ...rotating, memberId: 'piotr', status: 'active' });
  return club;
}

describeWith('python3', "a phone's code before a scanner that sends lines", () => {
  const wired = (path: string, gate: object = {}) => ({
    readers: { entrance: { gate: 'main-in', device: 'line', serial: { path }, settings: { kind: 'qr' } } },
    gates: { 'main-in': { charge: 'per_entry', doubleReadSeconds: 0, minAssurance: 'token', ...gate } },
  });
  type Gateway = Awaited<ReturnType<typeof runningGateway>>;
  const codes = (gateway: Gateway) =>
    gateway.box.central.journalAfter(0, 99).entries.map(({ event }) => 'decision' in event && event.decision.code);
  const isUp = (gateway: Gateway) => gateway.box.health.get('reader entrance')?.state === 'up';

  it('opens once where a one-time code is asked for, rotating or signed; what was copied comes too late, a restart between them or not', async () => {
    const scanner = await openPseudoTerminal();
    const scan = (text: string) => scanner.write(Buffer.from(`${text}\r\n`));
    const gateway = await runningGateway(wired(scanner.path), clubWithPhones());
    await until('the scanner is up', () => isUp(gateway));
    gateway.box.frontDesk.confirmClock();
    const now = Date.now();
    const rotating = `piotrs-phone.${totpCode(secret, now)}`;
    const signed = signedCode(now, 'n1');
    for (const [place, text] of [
      signed,
      rotating,
      rotating,
      signed,
      signedCode(now - 120_000, 'n2'),
      signedCode(now + 120_000, 'n3'),
    ].entries()) {
      scan(text);
      await until(`code ${place} was answered`, () => codes(gateway).length === place + 1);
    }
    const replayed = 'CREDENTIAL_REPLAYED';
    expect(codes(gateway)).toEqual(['OK', 'OK', replayed, replayed, replayed, replayed]);

    await gateway.stop();
    const again = await startOn(gateway.data, wired(scanner.path));
    await until('the scanner is up again', () => isUp(again));
    scan(signed);
    await until('it was answered', () => codes(again).length === 7);
    expect(codes(again).at(-1)).toBe(replayed);
  });
});
