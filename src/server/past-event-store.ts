import { createdAtOfBody } from '../contract/payload';
import type { PastEventResponse } from './answers/deployment-event';
import { breathing } from './breathe';
import type { Db } from './db';
import { listed } from './rows-as-json';
import type { AcceptedPlace } from './deployment-event-store';
import type { DeliveryStatus } from './tables';

/** Which past events are wanted. */
export interface PastEventPage {
  organization_id: string;
  /** How many at most. */
  limit: number;
  /** Only those that were accepted before this one; null: from the last one on. */
  before: AcceptedPlace | null;
  /** The webhook whose deliveries are named, or null: none are. */
  webhook_id: string | null;
}

/** Past events, the last one accepted first. */
export async function listPastEvents(db: Db, page: PastEventPage): Promise<PastEventResponse[]> {
  const { organization_id, webhook_id } = page;
  const rows = await listRows(db, page);
  const ids = rows.map(({ id }) => id);
  const times = await ownTimes(db, organization_id, ids);
  const deliveries =
    webhook_id === null ? null : await deliveriesTo(db, organization_id, webhook_id, ids);
  return rows.map((row) => {
    const event: PastEventResponse = {
      id: row.id,
      accepted_at: new Date(row.accepted_at).toISOString(),
      created_at: times.get(row.id) ?? new Date(row.accepted_at).toISOString(),
      event_type: row.event_type,
      project: { id: row.project_id, name: row.project_name },
      environment: { id: row.environment_id, name: row.environment_name, mode: row.mode },
    };
    if (deliveries) {
      const delivery = deliveries.get(row.id);
      event.delivery_id = delivery?.id ?? null;
      event.delivery_status = delivery?.status ?? null;
    }
    return event;
  });
}

function listRows(db: Db, { organization_id, limit, before }: PastEventPage) {
  let query = db
    .selectFrom('deployment_event')
    .select([
      'id',
      'accepted_at',
      'event_type',
      'mode',
      'project_id',
      'project_name',
      'environment_id',
      'environment_name',
    ])
    .where('organization_id', '=', organization_id)
    .orderBy('accepted_at', 'desc')
    .orderBy('accepted_id', 'desc')
    .limit(limit);
  if (before) {
    query = query.where((e) =>
      e(
        e.refTuple('accepted_at', 'accepted_id'),
        '<',
        e.tuple(before.accepted_at, before.accepted_id),
      ),
    );
  }
  return query.execute();
}

/** The engine reads the whole of a body, up to 256 KiB, to give its beginning. */
const bodiesPerStatement = 16;
/** Enough for the first member of a body. */
const beginning = 64;

/**
 * The times that events have given themselves: their bodies begin with them. A column of their own
 * would come after the bodies in a row and be no faster to reach.
 */
async function ownTimes(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const times = new Map<string, string>();
  const breathe = breathing();
  for (let start = 0; start < ids.length; start += bodiesPerStatement) {
    const rows = await db
      .selectFrom('deployment_event')
      .select((e) => [
        'id',
        e.fn<string>('substr', ['standard_body', e.lit(1), e.lit(beginning)]).as('body'),
      ])
      .where('organization_id', '=', organizationId)
      .where('id', 'in', listed(ids.slice(start, start + bodiesPerStatement)))
      .execute();
    for (const { id, body } of rows) {
      const time = createdAtOfBody(body);
      if (time !== null) times.set(id, time);
    }
    await breathe();
  }
  return times;
}

/** The deliveries of events to one webhook, by the events' ids. */
async function deliveriesTo(
  db: Db,
  organizationId: string,
  webhookId: string,
  eventIds: readonly string[],
): Promise<Map<string, { id: string; status: DeliveryStatus }>> {
  const rows = await db
    .selectFrom('delivery')
    .select(['event_id', 'id', 'status'])
    .where('event_id', 'in', listed(eventIds))
    .where('webhook_id', '=', webhookId)
    .where('organization_id', '=', organizationId)
    .execute();
  return new Map(rows.map((row) => [row.event_id, row]));
}
