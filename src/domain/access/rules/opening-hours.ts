import { hasAnyTag } from '../../member/member.ts';
import { hoursOn, isOpenAt } from '../../schedule/opening-hours.ts';
import { type PersonRule, pass, refuse, skip } from '../tap.ts';
import { hoursText } from '../times.ts';

/** Rule 32: outside the branch's opening hours nobody enters, but for exempt tags and at gates that ignore them. */
export const openingHours: PersonRule = {
  name: 'opening-hours',
  number: 32,
  needsClock: true,
  check({ rules, held, branch, local }) {
    const { openingHours: policy, openingHoursExemptTags } = rules.gate;
    if (policy === 'ignore') return skip();
    const today = hoursOn(branch, local.date);
    const openHours = today === null ? null : hoursText(today);
    const exempt = held.member !== null && hasAnyTag(held.member, openingHoursExemptTags);
    return exempt || isOpenAt(branch, local) ? pass('opening-hours', { openHours }) : refuse('CLUB_CLOSED', { openHours });
  },
};
