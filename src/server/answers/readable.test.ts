import { expectTypeOf, it } from 'vitest';
import type * as z from 'zod/mini';

import type { problemSchema } from '../../contract/api-error';
import type { capabilitiesSchema } from '../../contract/capabilities';
import type { acceptedEventSchema, DeploymentEvent } from '../../contract/deployment-event';
import type { EventEnvironment, EventOrganization, EventProject } from '../../contract/event-place';
import type { organizationSchema } from '../../contract/organization';
import type { eventSummaryRowSchema, pastEventSchema } from '../../contract/past-event';
import type {
  recoverableSchema,
  recoveryAtWorkSchema,
  recoverySchema,
  recoveryStartedSchema,
  redeliveredSchema,
} from '../../contract/resend';
import type { sessionSchema, signInCodeSchema } from '../../contract/session';
import type { warningSchema, webhookSchema } from '../../contract/webhook';
import type { webhookEventDetailSchema, webhookEventSchema } from '../../contract/webhook-event';
import type { webhookHealthSchema } from '../../contract/webhook-health';
import type * as events from './deployment-event';
import type * as places from './organization';
import type * as problems from './problem';
import type * as resends from './resend';
import type * as server from './server';
import type * as webhooks from './webhook';
import type * as attempts from './webhook-event';

/*
 * What is answered against what the console reads: a reading has a default for what may be missing, so
 * every answer has to be such a reading as it is.
 */

type Said<Schema extends z.core.$ZodType> = z.output<Schema>;

/** Which members were missing is noted by the reading. */
type Webhook = Omit<Said<typeof webhookSchema>, 'untold'>;

type Present<T> = { [Name in keyof T]-?: NonNullable<T[Name]> };

it('answers webhooks and attempts that the console reads', () => {
  expectTypeOf<Said<typeof webhooks.webhookAnswer>>().toExtend<Omit<Webhook, 'warnings'>>();
  expectTypeOf<Said<typeof webhooks.savedWebhookAnswer>>().toExtend<Webhook>();
  expectTypeOf<Said<typeof webhooks.warningAnswer>>().toExtend<Said<typeof warningSchema>>();
  expectTypeOf<Said<typeof webhooks.webhookHealthAnswer>>().toExtend<
    Said<typeof webhookHealthSchema>
  >();
  expectTypeOf<Said<typeof attempts.webhookEventAnswer>>().toExtend<
    Said<typeof webhookEventSchema>
  >();
  expectTypeOf<Said<typeof attempts.webhookEventDetailAnswer>>().toExtend<
    Said<typeof webhookEventDetailSchema>
  >();
});

it('answers events, and recoveries, that the console reads', () => {
  expectTypeOf<Said<typeof events.acceptedEventAnswer>>().toExtend<
    Said<typeof acceptedEventSchema>
  >();
  expectTypeOf<Said<typeof events.pastEventAnswer>>().toExtend<Said<typeof pastEventSchema>>();
  expectTypeOf<Said<typeof events.eventSummaryRowAnswer>>().toExtend<
    Said<typeof eventSummaryRowSchema>
  >();
  expectTypeOf<Said<typeof resends.redeliveredAnswer>>().toExtend<Said<typeof redeliveredSchema>>();
  expectTypeOf<Said<typeof resends.recoverableAnswer>>().toExtend<Said<typeof recoverableSchema>>();
  expectTypeOf<Said<typeof resends.recoveryStartedAnswer>>().toExtend<
    Said<typeof recoveryStartedSchema>
  >();
  expectTypeOf<Said<typeof resends.recoveryAnswer>>().toExtend<Said<typeof recoverySchema>>();
});

it('answers what else the console reads', () => {
  expectTypeOf<Said<typeof places.organizationAnswer>>().toExtend<
    Said<typeof organizationSchema>
  >();
  expectTypeOf<Said<typeof server.capabilitiesAnswer>>().toExtend<
    Said<typeof capabilitiesSchema>
  >();
  expectTypeOf<Said<typeof server.sessionAnswer>>().toExtend<Said<typeof sessionSchema>>();
  expectTypeOf<Said<typeof server.signInCodeAnswer>>().toExtend<Said<typeof signInCodeSchema>>();
  // What may be absent of a problem has a default, or is looked for.
  expectTypeOf<Present<Said<typeof problems.problemAnswer>>>().toExtend<
    Said<typeof problemSchema>
  >();
  expectTypeOf<Present<Said<typeof problems.recoverProblemAnswer>>>().toExtend<
    Said<typeof recoveryAtWorkSchema>
  >();
});

it('answers the very objects that a payload carries', () => {
  expectTypeOf<Said<typeof places.organizationAnswer>>().toEqualTypeOf<EventOrganization>();
  expectTypeOf<Said<typeof places.projectAnswer>>().toEqualTypeOf<EventProject>();
  expectTypeOf<Said<typeof places.environmentAnswer>>().toEqualTypeOf<EventEnvironment>();
  // Services are handed on as they came.
  type Services = 'applications' | 'databases' | 'containers' | 'jobs';
  expectTypeOf<Said<typeof events.deploymentEventAnswer>>().toExtend<
    Omit<DeploymentEvent, Services>
  >();
});

it('is held to something: an answer that lacks a member is none', () => {
  type Nameless = Omit<Said<typeof webhooks.webhookAnswer>, 'target_url'>;
  expectTypeOf<Nameless>().not.toExtend<Omit<Webhook, 'warnings'>>();
});
