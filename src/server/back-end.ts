import type { Hono } from 'hono';

import type { CapabilitiesResponse } from './answers/server';
import type { HttpEnv } from './http-context';

/** What answers the calls about organizations and webhooks. */
export interface BackEnd {
  /** What works beyond the Qovery API; the console switches on what is named. */
  features: CapabilitiesResponse['features'];
  /** Whether the OpenAPI document is about it; if not, there is none, and its path is 404. */
  isDescribed: boolean;
  /** Why it cannot do its work, in a sentence; null while it can. */
  problem: () => string | null;
  /** The calls, to be mounted under `/api` behind authentication. */
  routes: Hono<HttpEnv>;
}

/** A back end with what it does beside answering calls. */
export interface RunningBackEnd extends BackEnd {
  /** Takes on nothing new and lets what is under way finish; may be called more than once. */
  stopWork(): Promise<void>;
  /** Lets go of the rest, once the database is closed. */
  close(): Promise<void>;
}
