import { plural } from '../../domain/words.ts';
import type { Past } from '../../usecases/apply-retention.ts';
import { kindWords } from '../../usecases/kind-words.ts';
import type { RetentionPreview } from '../../usecases/preview-retention.ts';
import { button } from './button.ts';
import { type Card, type Foot, renderCard } from './render.ts';

export type RetentionView = Foot & RetentionPreview;

const SHOWN_YEARS = 12;
const SHOWN_KINDS = 4;

/** How long things are kept, what goes in the next nights, and what a hold keeps. */
export function retentionCard(view: RetentionView): Card {
  const { retention, past, held } = view;
  return renderCard('retention', { title: 'What is kept for how long' }, view, {
    facts: [
      {
        title: 'Years',
        value:
          retention.years === null
            ? 'every year is kept'
            : `${plural(retention.years, 'year')} after their end`,
      },
      { title: 'What was sent', value: `${retention.deliveriesDays} days` },
      { title: 'Messages', value: `${retention.cycleMessagesDays} days` },
      { title: 'Forms', value: '30 days' },
      { title: 'Audit trail', value: 'for good' },
    ],
    lead:
      past.length > 0
        ? 'This has been kept long enough and goes by itself between three and four in the morning. Nothing is removed by hand here. Put a hold on what has to stay.'
        : 'Nothing has been kept longer than that.',
    pastHeading: past.length > 0 ? 'What goes next' : '',
    past: rowsOf(past),
    heldHeading: held.length > 0 ? 'What would go, and a hold keeps' : '',
    held: rowsOf(held),
    buttons: [button('Holds', 'holds')],
  });
}

/** One row for each year, its kinds with the most documents first. */
function rowsOf(all: readonly Past[]) {
  const years = [...Map.groupBy(all, ({ year }) => year)];
  const rows = years.slice(0, SHOWN_YEARS).map(([year, kinds]) => {
    const sorted = kinds.toSorted((one, other) => other.documents - one.documents);
    const total = kinds.reduce((sum, { documents }) => sum + documents, 0);
    const named = sorted
      .slice(0, SHOWN_KINDS)
      .map(({ kind, documents }) => `${kindWords[kind]} ${documents.toLocaleString('en-GB')}`);
    const rest = sorted.length - named.length;
    return {
      what: `${year ?? 'The council'}: ${plural(total, 'document')}`,
      kinds: `${named.join(', ')}${rest > 0 ? ` and ${plural(rest, 'more kind')}` : ''}`,
    };
  });
  const more = years.length - rows.length;
  return more > 0 ? [...rows, { what: `and ${plural(more, 'more year')}`, kinds: '' }] : rows;
}
