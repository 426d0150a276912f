/** Runs `work` on each, so many at once, and gives what came of them in their order. */
export async function inParallel<T, R>(
  atOnce: number,
  each: readonly T[],
  work: (one: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const line = async () => {
    while (next < each.length) {
      const at = next;
      next += 1;
      results[at] = await work(each[at]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, each.length) }, line));
  return results;
}
