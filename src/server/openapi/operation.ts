import type * as z from 'zod/mini';

import type { ProblemStatus } from '../problem';
import { pageLimits } from '../query-parameters';
import type { JsonSchema } from './components';

/** What a call of the API is, in the words of a document; the routes do it. */
export interface Operation {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Below `/api`, parameters in braces. */
  path: string;
  /** What clients call it. */
  id: string;
  tag: string;
  summary: string;
  description?: string;
  /** `token`: the administrator's alone. Otherwise the token, or the cookie of a session. */
  access?: 'anyone' | 'token';
  query?: readonly Parameter[];
  /** Whether the caller may say which version the write is meant for. */
  takesIfMatch?: true;
  body?: { schema: z.core.$ZodType; isOptional?: true };
  answers: Partial<Record<200 | 201 | 202 | 204, Answer>>;
  /** Why it is refused, where that is no matter of course. */
  refusals?: Partial<Record<ProblemStatus, Refusal>>;
}

/** A parameter of a query. None is required. */
export interface Parameter {
  name: string;
  description: string;
  schema: JsonSchema;
}

/** What a call answers if it succeeds. */
export interface Answer {
  description: string;
  /** What is answered as JSON. */
  schema?: z.core.$ZodType;
  /** What is answered otherwise, by its content type. */
  content?: Readonly<Record<string, { schema: JsonSchema }>>;
  headers?: Headers;
}

/** Why a call is refused; headers, or problem details of its own, that tell more. */
export type Refusal = string | { description: string; headers?: Headers; schema?: z.core.$ZodType };

/** Headers of an answer, by their names. One that is not required comes with some of these answers only. */
export type Headers = Readonly<Record<string, DescribedHeader>>;

interface DescribedHeader {
  description: string;
  required?: true;
  schema: JsonSchema;
}

/** A header that has the address of something, and comes with each answer. */
export const location = (what: string): Headers => ({
  Location: {
    description: `The address of ${what}.`,
    required: true,
    schema: { type: 'string' },
  },
});

/** A response in the document. */
export interface DescribedResponse {
  description: string;
  headers?: Headers;
  content?: Readonly<Record<string, { schema: JsonSchema }>>;
}

/** The header that has the version of a webhook. */
export const etag: Headers = {
  ETag: {
    description: "The webhook's `version` in quotes, for `If-Match` of a write.",
    required: true,
    schema: { type: 'string' },
  },
};

/** How many rows are wanted. */
export const limit: Parameter = {
  name: 'limit',
  description: 'How many rows are wanted at most.',
  schema: { type: 'integer', minimum: 1, maximum: pageLimits.highest, default: pageLimits.usual },
};

/** A parameter that is an id. */
export const idParameter = (name: string, description: string): Parameter => ({
  name,
  description,
  schema: { type: 'string', format: 'uuid' },
});
