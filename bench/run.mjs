// `npm run bench [-- --only tap|decision] [--taps N] [--members N]`: every measurement that docs/speed.md speaks of.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runScript, setUp } from '../scripts/setup.mjs';

const parts = { tap: { file: 'tap-to-relay.mjs', options: ['taps'] }, decision: { file: 'decision.mjs', options: ['members'] } };
const { values } = parseArgs({ options: { only: { type: 'string' }, taps: { type: 'string' }, members: { type: 'string' } } });
const wanted = Object.keys(parts).filter((part) => values.only === undefined || values.only === part);
if (wanted.length === 0) {
  console.error(`there is no \`${values.only}\`: --only takes ${Object.keys(parts).join(' or ')}`);
  process.exit(2);
}

await runScript(async () => {
  await setUp((line) => console.log(line));
  for (const part of wanted) {
    const code = await run(parts[part]);
    if (code !== 0) return code;
  }
  return 0;
});

async function run({ file, options }) {
  const args = options.filter((name) => values[name] !== undefined).flatMap((name) => [`--${name}`, values[name]]);
  const path = fileURLToPath(new URL(file, import.meta.url));
  const [code] = await once(spawn(process.execPath, [path, ...args], { stdio: 'inherit' }), 'exit');
  return code ?? 1;
}
