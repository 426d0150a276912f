/** Numbers from 0 up to 1 that are the same for the same seed and words, and otherwise look like chance. */
export function chance(seed: number, ...words: (string | number)[]): number {
  let hash = 2166136261 ^ seed;
  for (const character of words.join(' ')) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
