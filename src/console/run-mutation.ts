import type { MutationOptions, QueryClient } from '@tanstack/react-query';

/**
 * Runs a mutation that no component waits for: its own callbacks and the client's tell what comes of
 * it, and nothing is drawn because of it alone.
 *
 * @returns the answer.
 * @throws what the mutation throws.
 */
export function runMutation<Data, Variables, Result>(
  client: QueryClient,
  options: MutationOptions<Data, Error, Variables, Result>,
  variables: Variables,
): Promise<Data> {
  return client.getMutationCache().build(client, options).execute(variables);
}

/** The same for whoever does not wait for it. */
export function startMutation<Data, Variables, Result>(
  client: QueryClient,
  options: MutationOptions<Data, Error, Variables, Result>,
  variables: Variables,
): void {
  runMutation(client, options, variables).catch(() => undefined);
}
