import type { IncomingMessage, ServerResponse } from 'node:http';

import { isRunnableDevEnvironment, type Plugin } from 'vite';

import { ReloadingApi } from './reloading-api.ts';

/** What the API answers itself; everything else is Vite's. */
const ownPaths = /^\/(?:api|healthz|readyz)(?:[/?]|$)/;

/**
 * `npm run dev`: mounts the API into Vite's development server, so that console and API have one
 * address and a change of either shows at once. When a file that the API is made of changes, app and
 * worker are closed in order and loaded anew; requests wait meanwhile.
 */
export function embeddedApi(): Plugin {
  let api: ReloadingApi | null = null;
  return {
    name: 'embedded-api',
    apply: (_, { command, isPreview }) =>
      command === 'serve' && !isPreview && !process.env['VITEST'],
    config: () => ({ server: { host: '127.0.0.1' } }),
    configureServer(server) {
      const { httpServer, config, environments, middlewares } = server;
      const environment = environments['server'];
      if (!httpServer || !environment || !isRunnableDevEnvironment(environment)) {
        throw new Error('The API needs an HTTP server and the environment "server" to run in.');
      }
      const started = new ReloadingApi(environment.runner, httpServer, config.logger);
      api = started;
      middlewares.use((request: IncomingMessage, response: ServerResponse, next) => {
        if (ownPaths.test(request.url ?? '')) void started.answer(request, response);
        else next();
      });
      process.once('SIGINT', () => {
        void server.close().finally(() => process.exit(130));
      });
    },
    hotUpdate({ modules }) {
      if (this.environment.name !== 'server' || !api) return undefined;
      // What failed to load has no modules that a mended file could belong to.
      if (modules.length > 0 || api.isBroken) api.reload();
      return [];
    },
    async closeBundle() {
      await api?.close();
    },
  };
}
