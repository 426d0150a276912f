const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that take minutes, most of them with a browser. Begun last they would be waited for by all others. */
const slowest = [
  'e2e/whole-way',
  'e2e/keyboard',
  'accessibility/keyboard',
  'accessibility/cards',
  'e2e/',
  'chaos/',
];
const placeOf = ({ path }) => {
  const place = slowest.findIndex((part) => path.includes(`/test/${part}`));
  return place < 0 ? slowest.length : place;
};

/** Begins with the slowest, on a checkout that has never run them as well. */
module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => placeOf(one) - placeOf(other));
  }
};
