import fc from 'fast-check';
import { expect, test } from 'vitest';
import { framed, unframed } from '../../src/lib/framed.ts';

test('messages come out as they went in, wherever the line was cut', () => {
  const messages = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 });
  fc.assert(
    fc.property(messages, fc.nat(), (sent, cut) => {
      const wire = new Uint8Array(Buffer.concat(sent.map(framed)));
      const at = wire.length === 0 ? 0 : cut % wire.length;
      const first = unframed(wire.subarray(0, at));
      const second = unframed(new Uint8Array(Buffer.concat([first.rest, wire.subarray(at)])));
      expect([...first.messages, ...second.messages]).toEqual(sent);
      expect(second.rest).toHaveLength(0);
    }),
  );
});
