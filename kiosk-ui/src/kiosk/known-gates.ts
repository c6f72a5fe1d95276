import { useEffect, useState } from 'preact/hooks';
import type { KioskGate } from '../../../src/adapters/web/http-api.ts';

const askEveryMs = 5_000;

/** The ids of the gateway's gates, asked for only while `wanted` and until it answers; null: not known. */
export function useKnownGates(wanted: boolean): string[] | null {
  const [gates, setGates] = useState<string[] | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const ask = async (): Promise<void> => {
      const answer = await fetch('/kiosk/api/gates').catch(() => null);
      if (!answer?.ok) return;
      const known = (await answer.json()) as KioskGate[];
      setGates(known.map(({ id }) => id));
    };
    void ask();
    const timer = setInterval(() => void ask(), askEveryMs);
    return () => clearInterval(timer);
  }, [wanted]);
  return gates;
}
