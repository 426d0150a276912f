import { longDate } from '../../domain/days.ts';
import { periodName, periodOf } from '../../domain/periods.ts';
import { milestoneWords, ratingWords, stateWords, statusWords } from '../../domain/words.ts';
import type { KpiReceipt, MilestoneReceipt, Receipt } from '../../usecases/receipt.ts';
import { button } from './button.ts';
import { type Card, type Foot, renderCard } from './render.ts';
import { bandOf } from './tone.ts';

export type ReceiptView = Foot & { receipt: Receipt };

type Fact = [title: string, value: string | null | undefined];

/** What an update is answered with. `asAt` of the view is when it was given. */
export function receiptCard(view: ReceiptView): Card {
  const { receipt } = view;
  const { item, title, plan, period, given, total, next, because } = receipt;
  const said = receipt.kind === 'kpi' ? kpiSaid(receipt) : milestoneSaid(receipt);
  const facts: Fact[] = [...said.facts, ['Plan now', statusWords[receipt.planStatus].text]];
  return renderCard('receipt', { title, subtitle: `${plan.title} · ${periodName(periodOf(period))}` }, view, {
    style: said.style,
    headline: said.headline,
    rating: receipt.ratingText,
    because,
    facts: facts.filter(([, value]) => value).map(([name, value]) => ({ title: name, value })),
    progress: `${given} of ${total} given`,
    nextLine: next ? `Next: ${next.title}` : 'Nothing else is asked of you now.',
    buttons: [
      ...(next
        ? [button('Next', 'next-form', { item: next.item }, { style: 'positive', tooltip: next.title })]
        : []),
      button('Correct', 'correct', { item }),
      button('My updates', 'my-updates'),
    ],
  });
}

function kpiSaid(receipt: KpiReceipt) {
  const { figure, provisional, unavailable, rating, trendText, yearToDate, forecastText, earlier } = receipt;
  const expected = unavailable?.expected ? ` Expected ${longDate(unavailable.expected)}.` : '';
  const facts: Fact[] = [
    ['Why', unavailable && `${unavailable.reason}${expected}`],
    ['Trend', trendText],
    ['Year to date', yearToDate],
    ['Forecast', forecastText],
    ['Was', earlier && `${earlier.figure}, ${earlier.ratingText}`],
    ['Changed', earlier?.reason],
  ];
  return {
    style: bandOf(ratingWords(rating)),
    headline: `${figure ?? 'Not available'}${provisional ? ' (provisional)' : ''}`,
    facts,
  };
}

function milestoneSaid({ state, rating, due, forecast, completed, percentComplete }: MilestoneReceipt) {
  const facts: Fact[] = [
    ['Due', longDate(due)],
    ['Completed', completed && longDate(completed)],
    ['Expected', completed ? null : forecast && longDate(forecast)],
    ['Done', percentComplete === null ? null : `${percentComplete}%`],
  ];
  return { style: bandOf(milestoneWords(rating)), headline: stateWords[state], facts };
}
