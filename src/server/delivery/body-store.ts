import { setImmediate as nextRound } from 'node:timers/promises';

import { sql } from 'kysely';

import type { WebhookKind } from '../../contract/webhook';
import type { Db } from '../db';
import { bodyNameRows } from '../rows-as-json';

/** Names a body: that of an event for a kind of webhook. */
export interface BodyName {
  organization_id: string;
  event_id: string;
  kind: WebhookKind;
}

/** Bodies as texts, by `bodyKey`. */
export type Bodies = Map<string, string>;

/** What a body is found by in `Bodies`. */
export function bodyKey({ organization_id, event_id, kind }: BodyName): string {
  return `${organization_id} ${event_id} ${kind}`;
}

/** A body has up to 256 KiB, and reading it blocks the process. */
const bodiesPerStatement = 16;

/**
 * Reads bodies as they were built when their events were accepted, each once however often it is
 * named, and lets other work in between. What is no longer stored is left out.
 */
export async function readBodies(db: Db, names: readonly BodyName[]): Promise<Bodies> {
  const wanted = [...new Map(names.map((name) => [bodyKey(name), name])).values()];
  const bodies: Bodies = new Map();
  for (let start = 0; start < wanted.length; start += bodiesPerStatement) {
    if (start > 0) await nextRound();
    const rows = await readSome(db, wanted.slice(start, start + bodiesPerStatement));
    for (const { body, ...name } of rows) if (body !== null) bodies.set(bodyKey(name), body);
  }
  return bodies;
}

async function readSome(db: Db, names: readonly BodyName[]) {
  const { rows } = await sql<BodyName & { body: string | null }>`select
      wanted.organization_id, wanted.event_id, wanted.kind,
      case when wanted.kind = 'SLACK' then slack_body else standard_body end as body
    from ${bodyNameRows(names)} as wanted
    join deployment_event on deployment_event.organization_id = wanted.organization_id
      and deployment_event.id = wanted.event_id`.execute(db);
  return rows;
}
