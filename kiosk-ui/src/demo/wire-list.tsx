import type { JSX } from 'preact';
import { clockTextWithSeconds, type Place } from '../clock-text.ts';
import { Icon } from '../icon.tsx';
import { useWords } from '../page-words.tsx';
import type { Wire } from './demo-state.ts';
import { wireText } from './wire-text.ts';

/** The bytes themselves, newest on top. */
export function WireList({ wires, place }: { wires: Wire[]; place: Place }): JSX.Element {
  const { words } = useWords();
  const { demo } = words;
  return (
    <section class="log wires" tabIndex={0} aria-label={demo.wires}>
      <h2>{demo.wires}</h2>
      <p class="log-means">{demo.wiresMeans}</p>
      {wires.length === 0 && <p class="empty">{demo.wiresEmpty}</p>}
      <ol>
        {wires.map(({ number, at, gate, device, direction, bytes, times }) => {
          const { hex, text } = wireText(bytes);
          return (
            <li key={number} data-direction={direction}>
              <p class="log-head">
                <time>
                  {clockTextWithSeconds(at, place)}.{String(at % 1_000).padStart(3, '0')}
                </time>
                <strong>{device}</strong>
                <span>{gate}</span>
                {times > 1 && <span class="times">× {times}</span>}
              </p>
              <p class="log-direction">
                <Icon name={direction === 'to gateway' ? 'up' : 'down'} />
                {demo.direction[direction]}
              </p>
              {hex !== null && <p class="bytes">{hex}</p>}
              {text !== null && <p class="bytes text">{text}</p>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
