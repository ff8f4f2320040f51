import { sql, type Kysely, type Migration } from 'kysely';

/** The tables of `tables.ts` as the first edition had them. Never edited after a release. */
export const initial: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('organization')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute();

    await db.schema
      .createTable('project')
      .addColumn('organization_id', 'text', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('folded_name', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('updated_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('project_pk', ['organization_id', 'id'])
      .execute();
    await db.schema
      .createIndex('project_by_name')
      .on('project')
      .columns(['organization_id', 'folded_name'])
      .execute();

    await db.schema
      .createTable('environment')
      .addColumn('organization_id', 'text', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('project_id', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('folded_name', 'text', (c) => c.notNull())
      .addColumn('mode', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('updated_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('environment_pk', ['organization_id', 'id'])
      .execute();
    await db.schema
      .createIndex('environment_by_name')
      .on('environment')
      .columns(['organization_id', 'project_id', 'folded_name'])
      .execute();

    await db.schema
      .createTable('webhook')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('organization_id', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('updated_at', 'bigint', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('target_url', 'text', (c) => c.notNull())
      .addColumn('target_secret', 'text')
      .addColumn('description', 'text', (c) => c.notNull())
      .addColumn('enabled', 'integer', (c) => c.notNull())
      .addColumn('events', 'text', (c) => c.notNull())
      .addColumn('project_names_filter', 'text', (c) => c.notNull())
      .addColumn('environment_types_filter', 'text', (c) => c.notNull())
      .addColumn('disabled_reason', 'text')
      .addColumn('disabled_at', 'bigint')
      .execute();
    await db.schema
      .createIndex('webhook_in_order')
      .on('webhook')
      .columns(['organization_id', 'created_at', 'id'])
      .execute();

    await db.schema
      .createTable('deployment_event')
      .addColumn('organization_id', 'text', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('accepted_id', 'text', (c) => c.notNull())
      .addColumn('accepted_at', 'bigint', (c) => c.notNull())
      .addColumn('event_type', 'text', (c) => c.notNull())
      .addColumn('mode', 'text', (c) => c.notNull())
      .addColumn('project_id', 'text', (c) => c.notNull())
      .addColumn('project_name', 'text', (c) => c.notNull())
      .addColumn('environment_id', 'text', (c) => c.notNull())
      .addColumn('environment_name', 'text', (c) => c.notNull())
      .addColumn('content_hash', 'text', (c) => c.notNull())
      .addColumn('standard_body', 'text', (c) => c.notNull())
      .addColumn('slack_body', 'text')
      .addPrimaryKeyConstraint('deployment_event_pk', ['organization_id', 'id'])
      .execute();
    await db.schema
      .createIndex('deployment_event_in_order')
      .on('deployment_event')
      .columns(['organization_id', 'accepted_id'])
      .execute();

    await db.schema
      .createTable('delivery')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('organization_id', 'text', (c) => c.notNull())
      .addColumn('webhook_id', 'text', (c) => c.notNull())
      .addColumn('event_id', 'text', (c) => c.notNull())
      .addColumn('event_type', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('accepted_at', 'bigint', (c) => c.notNull())
      .addColumn('accepted_url', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('attempt', 'integer', (c) => c.notNull())
      .addColumn('tried', 'integer', (c) => c.notNull())
      .addColumn('schedule_step', 'integer', (c) => c.notNull())
      .addColumn('in_flight', 'integer', (c) => c.notNull())
      .addColumn('trigger', 'text', (c) => c.notNull())
      .addColumn('run_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('delivery_due')
      .on('delivery')
      .columns(['webhook_id', 'run_at', 'id'])
      .where(sql.ref('status'), '=', sql.lit('pending'))
      .execute();
    await db.schema
      .createIndex('delivery_in_flight')
      .on('delivery')
      .column('id')
      .where(sql.ref('in_flight'), '=', sql.lit(1))
      .execute();
    await db.schema
      .createIndex('delivery_untried')
      .on('delivery')
      .columns(['webhook_id', 'id'])
      .where(sql.ref('tried'), '=', sql.lit(0))
      .execute();
    await db.schema
      .createIndex('delivery_of_event')
      .on('delivery')
      .columns(['organization_id', 'event_id'])
      .execute();

    await db.schema
      .createTable('attempt')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('organization_id', 'text', (c) => c.notNull())
      .addColumn('webhook_id', 'text', (c) => c.notNull())
      .addColumn('delivery_id', 'text', (c) => c.notNull())
      .addColumn('event_id', 'text', (c) => c.notNull())
      .addColumn('event_type', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('attempt', 'integer', (c) => c.notNull())
      .addColumn('max_attempts', 'integer', (c) => c.notNull())
      .addColumn('trigger', 'text', (c) => c.notNull())
      .addColumn('started_at', 'bigint', (c) => c.notNull())
      .addColumn('duration_ms', 'integer', (c) => c.notNull())
      .addColumn('target_url_used', 'text', (c) => c.notNull())
      .addColumn('request_headers', 'text', (c) => c.notNull())
      .addColumn('status_code', 'integer', (c) => c.notNull())
      .addColumn('error', 'text')
      .addColumn('response_headers', 'text')
      .addColumn('response_body', 'text')
      .addColumn('next_attempt_at', 'bigint')
      .execute();
    await db.schema
      .createIndex('attempt_of_webhook')
      .on('attempt')
      .columns(['organization_id', 'webhook_id', 'id'])
      .execute();
    await db.schema
      .createIndex('attempt_in_order')
      .on('attempt')
      .columns(['organization_id', 'id'])
      .execute();
    await db.schema
      .createIndex('attempt_of_delivery')
      .on('attempt')
      .columns(['delivery_id', 'id'])
      .execute();

    await db.schema
      .createTable('session')
      .addColumn('id_hash', 'text', (c) => c.primaryKey())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('token_hash', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('sign_in_code')
      .addColumn('code_hash', 'text', (c) => c.primaryKey())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('installation')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('value', 'text', (c) => c.notNull())
      .execute();
  },
};
