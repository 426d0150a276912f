import { Template } from 'adaptivecards-templating/lib/template-engine.js';
import fc from 'fast-check';
import { readPathsQuickly } from '../../src/teams/cards/quick-paths.ts';

const template = {
  whole: '${plan}',
  title: '${plan.title}',
  words: 'Plan ${plan.title}, ${count} of ${plan.total}',
  missing: 'Nothing: ${plan.nothing} and ${nowhere.at.all}',
  shown: { $when: "${plan.title == 'a'}", text: 'it is a' },
  hidden: { $when: '${not(flag)}', text: 'no flag' },
  rows: [{ $data: '${rows}', at: '${$index}', name: '${name}', of: '${$root.plan.title}', all: '${$data}' }],
  texts: [{ $data: '${texts}', text: '${$data}' }],
  function: '${concat(plan.title, toUpper(plan.title))}',
  element: '${rows[0].name}',
  inside: "${join(foreach(rows, row, row.name), ', ')}",
  otherCase: '${PLAN.TITLE}',
};

const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(0),
  fc.constant(''),
);
const data = fc.record(
  {
    plan: fc.record({ title: fc.oneof(fc.constant('a'), fc.string()), total: value }, { requiredKeys: [] }),
    count: value,
    flag: fc.boolean(),
    rows: fc.array(fc.record({ name: value }, { requiredKeys: [] }), { maxLength: 3 }),
    texts: fc.array(fc.string(), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

/** A template takes the way of reading that is there when it is made. */
const usual = new Template(template);
readPathsQuickly();
const quick = new Template(template);

function filled(by: Template, $root: object): unknown {
  try {
    return by.expand({ $root });
  } catch (error) {
    return String(error);
  }
}

test('a template means the same as to the package, whatever the data', () => {
  fc.assert(
    fc.property(data, (any) => expect(filled(quick, any)).toEqual(filled(usual, any))),
    {
      numRuns: 2000,
    },
  );
});

test('what every object inherits is not data', () => {
  const odd = new Template({ text: '${constructor.name} ${plan.toString}' });
  expect(odd.expand({ $root: { plan: {} } })).toEqual({ text: '${constructor.name} ${plan.toString}' });
});
