import fc from 'fast-check';
import { cardBytes, keepBytes } from '../../src/teams/cards/card-bytes.ts';

const element = fc.record({ type: fc.constant('TextBlock'), text: fc.string({ unit: 'grapheme' }) });
const card = fc.record({ type: fc.constant('AdaptiveCard'), version: fc.string(), body: fc.array(element) });
const read = (bytes: Buffer) => JSON.parse(bytes.toString('utf8'));

describe('a card as it goes over the wire', () => {
  test('says what the card says, whatever was typed', () => {
    fc.assert(fc.property(card, (any) => expect(read(cardBytes(any))).toEqual(any)));
  });

  test('says the same where some elements are kept, wherever they stand', () => {
    fc.assert(
      fc.property(card, card, card, (first, second, any) => {
        keepBytes(first);
        keepBytes(second);
        const body = [...first.body, ...any.body, ...second.body, ...any.body, ...first.body];
        for (const both of [{ ...any, body }, { ...any, body: first.body }, { body: second.body }]) {
          expect(read(cardBytes(both))).toEqual(both);
        }
      }),
    );
  });

  test('stands between what goes before and after it', () => {
    const answer = cardBytes({ type: 'AdaptiveCard', body: [{ text: '✖' }] }, '{"value":', '}');
    expect(read(answer)).toEqual({ value: { type: 'AdaptiveCard', body: [{ text: '✖' }] } });
  });

  test('of something that is no card is its JSON', () => {
    expect(cardBytes({ type: 'Other' }).toString()).toBe('{"type":"Other"}');
    expect(read(cardBytes({ body: [] }))).toEqual({ body: [] });
  });
});
