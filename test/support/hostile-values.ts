import fc from 'fast-check';

const deep = (depth: number) => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = { action: value };
  return value;
};
/** Text that means something to JavaScript, to a terminal, to a card or to nobody. */
export const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\u202eevil',
    '🏳️‍🌈',
    '<at>x</at>',
    '${x}',
    '\u200b'.repeat(50),
    '__proto__',
  ),
  fc.constantFrom(
    'constructor',
    'toString',
    'save',
    'break',
    'refuse',
    'adaptiveCard/action',
    'msteams',
    'invoke',
  ),
  fc.constantFrom(
    'http://localhost:1/',
    'http://[',
    'file:///etc/passwd',
    `a${'('.repeat(5000)}`,
    'x'.repeat(200_000),
  ),
);
export const hostileValue = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  {
    weight: 3,
    arbitrary: fc.constantFrom(null, true, 0, -1, 1e308, [], {}, [null], [[]], { id: {} }, { id: 7 }),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.nat(3000).map(deep) },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom(null, 1, { type: 'mention' }, { type: 7 }), { maxLength: 300 }),
  },
);
/** Where something of an activity stands. */
export const places = [
  ['type'],
  ['id'],
  ['name'],
  ['text'],
  ['value'],
  ['value', 'action'],
  ['value', 'action', 'type'],
  ['value', 'action', 'verb'],
  ['value', 'action', 'data'],
  ['value', 'verb'],
  ['channelId'],
  ['serviceUrl'],
  ['from'],
  ['from', 'id'],
  ['from', 'aadObjectId'],
  ['recipient'],
  ['recipient', 'id'],
  ['conversation'],
  ['conversation', 'id'],
  ['conversation', 'conversationType'],
  ['conversation', 'tenantId'],
  ['channelData'],
  ['channelData', 'tenant'],
  ['channelData', 'tenant', 'id'],
  ['channelData', 'team'],
  ['channelData', 'channel', 'name'],
  ['entities'],
  ['membersAdded'],
  ['membersRemoved'],
  ['action'],
  ['replyToId'],
  ['timestamp'],
  ['expiration'],
  ['locale'],
  ['deliveryMode'],
  ['callerId'],
  ['attachments'],
];
/** One thing of an activity replaced or taken out. */
export const change = fc.record({
  place: fc.constantFrom(...places),
  value: fc.option(hostileValue, { nil: undefined }),
});

/** Puts a value in its place, through whatever is or isn't on the way; `undefined` takes it out. */
export function put(target: Record<string, unknown>, [key, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) target[key!] = value;
  else if (typeof target[key!] === 'object' && target[key!] !== null) {
    target[key!] = { ...(target[key!] as object) };
    put(target[key!] as Record<string, unknown>, rest, value);
  }
}
