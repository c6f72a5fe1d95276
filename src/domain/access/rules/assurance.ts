import { type Assurance, assurances } from '../../gate/gate-settings.ts';
import type { Read } from '../../member/credential.ts';
import { type PersonRule, pass, refuse } from '../tap.ts';

/** Rule 5: a gate may demand that a credential is better proven than by its number. */
export const assurance: PersonRule = {
  name: 'assurance',
  number: 5,
  check({ facts, rules }) {
    const has = assuranceOf(facts.read);
    const needed = rules.gate.minAssurance;
    return assurances.indexOf(has) < assurances.indexOf(needed)
      ? refuse('CREDENTIAL_TOO_WEAK', { needed })
      : pass('assurance', { has, needed });
  },
};

function assuranceOf({ kind, proven }: Read): Assurance {
  if (proven) return 'cryptographic';
  return kind === 'totp' || kind === 'signed' ? 'token' : 'uid';
}
