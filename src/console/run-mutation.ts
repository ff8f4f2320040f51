import type { MutationOptions, QueryClient } from '@tanstack/react-query';

/**
 * Runs a mutation that no component waits for: what comes of it is told by its own callbacks and by
 * the client's, and nothing is drawn because of it alone.
 */
export function runMutation<Data, Variables, Result>(
  client: QueryClient,
  options: MutationOptions<Data, Error, Variables, Result>,
  variables: Variables,
): void {
  const mutation = client.getMutationCache().build(client, options);
  mutation.execute(variables).catch(() => undefined);
}
