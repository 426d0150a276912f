import {
  type Action,
  accessTable,
  actions,
  actorOn,
  isAllowed,
  mayEver,
  type Place,
  type Subject,
} from '../../src/domain/access.ts';
import { type Person, type Role, roles } from '../../src/domain/people.ts';
import type { Classification } from '../../src/domain/plan.ts';

const person = (id: string, role: Role, more: Partial<Person> = {}): Person => ({
  id,
  email: `${id}@kent.example`,
  name: id,
  roles: [role],
  portfolios: [],
  entraObjectId: null,
  deputy: null,
  conversation: null,
  ...more,
});

const plan = (classification: Classification, more: { headOfService?: string; portfolio?: string } = {}) => ({
  classification,
  portfolio: more.portfolio ?? 'highways',
  headOfService: more.headOfService ?? 'someone-else',
});

/** What stands between a person and a subject; each is one row of the table that people were promised. */
const situations: Record<string, (id: string) => Subject> = {
  'own item, unrestricted plan': (id) => ({ plan: plan('unrestricted'), managers: [id] }),
  'own item, exempt plan': (id) => ({ plan: plan('exempt'), managers: [id] }),
  'head of the exempt plan': (id) => ({ plan: plan('exempt', { headOfService: id }), managers: ['other'] }),
  'portfolio of the exempt plan': () => ({
    plan: plan('exempt', { portfolio: 'mine' }),
    managers: ['other'],
  }),
  'someone else’s unrestricted plan': () => ({ plan: plan('unrestricted'), managers: ['other'] }),
  'someone else’s exempt plan': () => ({ plan: plan('exempt'), managers: ['other'] }),
  'someone else’s confidential plan': () => ({ plan: plan('confidential'), managers: ['other'] }),
  'what this very channel was shown': () => ({ isInItsChannel: true }),
};
const [ownOpen, ownExempt, headed, inPortfolio, open, exempt, confidential, ownChannel] = Object.keys(
  situations,
) as [string, string, string, string, string, string, string, string];
const everything = Object.keys(situations);

/** Written from DESIGN "The people" and the brief, not from the table under test. */
const promised: Record<Action, Record<Role, string[]>> = {
  'see-plan': {
    manager: [ownOpen, ownExempt, open],
    'head-of-service': [ownOpen, ownExempt, headed, open],
    'cabinet-member': [ownOpen, inPortfolio, open],
    'scrutiny-member': [ownOpen, open],
    clerk: everything,
    'performance-officer': everything,
  },
  'see-late': {
    manager: [],
    'head-of-service': [headed],
    'cabinet-member': [],
    'scrutiny-member': [],
    clerk: everything,
    'performance-officer': everything,
  },
  'see-cover': {
    manager: [],
    'head-of-service': [headed],
    'cabinet-member': [],
    'scrutiny-member': [],
    clerk: everything,
    'performance-officer': everything,
  },
  'set-cover': {
    manager: [],
    'head-of-service': [],
    'cabinet-member': [],
    'scrutiny-member': [],
    clerk: [],
    'performance-officer': everything,
  },
  'see-unreachable': {
    manager: [],
    'head-of-service': [],
    'cabinet-member': [],
    'scrutiny-member': [],
    clerk: everything,
    'performance-officer': everything,
  },
  'give-update': {
    manager: [ownOpen, ownExempt],
    'head-of-service': [ownOpen, ownExempt],
    'cabinet-member': [],
    'scrutiny-member': [],
    clerk: [],
    'performance-officer': everything,
  },
  'change-after-lock': onlyOfficers(),
  'connect-channel': onlyClerksAndOfficers(),
  'post-digest': onlyClerksAndOfficers(),
  'set-schedule': onlyClerksAndOfficers(),
  'see-shown': {
    ...onlyClerksAndOfficers(),
    'cabinet-member': [ownChannel],
    'scrutiny-member': [ownChannel],
  },
  'handle-deliveries': onlyClerksAndOfficers(),
  'import-council': onlyOfficers(),
  'move-period': onlyOfficers(),
  'see-audit': onlyOfficers(),
  'set-hold': onlyOfficers(),
  'erase-person': onlyOfficers(),
  'see-held': onlyOfficers(),
  'see-retention': onlyOfficers(),
  'set-pre-election': onlyOfficers(),
};

function onlyOfficers(): Record<Role, string[]> {
  return {
    manager: [],
    'head-of-service': [],
    'cabinet-member': [],
    'scrutiny-member': [],
    clerk: [],
    'performance-officer': everything,
  };
}

function onlyClerksAndOfficers(): Record<Role, string[]> {
  return { ...onlyOfficers(), clerk: everything };
}

describe('who may do what', () => {
  const cases = actions.flatMap((action) =>
    roles.flatMap((role) => everything.map((situation) => ({ action, role, situation }))),
  );

  test.each(cases)('$role, $action: $situation', ({ action, role, situation }) => {
    const me = person('me', role, { portfolios: ['mine'] });
    const allowed = isAllowed(actorOn(me, [], '2009-10-14'), action, situations[situation]!('me'));
    expect(allowed).toBe(promised[action][role].includes(situation));
  });

  test('a person of no role may do nothing', () => {
    const nobody = actorOn(person('me', 'manager', { roles: [] }), [], '2009-10-14');
    for (const action of actions) {
      for (const subject of Object.values(situations))
        expect(isAllowed(nobody, action, subject('me'))).toBe(false);
      expect(mayEver(nobody, action)).toBe(false);
    }
  });

  test('the table names every action', () => {
    expect(Object.keys(accessTable).sort()).toEqual([...actions].sort());
  });
});

describe('a deputy', () => {
  const away = person('away', 'manager', { deputy: { person: 'me', from: '2009-10-05', to: '2009-10-16' } });
  const me = person('me', 'manager');
  const give = (today: string, of: string) =>
    isAllowed(actorOn(me, [{ data: away }, { data: me }], today), 'give-update', { managers: [of] });

  test('gives the updates of the one they stand in for, from the first day to the last', () => {
    expect(give('2009-10-04', 'away')).toBe(false);
    expect(give('2009-10-05', 'away')).toBe(true);
    expect(give('2009-10-16', 'away')).toBe(true);
    expect(give('2009-10-17', 'away')).toBe(false);
  });

  test('keeps giving their own', () => expect(give('2009-10-10', 'me')).toBe(true));
  test('gives nobody else’s', () => expect(give('2009-10-10', 'third')).toBe(false));
});

describe('in a channel', () => {
  const clerk = person('me', 'clerk');
  const seen = (where: Place, classification: Classification) =>
    isAllowed(actorOn(clerk, [], '2009-10-14', where), 'see-plan', { plan: plan(classification) });

  test('an exempt or confidential plan is shown to nobody, whoever asks', () => {
    expect(seen('channel', 'exempt')).toBe(false);
    expect(seen('channel', 'confidential')).toBe(false);
    expect(seen('channel', 'unrestricted')).toBe(true);
  });

  test('a cleared channel shows them to those who may see them', () => {
    expect(seen('cleared-channel', 'exempt')).toBe(true);
    expect(seen('cleared-channel', 'confidential')).toBe(true);
  });
});

test('the situations above cover every classification', () => {
  expect([exempt, confidential, open].every((name) => name in situations)).toBe(true);
});
