import type { Command } from 'commander';
import { parsePort } from './parse-arguments.ts';
import { stopSignal } from './stop-signal.ts';
import type { Terminal } from './terminal.ts';

export function addDemo(program: Command, terminal: Terminal): void {
  program
    .command('demo')
    .summary('run a whole demo club on this machine')
    .description(
      'Runs a gateway, a broker, readers and turnstiles simulated at the wire, and a club of 300 members. Nothing is needed but this ' +
        'program. Ctrl-C ends it; started again it goes on with its data.',
    )
    .option('--port <number>', 'where a browser finds it; 0 takes any free port', parsePort, 8080)
    .option('--data <folder>', 'where it keeps its data', 'demo-data')
    .action(async ({ port, data }: { port: number; data: string }) => {
      const [{ startDemo }, { createReadableLog }] = await Promise.all([
        import('../demo.ts'),
        import('../adapters/system/pino-log.ts'),
      ]);
      const stopped = stopSignal();
      const demo = await startDemo({ port, data, log: createReadableLog({ write: (line) => terminal.err(line.trimEnd()) }) });
      terminal.out(`The demo club is running; its data is in ${demo.data}`);
      terminal.out('');
      terminal.out(`  play with it    ${demo.url}/demo`);
      terminal.out(`  kiosk screen    ${demo.url}/`);
      const signIn = demo.signIn === null ? '' : `   (name ${demo.signIn.name}, PIN ${demo.signIn.pin})`;
      terminal.out(`  staff           ${demo.url}/staff${signIn}`);
      terminal.out('');
      terminal.out('Ctrl-C ends it.');
      await stopped;
      await demo.stop();
      terminal.out('The demo club has closed.');
    });
}
