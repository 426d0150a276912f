import fc from 'fast-check';
import { composeDigest, paginate } from '../../src/domain/compose-digest.ts';
import type { Audience } from '../../src/domain/digest.ts';
import type { DigestContent } from '../../src/domain/digest-content.ts';
import { plan, quarter2, report, settings } from './digest-example.ts';

const bytes = (content: DigestContent) => Buffer.byteLength(JSON.stringify(content), 'utf16le');

const words = fc.string({ unit: 'grapheme', maxLength: 400 });
const result = fc.constantFrom('96', '91', '80', undefined);
const given = fc.record({ q1: result, q2: result, commentary: words, action: words });
const step = fc.record({ due: fc.constantFrom('2009-06-30', '2009-08-31', '2010-03-31'), commentary: words });
const plans = fc
  .array(
    fc.record({
      given: fc.array(given, { maxLength: 7 }),
      steps: fc.array(step, { maxLength: 4 }),
      title: words,
    }),
    {
      maxLength: 14,
    },
  )
  .map((each) =>
    each.map(({ given, steps, title }, index) =>
      report(plan(`P${index}`, { title, directorate: index % 3 ? 'ER' : 'CMY' }), given, steps),
    ),
  );
const audience = fc.constantFrom<Audience>({ kind: 'council' }, { kind: 'scrutiny' });

const compose = (reports: ReturnType<typeof report>[], audience: Audience) =>
  composeDigest({
    audience,
    period: quarter2,
    reports,
    settings,
    previous: null,
    people: () => 'Ann Field',
    now: '2009-10-14T09:32:10Z',
  });

/** What a digest tells, whatever pages it is on. */
const told = (pages: DigestContent[]) => ({
  exceptions: pages.flatMap(({ groups }) =>
    groups.flatMap(({ heading, plan, exceptions }) => exceptions.map((each) => ({ heading, plan, each }))),
  ),
  plans: [...new Set(pages.flatMap(({ groups }) => groups.flatMap(({ plan }) => plan?.ref ?? [])))],
  more: pages.flatMap(({ groups }) => groups.map(({ more }) => more)).reduce((sum, more) => sum + more, 0),
  atRisk: pages.flatMap(({ atRisk }) => atRisk),
  missing: pages.flatMap(({ missing }) => missing),
});

test('each page is under the limit, in order, with no exception without its heading and nothing lost', () => {
  fc.assert(
    fc.property(plans, audience, fc.integer({ min: 12_000, max: 40_000 }), (reports, audience, limit) => {
      const content = compose(reports, audience);
      const pages = paginate(content, bytes, limit);
      expect(told(pages)).toEqual(told([content]));
      pages.forEach((page, index) => {
        expect(bytes(page)).toBeLessThanOrEqual(limit);
        expect(page).toMatchObject({ page: index + 1, pages: pages.length, headline: content.headline });
      });
    }),
    { numRuns: 150 },
  );
});

test('a plan that a page can hold is never split', () => {
  fc.assert(
    fc.property(plans, (reports) => {
      const content = compose(reports, { kind: 'council' });
      const pages = paginate(content, bytes, 40_000);
      expect(pages.flatMap(({ groups }) => groups)).toEqual(content.groups);
    }),
    { numRuns: 100 },
  );
});

const red = { q2: '80', commentary: 'Two gangs were short. '.repeat(20), action: 'A third gang starts.' };

test('a plan larger than a page goes on under its heading, and only its last part says what more there is', () => {
  const content = compose([report(plan('P'), [red, red, red, red])], { kind: 'council' });
  const frame = bytes({ ...content, groups: [], standing: {} });
  const one = bytes(content) - frame;
  const pages = paginate(content, bytes, frame + Math.ceil(one / 2));
  expect(pages.length).toBeGreaterThan(1);
  const groups = pages.map(({ groups }) => groups[0]!);
  expect(groups.map(({ heading }) => heading)).toEqual(pages.map(() => 'P plan'));
  expect(groups.map(({ continued }) => continued)).toEqual(pages.map((_, index) => index > 0));
  expect(groups.map(({ more }) => more)).toEqual(
    pages.map((_, index) => (index === pages.length - 1 ? 1 : 0)),
  );
});

test('a digest that fits is one page, and an empty one is too', () => {
  const content = compose([report(plan('P'), [red])], { kind: 'council' });
  expect(paginate(content, bytes, 30_000)).toEqual([{ ...content, standing: {} }]);
  expect(paginate(compose([], { kind: 'council' }), bytes, 30_000)).toHaveLength(1);
});

test('an exception larger than a page by itself is told all the same', () => {
  const content = compose([report(plan('P'), [red, red])], { kind: 'council' });
  expect(told(paginate(content, bytes, 10))).toEqual(told([content]));
});

test('the work grows with the plans and no faster', () => {
  const measured = (count: number) => {
    const reports = Array.from({ length: count }, (_, index) => report(plan(`P${index}`), [red, red]));
    const content = compose(reports, { kind: 'council' });
    let characters = 0;
    const pages = paginate(
      content,
      (page) => {
        const size = bytes(page);
        characters += size;
        return size;
      },
      30_000,
    );
    expect(pages.length).toBeGreaterThan(1);
    return characters;
  };
  expect(measured(400) / measured(100)).toBeLessThan(4.5);
});
