// `node bench/fill-club.mjs FILE MEMBERS`: makes a club database. A process of its own, so that what fills it leaves nothing behind
// in the memory of what is measured.
import { openClubDatabase } from '../dist/src/adapters/store/club-store.js';
import { fillClub } from './club.mjs';

const [, , path, members] = process.argv;
const startedAt = performance.now();
const db = openClubDatabase(path);
// Nobody else reads the file yet, and a power cut loses nothing worth keeping.
db.pragma('synchronous = OFF');
db.pragma('cache_size = -262144');
fillClub(db, Number(members), (done) => {
  if (process.stdout.isTTY) process.stdout.write(`\r${done} of ${members} members `);
  else if (done % 100_000 === 0) console.log(`${done} of ${members} members`);
});
db.close();
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
console.log(
  `${process.stdout.isTTY ? '\n' : ''}loaded in ${seconds} s with ${megabytes(process.resourceUsage().maxRSS)} MB of memory`,
);

function megabytes(kilobytes) {
  return Math.round(kilobytes / 1024);
}
