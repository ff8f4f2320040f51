import { sql, type Kysely, type Migration } from 'kysely';

import { fillHealth } from './0002-fill-health';

/** What health, recoveries, tests and the filters of the log need. Never edited after a release. */
export const trust: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('attempt')
      .addColumn('outcome', 'text', (c) => c.notNull().defaultTo('failed'))
      .execute();
    await sql`update attempt set outcome = 'succeeded' where error is null`.execute(db);
    await db.schema.alterTable('attempt').addColumn('request_body', 'text').execute();
    await db.schema
      .createIndex('attempt_test')
      .on('attempt')
      .column('started_at')
      .where(sql.ref('trigger'), '=', sql.lit('test'))
      .execute();
    await db.schema.alterTable('delivery').addColumn('recovery_id', 'text').execute();

    await db.schema
      .createTable('webhook_health')
      .addColumn('webhook_id', 'text', (c) => c.primaryKey())
      .addColumn('organization_id', 'text', (c) => c.notNull())
      .addColumn('last', 'text', (c) => c.notNull())
      .addColumn('quarters', 'text', (c) => c.notNull())
      .addColumn('last_failure_at', 'bigint')
      .addColumn('last_failure_status', 'integer')
      .addColumn('last_failure_error', 'text')
      .addColumn('failing_since', 'bigint')
      .addColumn('failed_deliveries', 'integer', (c) => c.notNull())
      .addColumn('failed_days', 'integer', (c) => c.notNull())
      .addColumn('last_failed_day', 'integer')
      .execute();
    await db.schema
      .createIndex('webhook_health_of_organization')
      .on('webhook_health')
      .columns(['organization_id', 'webhook_id'])
      .execute();
    await fillHealth(db, Date.now());
    await indexForFilters(db);

    await db.schema
      .createTable('deployment_event_count')
      .addColumn('organization_id', 'text', (c) => c.notNull())
      .addColumn('day', 'integer', (c) => c.notNull())
      .addColumn('event_type', 'text', (c) => c.notNull())
      .addColumn('mode', 'text', (c) => c.notNull())
      .addColumn('project_name', 'text', (c) => c.notNull())
      .addColumn('count', 'integer', (c) => c.notNull())
      .addColumn('latest_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('deployment_event_count_pk', [
        'organization_id',
        'day',
        'event_type',
        'mode',
        'project_name',
      ])
      .execute();
    await sql`insert into deployment_event_count
      (organization_id, day, event_type, mode, project_name, count, latest_at)
      select organization_id, accepted_at / 86400000, event_type, mode, project_name, count(*), max(accepted_at)
      from deployment_event
      group by organization_id, accepted_at / 86400000, event_type, mode, project_name`.execute(db);

    await db.schema
      .createTable('recovery')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('organization_id', 'text', (c) => c.notNull())
      .addColumn('webhook_id', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('since', 'bigint', (c) => c.notNull())
      .addColumn('total', 'integer', (c) => c.notNull())
      .addColumn('position_at', 'bigint', (c) => c.notNull())
      .addColumn('position', 'text', (c) => c.notNull())
      .addColumn('is_queued', 'integer', (c) => c.notNull())
      .addColumn('queued', 'integer', (c) => c.notNull())
      .addColumn('succeeded', 'integer', (c) => c.notNull())
      .addColumn('failed', 'integer', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('recovery_by_age').on('recovery').column('created_at').execute();
    await db.schema
      .createIndex('recovery_at_work')
      .on('recovery')
      .column('webhook_id')
      .where(sql.ref('is_queued'), '=', sql.lit(0))
      .execute();
    await db.schema
      .createIndex('delivery_ended')
      .on('delivery')
      .columns(['webhook_id', 'kind', 'accepted_at', 'id'])
      .where(sql.ref('status'), 'in', [sql.lit('failed'), sql.lit('cancelled')])
      .execute();
    await db.schema
      .createIndex('delivery_recovering')
      .on('delivery')
      .columns(['recovery_id', 'schedule_step'])
      .where(sql.ref('status'), '=', sql.lit('pending'))
      .where(sql.ref('recovery_id'), 'is not', null)
      .execute();
  },
};

/**
 * The log is read by type of event and outcome, of a webhook or of all. Whatever is asked for is a few
 * ranges of these indexes, each in the order of the log.
 */
async function indexForFilters(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('attempt_of_webhook').execute();
  await db.schema
    .createIndex('attempt_of_webhook')
    .on('attempt')
    .columns(['webhook_id', 'event_type', 'outcome', 'id'])
    .execute();
  await db.schema.dropIndex('attempt_in_order').execute();
  await db.schema
    .createIndex('attempt_in_order')
    .on('attempt')
    .columns(['organization_id', 'event_type', 'outcome', 'id'])
    .execute();
  await db.schema.dropIndex('delivery_untried').execute();
  await db.schema
    .createIndex('delivery_untried')
    .on('delivery')
    .columns(['webhook_id', 'event_type', 'id'])
    .where(sql.ref('tried'), '=', sql.lit(0))
    .execute();
  await db.schema
    .createIndex('delivery_untried_in_order')
    .on('delivery')
    .columns(['organization_id', 'event_type', 'id'])
    .where(sql.ref('tried'), '=', sql.lit(0))
    .execute();
  // An event may have ten thousand deliveries: that to one webhook is found at once.
  await db.schema.dropIndex('delivery_of_event').execute();
  await db.schema
    .createIndex('delivery_of_event')
    .on('delivery')
    .columns(['event_id', 'webhook_id'])
    .execute();
  // By the time of acceptance, since which `accepted_id` follows only where no clock was set back.
  await db.schema.dropIndex('deployment_event_in_order').execute();
  await db.schema
    .createIndex('deployment_event_in_order')
    .on('deployment_event')
    .columns([
      'organization_id',
      'accepted_at',
      'accepted_id',
      'event_type',
      'mode',
      'project_name',
    ])
    .execute();
}
