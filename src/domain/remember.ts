type Made<Value> = { inputs: readonly unknown[]; value: Value };

const areSame = (these: readonly unknown[], those: readonly unknown[]): boolean =>
  these.length === those.length && these.every((input, at) => input === those[at]);

/** How many values are kept for one first input: a plan's report in a few periods, seen by a few. */
const kept = 8;

/**
 * A function that makes its value once for the same inputs and gives it again as long as they are in use. Inputs are
 * compared by identity, so it is for what is never changed in place: the store gives out the same lists and documents
 * until one of them changes. The value must follow from the inputs alone, and nobody may change it.
 *
 * @example
 * const namesOf = remember((people: readonly Stored<'person'>[]) => new Map(people.map(({ data }) => [data.id, data.name])));
 */
export function remember<Inputs extends readonly [object, ...unknown[]], Value>(
  make: (...inputs: Inputs) => Value,
): (...inputs: Inputs) => Value {
  const remembered = new WeakMap<object, Made<Value>[]>();
  return (...inputs) => {
    const known = remembered.get(inputs[0]) ?? [];
    const found = known.find((made) => areSame(made.inputs, inputs));
    if (found) return found.value;
    const value = make(...inputs);
    remembered.set(inputs[0], [{ inputs, value }, ...known.slice(0, kept - 1)]);
    return value;
  };
}
