import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSecrets } from '../../src/wiring/read-secrets.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const needs = { key: { bytes: [16], explanation: 'the AES key of the application' } };

describe('the file of a key', () => {
  const fileWith = (text: string) => {
    const file = join(temporaryFolder(), 'card.key');
    writeFileSync(file, text);
    return file;
  };

  it('holds hex digits, in groups and lines as people write them', () => {
    const file = fileWith('00112233 44556677\n8899aabb ccddeeff\n');
    expect(readSecrets(needs, { key: file })).toEqual({
      key: Uint8Array.from([0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff]),
    });
  });

  it.each(['00112233445566778899AABBCCDDEE', 'secret', ''])('is refused with %j in it, which is not told', (text) => {
    const file = fileWith(text);
    const message = `the file \`${file}\` must hold the key \`key\` as 32 hex digits and nothing else`;
    expect(() => readSecrets(needs, { key: file })).toThrow(expect.objectContaining({ code: 'bad_input', message }));
  });

  it('that is not there is named', () => {
    const file = join(temporaryFolder(), 'missing.key');
    expect(() => readSecrets(needs, { key: file })).toThrow(`the file \`${file}\` with the key \`key\` cannot be read`);
  });
});
