import type { JSX } from 'preact';
import type { DeviceStatus } from '../../../src/adapters/web/http-api.ts';
import type { Instant } from '../../../src/domain/schedule/instant.ts';
import { agoText, momentText, type Place } from '../clock-text.ts';
import { useWords } from '../page-words.tsx';
import { type Tone, ToneSymbol } from '../tone-symbol.tsx';

/** What needs somebody stands on top. */
const order: readonly DeviceStatus['state'][] = ['down', 'unknown', 'up'];

const tones: Record<DeviceStatus['state'], Tone> = { up: 'welcome', down: 'stop', unknown: 'ask' };

/** What is known of each device. Without a connection to the gateway nothing is known. */
export function DeviceList({
  devices,
  live,
  now,
  place,
}: {
  devices: DeviceStatus[];
  live: boolean;
  now: Instant;
  place: Place;
}): JSX.Element {
  const { language, words } = useWords();
  const { devices: deviceWords } = words.desk;
  const sorted = [...devices].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return (
    <ul class="devices">
      {sorted.map(({ id, product, where, why, since, lastHeardAt, ...device }) => {
        const state = live ? device.state : 'unknown';
        return (
          <li key={id} data-tone={tones[state]}>
            <ToneSymbol tone={tones[state]} />
            <div>
              <p class="device-id">{id}</p>
              <p>
                <strong>{deviceWords.state[state]}</strong>
                {live && ` ${deviceWords.since(momentText(since, now, place))}`}
                {live && why !== '' && ` · ${why}`}
              </p>
              <p class="device-more">
                {[
                  product,
                  where,
                  lastHeardAt === null ? deviceWords.neverHeard : deviceWords.heard(agoText(lastHeardAt, now, language)),
                ]
                  .filter((text) => text !== '')
                  .join(' · ')}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
