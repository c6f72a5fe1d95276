import { describe, expect, test } from 'vitest';
import { editConfig, type GroupChange } from '../../src/config/edit-config.ts';

const at = ['readers', 'entrance'];

function edited(text: string, change: GroupChange, whole: string[] = []): string {
  const answer = editConfig(text, at, change, whole);
  return 'text' in answer ? answer.text : answer.problem;
}

const block = `# the club
readers:
  entrance: # at the door
    gate: main-in
    device: rdm6300 # 125 kHz
    serial: { path: /dev/ttyUSB0 }   # left
    settings:
      # as the club's data has them
      number: full # all digits

  desk: { gate: main-in, device: pcsc, pcsc: {} }
`;

describe('only what is asked for changes; remarks and spaces stay', () => {
  test('a setting that stands there', () => {
    expect(edited(block, { settings: { number: 'low24' } })).toBe(block.replace('number: full', 'number: low24'));
  });

  test('a setting more', () => {
    const changed = edited(block, { settings: { digits: 8 } });
    expect(changed).toBe(block.replace('# all digits\n', '# all digits\n      digits: 8\n'));
  });

  test('another product: the settings of the old one go', () => {
    const changed = edited(block, { device: 'promag', settings: { byteOrder: 'msb_first' } }, ['settings']);
    expect(changed).toContain('    device: promag # 125 kHz\n');
    expect(changed).toContain('{ byteOrder: msb_first }');
    expect(changed).not.toContain('number');
    expect(changed).toContain('  desk: { gate: main-in, device: pcsc, pcsc: {} }\n');
  });

  test('settings where none stood, behind the product', () => {
    const text = 'readers:\n  entrance:\n    device: rdm6300 # 125 kHz\n    gate: main-in\n';
    expect(edited(text, { settings: { number: 'low32' } })).toBe(
      'readers:\n  entrance:\n    device: rdm6300 # 125 kHz\n    settings: { number: low32 }\n    gate: main-in\n',
    );
  });

  test.each([
    ['{ gate: main-in, device: rdm6300 }', '{ gate: main-in, device: rdm6300, settings: { number: low24 } }'],
    ['{ device: rdm6300, settings: {}, gate: main-in }', '{ device: rdm6300, settings: { number: low24 }, gate: main-in }'],
    ['{ settings: { a: 1 }, device: rdm6300 }', '{ settings: { a: 1, number: low24 }, device: rdm6300 }'],
    ['{ settings: { "number": "full" }, device: rdm6300 }', '{ settings: { "number": low24 }, device: rdm6300 }'],
  ])('a reader on one line: %s', (before, after) => {
    expect(edited(`readers:\n  entrance: ${before} # x\n`, { settings: { number: 'low24' } })).toBe(
      `readers:\n  entrance: ${after} # x\n`,
    );
  });

  test('a file in JSON', () => {
    const text = '{"readers": {"entrance": {"gate": "main-in", "device": "rdm6300"}}}';
    expect(edited(text, { device: 'promag', settings: { numberBytes: 7 } })).toBe(
      '{"readers": {"entrance": {"gate": "main-in", "device": promag, settings: { numberBytes: 7 }}}}',
    );
  });

  test('nothing to change, and a file without a last line end', () => {
    expect(edited(block, { device: 'rdm6300', settings: { number: 'full' } })).toBe(block);
    expect(edited('readers:\n  entrance:\n    device: rdm6300', { settings: { number: 'low24' } })).toBe(
      'readers:\n  entrance:\n    device: rdm6300\n    settings: { number: low24 }',
    );
  });

  test('text that would be taken for something else is put in quotes', () => {
    expect(
      edited('readers:\n  entrance: { device: line }', { settings: { prefix: '4005', suffix: 'true', case: 'upper' } }),
    ).toBe('readers:\n  entrance: { device: line, settings: { prefix: "4005", suffix: "true", case: upper } }');
  });
});

describe('groups in groups', () => {
  const gate = (text: string, change: GroupChange) => {
    const answer = editConfig(text, ['gates', 'main-in'], change);
    return 'text' in answer ? answer.text : answer.problem;
  };
  const learnt = { passage: 'reported', contacts: { passIn: { input: 1, closed: 'at_rest', debounceMs: 30 } } };

  test('are added to a gate of nothing, and to one in lines', () => {
    expect(gate('gates:\n  main-in: {} # the door\n', learnt)).toBe(
      'gates:\n  main-in: { passage: reported, contacts: { passIn: { input: 1, closed: at_rest, debounceMs: 30 } } } # the door\n',
    );
    expect(gate('gates:\n  main-in:\n    relay:\n      device: lcus\n      # a remark\n  out: {}\n', learnt)).toBe(
      'gates:\n  main-in:\n    relay:\n      device: lcus\n    passage: reported\n' +
        '    contacts: { passIn: { input: 1, closed: at_rest, debounceMs: 30 } }\n      # a remark\n  out: {}\n',
    );
  });

  test('are changed where they stand, and what stands beside them stays', () => {
    const text =
      'gates:\n  main-in:\n    passage: assumed # for now\n    contacts:\n      fire: { input: 4 }\n      passIn: { input: 2 }\n';
    expect(gate(text, learnt)).toBe(
      'gates:\n  main-in:\n    passage: reported # for now\n    contacts:\n      fire: { input: 4 }\n' +
        '      passIn: { input: 1, closed: at_rest, debounceMs: 30 }\n',
    );
  });
});

describe('what cannot be changed in place is refused, with what to write', () => {
  test.each([
    ['readers: {}\n', /`readers.entrance` is not there: write it by hand: \{ settings: \{ number: low24 \} \}/],
    ['r: &r { device: rdm6300 }\nreaders: { entrance: *r }\n', /is not written out here/],
    [
      'readers:\n  entrance: { device: rdm6300, settings: &s { number: full } }\n  desk: { device: rdm6300, settings: *s }\n',
      /cannot be changed in place/,
    ],
    ['s: &s { number: full }\nreaders: { entrance: { device: rdm6300, settings: *s } }\n', /cannot be changed in place/],
  ])('%j', (text, why) => {
    expect(edited(text, { settings: { number: 'low24' } })).toMatch(why);
  });
});
