import fc from 'fast-check';
import { cardText, keepText } from '../../src/teams/cards/card-text.ts';

const element = fc.record({ type: fc.constant('TextBlock'), text: fc.string({ unit: 'grapheme' }) });
const card = fc.record({ type: fc.constant('AdaptiveCard'), version: fc.string(), body: fc.array(element) });

describe('a card’s text', () => {
  test('says what the card says, whatever was typed, in ASCII alone', () => {
    fc.assert(
      fc.property(card, (any) => {
        expect(JSON.parse(cardText(any))).toEqual(any);
        expect(cardText(any)).toMatch(/^[\0-\x7f]*$/);
      }),
    );
  });

  test('says the same where the text of some elements is kept', () => {
    fc.assert(
      fc.property(card, card, (kept, any) => {
        keepText(kept);
        const both = { ...any, body: [...any.body, ...kept.body, ...any.body] };
        expect(JSON.parse(cardText(both))).toEqual(both);
      }),
    );
  });

  test('keeps lone surrogates and line separators as they were typed', () => {
    const odd = {
      type: 'AdaptiveCard',
      body: [{ type: 'TextBlock', text: '\ud800 \u2028 “quoted” \\ "x" ✖' }],
    };
    expect(JSON.parse(cardText(odd))).toEqual(odd);
  });

  test('of something that is no card is its JSON', () => {
    expect(cardText({ type: 'Other' })).toBe('{"type":"Other"}');
  });
});
