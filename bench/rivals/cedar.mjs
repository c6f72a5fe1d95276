import { setFlagsFromString } from 'node:v8';
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';

// QUIRK: Node 20.20 ends with "unreachable code" in its deoptimiser when it has inlined calls of WebAssembly.
setFlagsFromString('--no-turbo-inline-js-wasm-calls');

const policies = `
permit (principal is Membership, action == Action::"enter", resource)
when {
  principal.state == "active" &&
  context.today >= principal.startsOn &&
  context.today <= principal.endsOn &&
  principal.debt == 0 &&
  principal.branchIds.contains(context.branch) &&
  principal.services.contains(context.service) &&
  principal.weekDays.contains(context.weekDay) &&
  context.minute >= principal.fromMinute &&
  context.minute < principal.toMinute &&
  (context.today < principal.frozenFrom || context.today >= principal.frozenUntil) &&
  principal.visitsLeft > 0 &&
  principal.visitsToday < principal.maxPerDay
};`;
const parsed = preparsePolicySet('door', { staticPolicies: policies });
if (parsed.type === 'failure') throw new Error(parsed.errors.map(({ message }) => message).join('; '));

const action = { type: 'Action', id: 'enter' };
const resource = { type: 'Gate', id: 'main-in' };
const dates = ['today', 'startsOn', 'endsOn', 'frozenFrom', 'frozenUntil'];

/** Cedar has no order on text: dates are numbers of days. */
function withDays(record) {
  const isDate = ([name]) => dates.includes(name);
  const days = (date) => Date.parse(date) / 86_400_000;
  return Object.fromEntries(Object.entries(record).map((entry) => (isDate(entry) ? [entry[0], days(entry[1])] : entry)));
}

/** Cedar in WebAssembly with policies parsed beforehand. The membership is an entity, and entities are handed over at each call. */
export default {
  name: 'cedar-wasm',
  prepare({ membership, visit }) {
    const principal = { type: 'Membership', id: membership.id };
    const entities = [{ uid: principal, attrs: withDays(membership), parents: [] }];
    return { principal, action, resource, context: withDays(visit), entities, preparsedPolicySetId: 'door' };
  },
  admits(call) {
    const answer = statefulIsAuthorized(call);
    if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '));
    return answer.response.decision === 'allow';
  },
};
