import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { useRunProgress } from '../webhooks/bulk-progress-hooks';
import { webhooksQuery } from '../webhooks/queries';
import type { PlannedRow } from './import-plan';
import { beginImport, importUnderWay, showsImport, type Import } from './imports';
import { NoWebhookFile, readWebhookFile, type ChosenFile } from './webhook-file';

/** How far somebody is who imports. */
type Step =
  | { at: 'choice' }
  | { at: 'no-file'; name: string; problem: string }
  /** The list is loaded anew, so that nothing is planned over what has changed meanwhile. */
  | { at: 'list'; file: ChosenFile }
  | { at: 'no-list'; file: ChosenFile; error: unknown }
  | { at: 'preview'; file: ChosenFile }
  | { at: 'run'; file: ChosenFile; of: Import };

/** The way from a file to what became of its import, and back to plan the rest of it anew. */
export function useImport(organizationId: string) {
  const client = useQueryClient();
  const [step, setStep] = useState<Step>(() => {
    const known = importUnderWay(organizationId);
    return known ? { at: 'run', file: known.file, of: known } : { at: 'choice' };
  });
  const current = step.at === 'run' ? step.of : null;
  useEffect(() => (current ? showsImport(current) : undefined), [current]);
  const phase = useRunProgress(current?.run ?? null)?.phase ?? 'ended';

  async function plan(file: ChosenFile) {
    const loading: Step = { at: 'list', file };
    const goOn = (next: Step) => setStep((now) => (now === loading ? next : now));
    setStep(loading);
    try {
      await client.fetchQuery({ ...webhooksQuery(organizationId), staleTime: 0 });
      goOn({ at: 'preview', file });
    } catch (error) {
      goOn({ at: 'no-list', file, error });
    }
  }

  async function choose(chosen: File) {
    const { name } = chosen;
    try {
      const rows = readWebhookFile(await chosen.text());
      await plan({ name, rows, leftOut: new Set(), withoutSecret: [] });
    } catch (error) {
      const problem = error instanceof NoWebhookFile ? error.message : 'could not be read';
      setStep({ at: 'no-file', name, problem });
    }
  }

  function leaveOut(places: readonly number[], isOut: boolean) {
    if (step.at !== 'preview') return;
    const leftOut = new Set(step.file.leftOut);
    for (const place of places) {
      if (isOut) leftOut.add(place);
      else leftOut.delete(place);
    }
    setStep({ at: 'preview', file: { ...step.file, leftOut } });
  }

  function start(rows: readonly PlannedRow[]) {
    if (step.at !== 'preview') return;
    const { file } = step;
    setStep({ at: 'run', file, of: beginImport(client, organizationId, file, rows) });
  }

  /** What is written, and what was left out, is not wanted again; what may be made is found out. */
  function planRest({ file, written, withoutSecret }: Import) {
    void plan({ ...file, withoutSecret, leftOut: new Set([...file.leftOut, ...written]) });
  }

  return { step, isRunning: phase !== 'ended', choose, plan, leaveOut, start, planRest };
}
