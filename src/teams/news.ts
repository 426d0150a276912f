/** Milliseconds within which two activities tell of the same coming or going. */
const sameFor = 10_000;
const mostPlaces = 1000;

/**
 * Whether a place's state is news: Teams and the Playground tell of one installation with an
 * `installationUpdate` and a `conversationUpdate`, in either order.
 */
export function createNews(clock: () => number): (place: string, state: string) => boolean {
  const told = new Map<string, { state: string; at: number }>();
  return (place, state) => {
    const last = told.get(place);
    if (last && last.state === state && clock() - last.at < sameFor) return false;
    told.delete(place);
    told.set(place, { state, at: clock() });
    if (told.size > mostPlaces) told.delete(told.keys().next().value!);
    return true;
  };
}
