import { sql, type Kysely } from 'kysely';

const quarterLength = 900_000;
const day = 86_400_000;

interface Webhook {
  id: string;
  organization_id: string;
}

interface Failure {
  started_at: number;
  status_code: number;
  error: string | null;
}

/**
 * Makes the health of the webhooks out of the log as it is. Streaks of failures begin with what comes:
 * no webhook is disabled for what failed when nobody knew of that. A webhook at a time, by the index
 * of its log, which is to be there still.
 */
export async function fillHealth(db: Kysely<unknown>, now: number): Promise<void> {
  const webhooks = await sql<Webhook>`select id, organization_id from webhook`.execute(db);
  for (const webhook of webhooks.rows) {
    const last = await lastCodes(db, webhook);
    if (last.length === 0) continue;
    const failure = await lastFailure(db, webhook);
    await sql`insert into webhook_health (webhook_id, organization_id, last, quarters,
        last_failure_at, last_failure_status, last_failure_error, failed_deliveries, failed_days)
      values (${webhook.id}, ${webhook.organization_id}, ${JSON.stringify(last)},
        ${JSON.stringify(await quartersSince(db, webhook, now))},
        ${failure?.started_at ?? null}, ${failure?.status_code ?? null}, ${failure?.error ?? null},
        0, 0)`.execute(db);
  }
}

/** The attempts of a webhook; what was cancelled is none, and was told from others by its words. */
const attemptsOf = ({ id, organization_id }: Webhook) => sql`attempt
  where organization_id = ${organization_id} and webhook_id = ${id}
    and (error is null or error not in ('not sent: the webhook is disabled',
      'not sent: the webhook was deleted', 'not sent: the event is no longer stored'))`;

async function lastCodes(db: Kysely<unknown>, webhook: Webhook): Promise<number[]> {
  const { rows } = await sql<{ status_code: number }>`select status_code
    from ${attemptsOf(webhook)} order by id desc limit 20`.execute(db);
  return rows.map(({ status_code }) => status_code).toReversed();
}

async function lastFailure(db: Kysely<unknown>, webhook: Webhook): Promise<Failure | undefined> {
  const { rows } = await sql<Failure>`select started_at, status_code, error
    from ${attemptsOf(webhook)} and error is not null order by id desc limit 1`.execute(db);
  return rows[0];
}

async function quartersSince(db: Kysely<unknown>, webhook: Webhook, now: number) {
  const { rows } = await sql<{ quarter: number; attempts: number; failed: number }>`select
      started_at / ${sql.lit(quarterLength)} as quarter, count(*) as attempts, count(error) as failed
    from ${attemptsOf(webhook)} and id >= ${firstIdOf(now - day)}
    group by started_at / ${sql.lit(quarterLength)} order by quarter`.execute(db);
  return rows.map(({ quarter, attempts, failed }) => [quarter, attempts - failed, failed]);
}

/** Not greater than any UUIDv7 of that time or later. */
function firstIdOf(time: number): string {
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
