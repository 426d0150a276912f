/** Text cut at a word so that it is at most `length` characters with its `…`; whole when it fits. */
export function cut(text: string, length: number): string {
  const characters = [...text];
  if (characters.length <= length) return text;
  const start = characters.slice(0, length - 1).join('');
  const space = start.search(/\s\S*$/);
  return `${(space > length / 2 ? start.slice(0, space) : start).trimEnd()}…`;
}
