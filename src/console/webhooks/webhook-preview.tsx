import { memo, useDeferredValue, useId, useMemo, useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';

import type { Webhook } from '../../contract/webhook';
import { signsDeliveries, useFeature } from '../capabilities-queries';
import { count } from '../numbers';
import { CopyButton } from '../ui/copy-button';
import { CutNotice, cutText } from '../ui/cut-text';
import { JsonText } from '../ui/json-text';
import { Skeleton } from '../ui/skeleton';
import { Tabs } from '../ui/tabs';
import { curlNeeds } from './curl-command';
import { isSigned, previewBody, previewCommand, previewHeaders } from './preview';
import { PreviewEventSelect } from './preview-event-select';
import { SlackDrawing } from './slack-drawing';
import { usePreviewEvent, type PreviewSubject } from './use-preview-event';
import type { WebhookFormValues } from './webhook-form-values';

const standardTabs = ['Body', 'Headers', 'curl'] as const;
const slackTabs = ['Message', ...standardTabs] as const;
type Tab = (typeof slackTabs)[number];

/** Of a Qovery API only the STANDARD body is documented; its Slack message is guessed at. */
const documentedTabs: Record<'SLACK' | 'STANDARD', readonly Tab[]> = {
  SLACK: ['Message'],
  STANDARD: ['Body'],
};

function tabsOf(kind: string, isExact: boolean): readonly Tab[] {
  if (!isExact) return documentedTabs[kind === 'SLACK' ? 'SLACK' : 'STANDARD'];
  return kind === 'SLACK' ? slackTabs : standardTabs;
}

interface WebhookPreviewProps {
  organizationId: string;
  stored: Webhook | null;
}

/** What will be sent for an event, made as one types by the functions that the server sends with. */
export function WebhookPreview({ organizationId, stored }: WebhookPreviewProps) {
  const id = useId();
  const { control } = useFormContext<WebhookFormValues>();
  const values = useDeferredValue(useWatch({ control }) as WebhookFormValues);
  const subject = usePreviewEvent(organizationId, stored, values);
  const isExact = useFeature(signsDeliveries) === true;
  return (
    <section aria-labelledby={id} className="flex flex-col lg:min-h-0 lg:flex-1">
      <div className="flex items-center justify-between gap-3">
        <h3 id={id} className="font-semibold">
          Preview
        </h3>
        <PreviewEventSelect subject={subject} />
      </div>
      <p className="mt-1.5 text-sm text-muted">{aboutSubject(subject, values)}</p>
      <div
        aria-busy={subject.isChanging}
        className="mt-3 flex flex-col transition-opacity aria-busy:opacity-60 aria-busy:delay-100 lg:min-h-0"
      >
        {subject.isLoading && <PreviewLoading />}
        {!subject.isLoading && subject.event && (
          <PreviewTabs
            kind={values.kind}
            url={values.target_url.trim()}
            isSigned={isSigned(values, stored)}
            isExact={isExact}
            event={subject.event}
            past={subject.past}
          />
        )}
      </div>
    </section>
  );
}

/** What is shown, or why nothing is. */
function aboutSubject(subject: PreviewSubject, values: WebhookFormValues): string {
  const { isLoading, event, past, failed, noneMatches } = subject;
  if (isLoading) return 'Loading the latest event…';
  if (!event) {
    return values.events.length === 0
      ? 'No event is ticked, so nothing is sent. Tick one to see what it looks like.'
      : 'There is no sample of the events that are ticked.';
  }
  if (past) return 'A real event that the filters let through, as this webhook sends it.';
  if (failed) return 'The events of your organization could not be loaded: this is sample data.';
  if (noneMatches) return 'None of the latest events matches the filters: this is sample data.';
  return 'What is sent for such an event, with sample data.';
}

function PreviewLoading() {
  return (
    <div
      role="status"
      aria-label="Loading the preview"
      className="space-y-3 rounded-lg border border-line bg-surface p-3"
    >
      {['w-1/3', 'w-2/3', 'w-1/2', 'w-3/5', 'w-2/5'].map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}

type PreviewTabsProps = Pick<PreviewSubject, 'past'> & {
  kind: string;
  url: string;
  isSigned: boolean;
  /** Whether the API sends just what is made here. */
  isExact: boolean;
  event: NonNullable<PreviewSubject['event']>;
};

const PreviewTabs = memo(function PreviewTabs(props: PreviewTabsProps) {
  const { kind, url, event, past, isExact } = props;
  const tabs = tabsOf(kind, isExact);
  const [chosen, setChosen] = useState<Tab | null>(null);
  const tab = tabs.find((each) => each === chosen) ?? tabs[0] ?? 'Body';
  const body = useMemo(() => previewBody(kind, event), [kind, event]);
  const delivered = { body, event, past, isSigned: props.isSigned };
  const text =
    tab === 'Headers'
      ? previewHeaders(delivered)
      : tab === 'curl'
        ? previewCommand(url, delivered)
        : body.exact;
  return (
    <>
      <Tabs
        label="Preview"
        tabs={tabs}
        selected={tab}
        onSelect={setChosen}
        aside={<CopyButton label={copyLabels[tab]} text={text} />}
      >
        {tab === 'Message' && (
          <SlackDrawing body={text} postedAt={Date.parse(past?.accepted_at ?? event.created_at)} />
        )}
        {tab === 'Body' && <BodyText body={text} />}
        {(tab === 'Headers' || tab === 'curl') && <PlainText text={text} />}
      </Tabs>
      <p className="mt-2 text-xs text-muted">{aboutTab(tab, props, body.bytes)}</p>
    </>
  );
});

const copyLabels: Record<Tab, string> = {
  Message: 'Copy the message as JSON',
  Body: 'Copy the body',
  Headers: 'Copy the headers',
  curl: 'Copy the curl command',
};

function aboutTab(tab: Tab, props: PreviewTabsProps, bytes: number): string {
  const { url, isSigned: signed, isExact } = props;
  if (!isExact) {
    return tab === 'Message'
      ? 'About what comes: Qovery words its messages to Slack itself.'
      : 'As Qovery documents it. Of its headers only the one with the secret is documented: see Setup help.';
  }
  if (tab === 'Message') {
    return 'About as Slack draws it; the name and the picture are those of your Slack app.';
  }
  if (tab === 'Body') return `${count(bytes)} bytes, sent without line breaks by POST.`;
  if (tab === 'Headers') {
    return signed
      ? 'The secret and the signature are masked. The time is that of sending.'
      : 'The time is that of sending. Without a secret, nothing is signed.';
  }
  const needs = curlNeeds(url, signed);
  const unsigned = signed ? ' The signature is left out.' : '';
  return needs === null
    ? 'Sends the same body, from a POSIX shell.'
    : `Sends the same body, from a POSIX shell. Set ${needs} there first.${unsigned}`;
}

const code = 'font-mono text-xs leading-4.5 whitespace-pre-wrap wrap-anywhere';

const BodyText = memo(function BodyText({ body }: { body: string }) {
  const text = useMemo(() => JSON.stringify(JSON.parse(body), null, 2), [body]);
  const shown = cutText(text);
  return (
    <>
      <pre className={code}>
        <JsonText text={shown} />
      </pre>
      <CutNotice text={text} shown={shown} />
    </>
  );
});

function PlainText({ text }: { text: string }) {
  const shown = cutText(text);
  return (
    <>
      <pre className={code}>{shown}</pre>
      <CutNotice text={text} shown={shown} />
    </>
  );
}
