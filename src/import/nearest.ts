/** How many letters must change to turn one word into the other; swapped neighbours count as one. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, changed, swapped ? before[j - 2]! + 1 : changed);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}

/** The word that was probably meant, whatever its case; null when none is near enough to suggest. */
export function nearest(typed: string, words: Iterable<string>): string | null {
  const sought = typed.toLowerCase();
  let best: { word: string; far: number } | null = null;
  for (const word of words) {
    if (Math.abs(word.length - typed.length) > 3) continue;
    const far = distance(sought, word.toLowerCase());
    if (far <= Math.min(3, Math.floor(word.length / 3) + 1) && far < (best?.far ?? Infinity))
      best = { word, far };
  }
  return best?.word ?? null;
}

/** ` Did you mean “quarterly”?`, or nothing. */
export function didYouMean(typed: string, words: Iterable<string>): string {
  const word = nearest(typed, words);
  return word ? `Did you mean “${word}”?` : '';
}
