import type { Webhook } from '../../contract/webhook';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { PoliteStatus } from '../ui/polite-status';
import { Steady } from '../ui/steady';
import { fieldLabel } from './field-wording';
import { secretTerms } from './is-as-seen';
import { mergeEdits } from './merge-edits';
import type { useWebhookForm } from './use-webhook-form';
import { initialValues, withTyped } from './webhook-form-values';

const newerSaved = 'Somebody else has saved this webhook. Saving merges what you both changed.';

type UsedForm = ReturnType<typeof useWebhookForm>;

interface FormNoticesProps {
  webhookForm: UsedForm;
  /** Whether somebody else has deleted the webhook. */
  isLost: boolean;
  /** The webhook as somebody else has saved it while the form was open. */
  newer: Webhook | null;
}

/** What there is to say of the whole form, above its fields. */
export function FormNotices({ webhookForm, isLost, newer }: FormNoticesProps) {
  const { form, draft, disagreement, stored } = webhookForm;
  const { errors, isDirty, submitCount } = form.formState;
  return (
    <Steady>
      <PoliteStatus text={newer ? newerSaved : ''} />
      {isLost && <LostNotice lacksSecret={webhookForm.lostSecret} />}
      {draft && isDirty && submitCount === 0 && <DraftNotice webhookForm={webhookForm} />}
      {stored && stored.untold.length > 0 && (
        <Notice tone="warning">
          The API did not say what it has stored as: {stored.untold.map(fieldLabel).join(', ')}.
          What stands there now is what will be saved.
        </Notice>
      )}
      {errors.root && (
        <div ref={scrollIntoView}>
          <Notice tone="danger">{errors.root.message}</Notice>
        </div>
      )}
      {disagreement && (
        <Notice tone="warning">
          Somebody else has changed this, too: {disagreement.fields.map(fieldLabel).join(', ')}.
          What they want stands below it.
        </Notice>
      )}
      {newer && <NewerNotice webhookForm={webhookForm} newer={newer} />}
    </Steady>
  );
}

/** What stands on top may be out of sight when it appears. */
function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

function LostNotice({ lacksSecret }: { lacksSecret: boolean }) {
  return (
    <div ref={scrollIntoView}>
      <Notice tone="danger">
        This webhook was deleted elsewhere while you were editing. What you typed is still here and
        not saved: create it anew from it, or discard it.
        {lacksSecret && ' Its secret is gone with it: enter one again.'}
      </Notice>
    </div>
  );
}

/** Says that what was typed before has come back, and what of it has not. */
function DraftNotice({ webhookForm }: { webhookForm: UsedForm }) {
  const { draft, keptInDraft, startOver } = webhookForm;
  return (
    <Notice tone="info">
      <p>
        What you had typed before is back.
        {draft?.lacksSecret && ' A secret is not kept: enter it again.'}
        {keptInDraft.length > 0 &&
          ` The webhook has been changed since, which is kept: ${keptInDraft.map(fieldLabel).join(', ')}.`}
      </p>
      <Button className="mt-2" onClick={startOver}>
        Start over
      </Button>
    </Notice>
  );
}

interface NewerNoticeProps {
  webhookForm: UsedForm;
  newer: Webhook;
}

/** Nothing that is typed moves unasked: what others have saved comes in by the button, or on saving. */
function NewerNotice({ webhookForm: { form, stored, adopt, keeps }, newer }: NewerNoticeProps) {
  function bringIn() {
    const values = withTyped(form.getValues());
    const terms = secretTerms(keeps, newer, stored);
    adopt(newer, mergeEdits(initialValues(stored), values, initialValues(newer), terms));
  }
  return (
    <Notice tone="info">
      <p>{newerSaved}</p>
      <Button className="mt-2" onClick={bringIn}>
        Show what they changed
      </Button>
    </Notice>
  );
}
