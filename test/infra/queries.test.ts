import { faultsOf } from './queries.ts';

const good = "AppMetrics\n| where Name == 'planwatch.turn.duration'\n| summarize count()";

test('a query that names what there is has no fault', () => {
  expect(faultsOf(good)).toEqual([]);
});

test.each([
  ['a metric', good.replace('duration', 'time'), 'no metric planwatch.turn.time'],
  ['a table', good.replace('AppMetrics', 'AppNumbers'), 'no table AppNumbers'],
  ['a column', good.replace('count()', 'max(Value)'), 'AppMetrics: Value'],
  ['an attribute', `${good} by tostring(Properties.user)`, 'planwatch.turn.duration: no attribute user'],
  [
    'a value',
    `${good}if(tostring(Properties.outcome) == 'lost')`,
    'planwatch.turn.duration: outcome is never lost',
  ],
  [
    'an event',
    "ContainerAppConsoleLogs\n| where tostring(parse_json(Log).msg) == 'turn-lost'",
    'no event turn-lost',
  ],
  ['a fact', 'ContainerAppConsoleLogs\n| extend who = parse_json(Log).name', 'no fact name'],
  ['a bracket', `${good})`, 'brackets'],
])('a query is refused for %s that isn’t there', (_, query, fault) => {
  expect(faultsOf(query)).toContain(fault);
});
