import jsonLogic from 'json-logic-js';

const of = (name) => ({ var: `membership.${name}` });
const now = (name) => ({ var: `visit.${name}` });

const rule = {
  and: [
    { '===': [of('state'), 'active'] },
    { '>=': [now('today'), of('startsOn')] },
    { '<=': [now('today'), of('endsOn')] },
    { '===': [of('debt'), 0] },
    { in: [now('branch'), of('branchIds')] },
    { in: [now('service'), of('services')] },
    { in: [now('weekDay'), of('weekDays')] },
    { '>=': [now('minute'), of('fromMinute')] },
    { '<': [now('minute'), of('toMinute')] },
    { or: [{ '<': [now('today'), of('frozenFrom')] }, { '>=': [now('today'), of('frozenUntil')] }] },
    { '>': [of('visitsLeft'), 0] },
    { '<': [of('visitsToday'), of('maxPerDay')] },
  ],
};

/** json-logic-js walks the rule's JSON at each call; it has nothing to compile. */
export default {
  name: 'json-logic-js',
  prepare: (input) => input,
  admits: (input) => jsonLogic.apply(rule, input),
};
