import type { Command } from 'commander';
import type { LineTarget } from '../wiring/parse-target.ts';
import { withNeeded } from './needed-options.ts';
import { parseBaud, parseCount, parseLineTarget, parseOsdpAddress } from './parse-arguments.ts';
import { stopSignal } from './stop-signal.ts';
import type { Terminal } from './terminal.ts';

interface OsdpKeyOptions {
  address?: number;
  baud: number;
  keyFile?: string;
  minutes: number;
}

export function addOsdpKey(devices: Command, terminal: Terminal): void {
  devices
    .command('osdp-key')
    .summary('give an OSDP reader a key of its own')
    .description(
      'Makes a key, writes it into a new file that only you can read, gives it to the reader and proves it. Until then the reader is spoken ' +
        'with under the key that every reader comes with, for some minutes: do it at a table, with nobody else on the cable. The ' +
        'gateway must not hold the port meanwhile. The key is never shown.',
    )
    .argument('<port>', 'a serial port (/dev/…), or host:port of a serial server', parseLineTarget)
    .option('--address <number>', 'the address of the reader, 0 to 126', parseOsdpAddress)
    .option('--key-file <file>', 'where the key is written; must not be there yet')
    .option('--baud <speed>', 'speed of the line', parseBaud, 9600)
    .option('--minutes <count>', 'how long to look for the reader', parseCount, 5)
    .action(async (target: LineTarget, options: OsdpKeyOptions, command: Command) => {
      const { address, keyFile, baud, minutes } = withNeeded(options, ['address', 'keyFile'], command);
      if (target.kind === 'hid') command.error('error: an OSDP reader hangs on a serial port (/dev/…) or behind host:port');
      const [{ setOsdpKey }, { lineTo }, { systemClock }] = await Promise.all([
        import('../wiring/set-osdp-key.ts'),
        import('../wiring/device-target.ts'),
        import('../adapters/system/system-clock.ts'),
      ]);
      const progress = (words: string) => terminal.err(words);
      const line = lineTo(target, baud);
      const stopped = stopSignal();
      await setOsdpKey({ line, baudRate: baud, address, keyFile, minutes, clock: systemClock, progress, stopped });
      terminal.out(`the reader at address ${address} has a key of its own, and proved it; the key is in ${keyFile}`);
      terminal.out(`Name it in the configuration: secrets: { key: ${keyFile} }`);
    });
}
