import type { ExchangeReader, Given } from '../../ports/device.ts';
import { Failure } from '../../ports/failure.ts';
import type { CardEvents, CardTransport, PresentedCard } from '../../ports/transport.ts';
import { converse } from '../converse.ts';
import type { Ear, Reading } from './ear.ts';

/** A product whose cards are asked, under one way of setting it. */
export type CardEar = Omit<Ear, 'profile'> & { profile: ExchangeReader };

/** A card that was laid on a reader, and what each product made of it. */
export interface CardArrival {
  reader: string;
  atr: Uint8Array;
  readings: Reading[];
  /** Why a product gave nothing. */
  refusals: { device: string; why: string }[];
}

export interface CardListener extends Pick<CardEvents, 'service' | 'reader'> {
  arrived(arrival: CardArrival): void;
}

/** Asks each card that is laid on with every ear, one after the other. Returns the way to stop. */
export function listenToCards(
  transport: CardTransport,
  ears: readonly CardEar[],
  random: Given['random'],
  { arrived, service, reader }: CardListener,
): () => Promise<void> {
  transport.start({
    service,
    reader,
    card(card) {
      void askWithAll(card, ears, random).then(arrived);
    },
  });
  return () => transport.stop();
}

async function askWithAll(card: PresentedCard, ears: readonly CardEar[], random: Given['random']): Promise<CardArrival> {
  const arrival: CardArrival = { reader: card.reader, atr: card.atr, readings: [], refusals: [] };
  for (const { profile, settings, changed } of ears) {
    const device = profile.id;
    try {
      const result = await converse(profile.exchange(card, settings, { secrets: {}, random }), card);
      if ('read' in result) arrival.readings.push({ device, changed, read: result.read, keys: null });
      else arrival.refusals.push({ device, why: result.refused });
    } catch (error) {
      // The card was taken away, or the service ended: what was read so far is told.
      if (!(error instanceof Failure)) throw error;
      arrival.refusals.push({ device, why: error.message });
    }
  }
  return arrival;
}
