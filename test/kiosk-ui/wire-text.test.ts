import { describe, expect, it } from 'vitest';
import { wireText } from '../../kiosk-ui/src/demo/wire-text.ts';

describe('bytes on the demo page', () => {
  it('stand as hex in pairs, and as text where a reader sends letters', () => {
    expect(wireText('0230463031383446303741373603')).toEqual({
      hex: '02 30 46 30 31 38 34 46 30 37 41 37 36 03',
      text: '·0F0184F07A76·',
    });
  });

  it('stand as hex alone where they say nothing as text', () => {
    expect(wireText('a0 01 01 a2')).toEqual({ hex: 'A0 01 01 A2', text: null });
  });

  it('stand as they are when they are a message', () => {
    expect(wireText('gate/main/set on')).toEqual({ hex: null, text: 'gate/main/set on' });
  });
});
