import { formatFigure } from '../../domain/figures.ts';
import type { KpiUpdate } from '../../domain/kpi.ts';
import { type MilestoneUpdate, milestoneStates } from '../../domain/project.ts';
import { ratingWords, stateWords } from '../../domain/words.ts';
import type { KpiForm, MilestoneForm } from '../../usecases/open-form.ts';
import type { Receipt } from '../../usecases/receipt.ts';
import type { Session } from '../../usecases/session.ts';
import { type KpiSubmission, submitKpiUpdate } from '../../usecases/submit-kpi-update.ts';
import { type MilestoneSubmission, submitMilestoneUpdate } from '../../usecases/submit-milestone-update.ts';
import { findForm } from '../../usecases/submitted-form.ts';
import { button } from '../cards/button.ts';
import { messageCard } from '../cards/message.ts';
import { receiptCard } from '../cards/receipt.ts';
import { type Side, staleFormCard } from '../cards/stale-form.ts';
import type { Feature } from '../router.ts';
import type { Answer, Turn } from '../turn.ts';
import { type FeatureDeps, footOf, inWords, onVerb } from './at-work.ts';
import { assertOwnChat, formCard } from './my-updates.ts';

/** What a form sends, and the choice between two figures that were given at the same time. */
export const submitUpdate =
  (deps: FeatureDeps): Feature =>
  (router) => {
    const onForm = (verb: string, handle: (session: Session, turn: Turn) => Promise<Answer>): void =>
      router.verb(
        verb,
        onVerb(deps, async (session, turn) => {
          assertOwnChat(session);
          return handle(session, turn);
        }),
      );
    onForm('submit-kpi', async (session, { data }) =>
      answer(deps, session, await submitKpiUpdate(deps, session, data)),
    );
    onForm('submit-milestone', async (session, { data }) =>
      answer(deps, session, await submitMilestoneUpdate(deps, session, data)),
    );
    onForm('replace-theirs', async (session, { data }) => {
      const form = await findForm(deps, session, data.form);
      const submit = form.data.item.kind === 'kpi' ? submitKpiUpdate : submitMilestoneUpdate;
      return answer(deps, session, await submit(deps, session, data, { replace: true }));
    });
    onForm('keep-theirs', async (session, { data }) => {
      await findForm(deps, session, data.form);
      return messageCard({
        ...footOf(deps, session),
        title: 'Theirs stands',
        sentences: ['The update that was already there stays as it is. Yours was not sent.'],
        buttons: [button('My updates', 'my-updates')],
      });
    });
  };

function answer(
  deps: FeatureDeps,
  session: Session,
  submission: KpiSubmission | MilestoneSubmission,
): Answer {
  switch (submission.outcome) {
    case 'kept':
      deps.nudge();
      return receipt(deps, session, submission.receipt);
    case 'asked':
      return formCard(deps, submission.form);
    case 'contested':
      return contested(deps, session, submission.form, submission.theirs);
  }
}

const receipt = (deps: FeatureDeps, session: Session, kept: Receipt): Answer =>
  receiptCard({ ...footOf(deps, session, kept.givenAt), receipt: kept });

function contested(
  deps: FeatureDeps,
  session: Session,
  form: KpiForm | MilestoneForm,
  theirs: KpiUpdate | MilestoneUpdate,
): Answer {
  const title = form.kind === 'kpi' ? form.item.kpi.title : form.item.milestone.title;
  const said =
    'kpi' in theirs && form.kind === 'kpi' ? figureSide(form, theirs) : stateSide(theirs as MilestoneUpdate);
  const { typed } = form;
  const figure = form.kind === 'kpi' ? typedFigure(typed) : typedState(typed);
  return staleFormCard({
    ...footOf(deps, session),
    form: form.form,
    title,
    planTitle: form.item.plan.title,
    theirs: {
      ...said,
      by: session.nameOf(theirs.submittedBy),
      at: inWords(theirs.submittedAt, session.settings),
    },
    mine: { figure, rating: null, commentary: typed.commentary ?? '' },
  });
}

function figureSide({ item: { kpi } }: KpiForm, { result, rating, commentary }: KpiUpdate): Side {
  const figure = result === null ? 'Not available' : formatFigure(result, kpi.unit, kpi.decimals);
  return { figure, rating: ratingWords(rating.computed, rating.rule, result), commentary };
}

const stateSide = ({ state, commentary }: MilestoneUpdate): Side => ({
  figure: stateWords[state],
  rating: null,
  commentary,
});

function typedFigure({ result, numerator, denominator, unavailable }: Record<string, string>): string {
  if (unavailable === 'true') return 'Not available';
  return result || (numerator && denominator ? `${numerator} out of ${denominator}` : 'No result');
}

function typedState({ state }: Record<string, string>): string {
  const known = milestoneStates.find((each) => each === state);
  return known ? stateWords[known] : 'No state';
}
