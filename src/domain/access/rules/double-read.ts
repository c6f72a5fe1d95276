import { credentialKey } from '../../member/one-time-code.ts';
import { secondMs } from '../../schedule/instant.ts';
import { pass, type TapRule } from '../tap.ts';

/**
 * Rule 25: the same credential again within `doubleReadSeconds` of its last answered read (5.000 s included), or while the
 * gate is still open for it, repeats that answer; the relay is not told again and nothing is journalled.
 */
export const doubleRead: TapRule = {
  name: 'double-read',
  number: 25,
  check({ facts, rules }) {
    const { lastRead, waitingFor } = facts.gate;
    if (lastRead === null) return pass('double-read', {});
    const sinceMs = facts.now - lastRead.at;
    const again = sinceMs >= 0 && sinceMs <= rules.gate.doubleReadSeconds * secondMs;
    return again || waitingFor?.read === credentialKey(facts.read)
      ? { result: 'repeated', decision: lastRead.decision, saw: {} }
      : pass('double-read', {});
  },
};
