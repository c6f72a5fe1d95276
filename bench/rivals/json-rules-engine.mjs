import { Engine } from 'json-rules-engine';

const fact = (name) => ({ fact: name });

const engine = new Engine([
  {
    conditions: {
      all: [
        { fact: 'state', operator: 'equal', value: 'active' },
        { fact: 'today', operator: 'onOrAfter', value: fact('startsOn') },
        { fact: 'today', operator: 'onOrBefore', value: fact('endsOn') },
        { fact: 'debt', operator: 'equal', value: 0 },
        { fact: 'branch', operator: 'in', value: fact('branchIds') },
        { fact: 'service', operator: 'in', value: fact('services') },
        { fact: 'weekDay', operator: 'in', value: fact('weekDays') },
        { fact: 'minute', operator: 'greaterThanInclusive', value: fact('fromMinute') },
        { fact: 'minute', operator: 'lessThan', value: fact('toMinute') },
        {
          any: [
            { fact: 'today', operator: 'before', value: fact('frozenFrom') },
            { fact: 'today', operator: 'onOrAfter', value: fact('frozenUntil') },
          ],
        },
        { fact: 'visitsLeft', operator: 'greaterThan', value: 0 },
        { fact: 'visitsToday', operator: 'lessThan', value: fact('maxPerDay') },
      ],
    },
    event: { type: 'admitted' },
  },
]);
// Its own comparisons are of numbers.
engine.addOperator('before', (date, other) => date < other);
engine.addOperator('onOrBefore', (date, other) => date <= other);
engine.addOperator('onOrAfter', (date, other) => date >= other);

/** json-rules-engine takes facts by name and answers with a promise. Flat facts spare it the look-up by path. */
export default {
  name: 'json-rules-engine',
  answersLater: true,
  prepare: ({ membership, visit }) => ({ ...membership, ...visit }),
  admits: async (facts) => (await engine.run(facts)).events.length > 0,
};
