import type { CardResult } from '../ports/device.ts';
import type { PresentedCard } from '../ports/transport.ts';

/** Carries one profile's exchange with a card to its end. Rejects with a `Failure` when the card is gone. */
export async function converse(
  exchange: Generator<Uint8Array, CardResult, Uint8Array>,
  card: PresentedCard,
): Promise<CardResult> {
  let turn = exchange.next();
  while (!turn.done) turn = exchange.next(await card.transmit(turn.value));
  return turn.value;
}
