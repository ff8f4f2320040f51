import { useEffect, useRef } from 'react';

import type { LenientList } from '../../contract/lenient';
import type { Webhook } from '../../contract/webhook';
import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { bequeathFocus, rescueFocus } from '../ui/open-dialogs';
import { ChooseFile } from './choose-file';
import { ImportPreview } from './import-preview';
import { ImportProgress } from './import-progress';
import { useImport } from './use-import';

interface ImportProps {
  organizationId: string;
  stored: LenientList<Webhook>;
}

/** A file is chosen, its rows are shown with what will become of them, and what is wanted is written. */
export function ImportWebhooks({ organizationId, stored }: ImportProps) {
  const { step, isRunning, choose, plan, leaveOut, start, planRest } = useImport(organizationId);
  const name = step.at === 'no-file' ? step.name : step.at === 'choice' ? null : step.file.name;
  const phase = isRunning ? 'running' : step.at;
  const work = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that led here is gone, and the focus with it.
    if (phase === 'choice') return;
    bequeathFocus(() => work.current);
    rescueFocus();
  }, [phase]);
  return (
    <>
      <p className="mt-1 mb-3 max-w-[72ch] text-muted">
        A file that was exported here, or what an API answers when asked for its webhooks. You see
        what it would do first. Webhooks that are not in the file stay as they are.
      </p>
      <ChooseFile name={name} disabled={isRunning} onChoose={(file) => void choose(file)} />
      <div ref={work} tabIndex={-1} className="mt-4 space-y-4 outline-none">
        {step.at === 'no-file' && (
          <Notice tone="danger">
            {step.name} {step.problem}.
          </Notice>
        )}
        {step.at === 'list' && <p className="text-muted">Looking at what is there …</p>}
        {step.at === 'no-list' && (
          <>
            <Notice tone="danger">
              What is there could not be loaded. {errorMessage(step.error, 'load').detail}
            </Notice>
            <Button onClick={() => void plan(step.file)}>Try again</Button>
          </>
        )}
        {step.at === 'preview' && (
          <ImportPreview
            organizationId={organizationId}
            file={step.file}
            stored={stored}
            onLeaveOut={leaveOut}
            onStart={start}
          />
        )}
        <ImportProgress
          organizationId={organizationId}
          stored={stored.results}
          of={step.at === 'run' ? step.of : null}
          onAgain={() => step.at === 'run' && planRest(step.of)}
        />
      </div>
    </>
  );
}
