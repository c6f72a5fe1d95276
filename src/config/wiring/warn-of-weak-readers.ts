import type { ReaderConfig } from '../config.ts';
import type { Findings } from '../findings.ts';
import type { WiringFile } from './wiring.ts';

/** Says where a gate asks for more proof (rule 5) than any of its readers can bring: only staff cards would open it. */
export function warnOfWeakReaders({ gates, readers }: WiringFile, resolved: readonly ReaderConfig[], { warn }: Findings): void {
  for (const [id, { minAssurance }] of gates) {
    if (minAssurance === 'uid') continue;
    const here = resolved.filter(({ gate }) => gate === id);
    const isWhole = here.length === [...readers.values()].filter(({ gate }) => gate === id).length;
    if (!isWhole || here.length === 0 || here.some((reader) => mayBring(minAssurance, reader))) continue;
    const remedy = 'use a product that asks cards for a proof, such as `desfire` or `ntag424`';
    const wanted = minAssurance === 'token' ? `a scanner for one-time codes, or ${remedy}` : remedy;
    warn(
      ['gates', id, 'minAssurance'],
      `no reader of gate \`${id}\` brings \`${minAssurance}\`, so it opens for staff cards only: ${wanted}`,
    );
  }
}

/** A product that needs keys for cards asks them for a proof; whatever reads text may read a one-time code. */
function mayBring(assurance: 'token' | 'cryptographic', { speaks, profile }: ReaderConfig): boolean {
  const asksCards = speaks === 'exchange' && 'secrets' in profile && Object.keys(profile.secrets ?? {}).length > 0;
  return asksCards || (assurance === 'token' && speaks !== 'exchange');
}
