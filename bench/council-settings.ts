import type { YearSettings } from '../src/domain/council.ts';

export const tenant = '11111111-1111-4111-8111-111111111111';
export const year = '2009/10';
/** Every quarter of the year is open, and none is locked. */
export const today = '2010-04-14';

export const ratingSettings = { method: 'relative', greenWithin: '0', amberWithin: '10' } as const;

const directorates = ['Children', 'Adults', 'Environment', 'Communities', 'Resources'];
const portfolios = ['Schools', 'Social Care', 'Roads and Waste', 'Libraries', 'Finance', 'Regeneration'];
const refOf = (name: string) => name.toLowerCase().replaceAll(' ', '-');

export const settings: YearSettings = {
  name: 'Bench Council',
  tenantId: tenant,
  timeZone: 'Europe/London',
  year,
  rating: ratingSettings,
  trend: 'previous-period',
  calendar: {
    opensAfterDays: 1,
    dueAfterDays: 30,
    lockAfterDays: 400,
    remindBeforeDays: [],
    chaseEveryDays: 7,
    tellHeadAfterDays: 7,
    bankHolidays: 'england',
    daysOff: [],
    writeFromHour: 9,
    writeUntilHour: 17,
  },
  directorates: directorates.map((name) => ({ ref: refOf(name), name })),
  portfolios: portfolios.map((name) => ({ ref: refOf(name), name, directorates: [] })),
  statements: [],
  notice: 'Figures are made up.',
  playgroundDate: today,
};

const services = [
  'Highways',
  'Libraries',
  'Adult Education',
  'Archives',
  'Arts Development',
  'Building Control',
  'Catering',
  'Child Protection',
  'Commissioning',
  'Community Safety',
  'Country Parks',
  'Customer Services',
  'Democracy',
  'Development Planning',
  'Domiciliary Care',
  'Drainage',
  'Early Years',
  'Emergency Planning',
  'Energy',
  'Estates',
  'Fostering',
  'Gypsy and Traveller Liaison',
  'Home Care',
  'Human Resources',
  'Internal Audit',
  'Kitchens',
  'Legal',
  'Mental Health',
  'Museums',
  'Occupational Therapy',
  'Payroll',
  'Property',
  'Registration',
  'School Admissions',
  'Sport',
  'Street Lighting',
  'Trading Standards',
  'Transport Integration',
  'Waste Management',
  'Youth',
];

/** The first forty plans have a service's name; beyond them the same services in numbered districts. */
export function planTitle(number: number): string {
  const service = services[number % services.length]!;
  const district = Math.floor(number / services.length);
  return district === 0 ? service : `${service} District ${district}`;
}
