/** `npm run demo [-- --port N --data DIR]`: sets everything up and runs the demo club in this process. */
import { join } from 'node:path';
import { root, runScript, setUp } from './setup.mjs';

await runScript(async () => {
  await setUp((line) => console.log(line));
  process.argv = [process.argv[0], join(root, 'dist', 'src', 'main.js'), 'demo', ...process.argv.slice(2)];
  await import('../dist/src/main.js');
  return process.exitCode;
});
