import type { RelayParts } from '../app/relay-parts.ts';
import { type LineBoard, runLineBoard } from '../app/run-line-board.ts';
import type { LineAddress } from '../config/config.ts';
import type { LineRelay } from '../ports/device.ts';
import { lineOf } from './line-of.ts';

/** The board on that line: the same one for every relay that hangs there. */
export type BoardOf = (profile: LineRelay, address: LineAddress) => LineBoard;

export function shareBoards(parts: Pick<RelayParts, 'clock' | 'log'>): BoardOf {
  const boards = new Map<string, LineBoard>();
  return (profile, address) => {
    const transport = lineOf(address);
    const board = boards.get(transport.name) ?? runLineBoard(profile, transport, parts);
    boards.set(transport.name, board);
    return board;
  };
}
