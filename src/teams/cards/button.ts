/** One press: what it says, what it does, and opaque ids alone (PLATFORM "Cards"). */
export type Button = {
  title: string;
  verb: string;
  data: Record<string, string | number>;
  style: 'default' | 'positive' | 'destructive';
  /** Read aloud where several buttons of a card say the same word. */
  tooltip: string;
};

type Extras = Partial<Pick<Button, 'style' | 'tooltip'>>;

export const button = (
  title: string,
  verb: string,
  data: Button['data'] = {},
  extras: Extras = {},
): Button => ({
  title,
  verb,
  data,
  style: 'default',
  tooltip: '',
  ...extras,
});
