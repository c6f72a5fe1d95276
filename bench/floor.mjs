// The least that any program could do at this door: bytes in, one durable row, bytes out. Nothing is looked up or decided.
import Database from 'better-sqlite3';
import { SerialPort } from 'serialport';

const [, , readerPath, relayPath, databasePath] = process.argv;
const db = new Database(databasePath);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('CREATE TABLE IF NOT EXISTS taps (number INTEGER PRIMARY KEY, at INTEGER NOT NULL, card TEXT NOT NULL) STRICT');
const insert = db.prepare('INSERT INTO taps (at, card) VALUES (?, ?)');
const on = Buffer.from('A00101A2', 'hex');
const frameLength = 14;

const reader = new SerialPort({ path: readerPath, baudRate: 9600 });
const relay = new SerialPort({ path: relayPath, baudRate: 9600 });
let pending = Buffer.alloc(0);
reader.on('data', (chunk) => {
  pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
  while (pending.length >= frameLength) {
    insert.run(Date.now(), pending.toString('latin1', 1, 11));
    relay.write(on);
    pending = pending.subarray(frameLength);
  }
});
let open = 0;
for (const port of [reader, relay]) port.on('open', () => ++open === 2 && console.log('ready'));
