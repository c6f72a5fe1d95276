// `npm run mutation [-- FOLDER …]`: tries mutants of src/domain folder by folder, each against its own folder's tests, and says
// which survive. Folders: access, gate, journal, kiosk, member, schedule; `access/rules/term` tries one file of one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const everything = ['gate', 'journal', 'kiosk', 'member', 'schedule', 'access'];
const wanted = process.argv.slice(2);
const counts = [];

for (const part of wanted.length > 0 ? wanted : everything) {
  const [folder] = part.split('/');
  if (!everything.includes(folder)) {
    console.error(`there is no folder \`${folder}\` in src/domain: there are ${everything.join(', ')}`);
    process.exit(2);
  }
  const mutate = part === folder ? `src/domain/${folder}/**/*.ts,!src/domain/kiosk/texts/*.ts` : `src/domain/${part}.ts`;
  const stryker = spawn(process.execPath, ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', '-m', mutate], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MUTATION_TESTS: folder },
  });
  const [code] = await once(stryker, 'exit');
  if (code !== 0) process.exit(code ?? 1);
  counts.push({ part, ...countIn(JSON.parse(readFileSync(`${root}/reports/mutation.json`, 'utf8'))) });
}

for (const { part, killed, survived } of counts) {
  const score = ((100 * killed) / Math.max(1, killed + survived)).toFixed(1);
  console.log(`${part.padEnd(24)} ${String(killed).padStart(5)} killed ${String(survived).padStart(4)} survived  ${score} %`);
}

function countIn({ files }) {
  const states = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  return {
    killed: states.filter((status) => status === 'Killed' || status === 'Timeout').length,
    survived: states.filter((status) => status === 'Survived' || status === 'NoCoverage').length,
  };
}
