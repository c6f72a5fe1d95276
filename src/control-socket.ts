import { join } from 'node:path';

/** Where the gateway that runs on a data folder hears its own command line. */
export function controlSocket(dataFolder: string): string {
  return join(dataFolder, 'control.sock');
}
