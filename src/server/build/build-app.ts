import { join } from 'node:path';

import type { ViteBuilder } from 'vite';

// With extensions, since Vite's configuration comes here and Node may load that without a bundler.
import { precompress } from './precompress.ts';
import { fingerprintSources, writeStamp } from './source-stamp.ts';

/**
 * The whole build, as `vite build --app` runs it: console, its compressed siblings, server. `dist`
 * gets its stamp last, so that a build that was broken off is never taken for a complete one.
 */
export async function buildApp(builder: ViteBuilder): Promise<void> {
  const { root } = builder.config;
  const { client, server } = builder.environments;
  if (!client || !server) throw new Error('The build needs the environments client and server.');
  const fingerprint = await fingerprintSources(root);
  await writeStamp(root, null);
  await builder.build(client);
  await precompress(join(root, client.config.build.outDir));
  await builder.build(server);
  await writeStamp(root, fingerprint);
}
