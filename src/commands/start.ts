import type { Command } from 'commander';
import { withNeeded } from './needed-options.ts';
import { readConfig } from './read-config.ts';
import { stopSignal } from './stop-signal.ts';
import type { Terminal } from './terminal.ts';

export function addStart(program: Command, terminal: Terminal): void {
  program
    .command('start')
    .summary('run the gateway of a club')
    .description(
      'Runs the gateway: reads cards, decides, opens gates, serves the screens. It goes on until Ctrl-C or SIGTERM, which let go of every device first.',
    )
    .option('--config <file>', 'the configuration; config/example.yaml explains every key')
    .action(async (options: { config?: string }, command: Command) => {
      const { config: path } = withNeeded(options, ['config'], command);
      const config = await readConfig(path, terminal);
      if (config === null) return;
      const [{ startGateway }, { systemClock }, { createStdoutLog }] = await Promise.all([
        import('../gateway.ts'),
        import('../adapters/system/system-clock.ts'),
        import('../adapters/system/pino-log.ts'),
      ]);
      const stopped = stopSignal();
      const log = createStdoutLog();
      const { url, firstSignIn, stop } = await startGateway({ config, clock: systemClock, log });
      log.info('running', { gateway: config.gateway, kiosk: url, desk: `${url}/staff`, data: config.dataFolder });
      if (firstSignIn !== null)
        log.warn('made the first PIN and token: read them there, then delete the file', { file: firstSignIn.file });
      await stopped;
      log.info('stopping');
      await stop();
      log.info('stopped');
    });
}
