import { newEnforcer, newModelFromString } from 'casbin';

const model = newModelFromString(`
[request_definition]
r = membership, visit

[policy_definition]
p = sub, obj, act

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.membership.state == 'active' && \\
  r.visit.today >= r.membership.startsOn && \\
  r.visit.today <= r.membership.endsOn && \\
  r.membership.debt == 0 && \\
  (r.visit.branch in r.membership.branchIds) && \\
  (r.visit.service in r.membership.services) && \\
  (r.visit.weekDay in r.membership.weekDays) && \\
  r.visit.minute >= r.membership.fromMinute && \\
  r.visit.minute < r.membership.toMinute && \\
  (r.visit.today < r.membership.frozenFrom || r.visit.today >= r.membership.frozenUntil) && \\
  r.membership.visitsLeft > 0 && \\
  r.membership.visitsToday < r.membership.maxPerDay
`);
const enforcer = await newEnforcer(model);

/** casbin with attributes and no policy rows; the matcher is compiled once, and nothing in it needs the asynchronous call. */
export default {
  name: 'casbin',
  prepare: (input) => input,
  admits: ({ membership, visit }) => enforcer.enforceSync(membership, visit),
};
