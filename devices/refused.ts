/** Products that are known and not supported, by the names that people give them: what is wrong with them, and what to take instead. */
export const refusedProducts: ReadonlyMap<string, string> = new Map(
  ['icstation', 'icse012a', 'icse013a', 'icse014a'].map((name) => [
    name,
    // opentracelab.github.io, ICSE012A/013A/014A; maker and users disagree on which bit closes a contact.
    'ICStation boards may close their contacts when the power comes back, and asking one who it is can switch it: no board to open a gate with; ' +
      'take one that `gatehouse devices profiles` lists',
  ]),
);
