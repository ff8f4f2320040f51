import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { getRequestListener } from '@hono/node-server';
import type { HttpServer, Logger } from 'vite';

import type * as AddressModule from '../address';
import type * as AssembleModule from '../assemble';
import type * as EnvModule from '../env';
import type * as LogModule from '../log';

/** What loads modules: Vite's module runner. */
interface Runner {
  import(url: string): Promise<unknown>;
  clearCache(): void;
}

interface LoadedApi {
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  close: () => Promise<void>;
}

/**
 * The API as its files say now. Loading and closing never overlap, since a data folder has one
 * owner; what cannot be loaded answers 500 with the reason until it is mended.
 */
export class ReloadingApi {
  isBroken = false;
  readonly #runner: Runner;
  readonly #httpServer: HttpServer;
  readonly #logger: Pick<Logger, 'info' | 'error'>;
  readonly #inFlight = new Set<Promise<void>>();
  #current: Promise<LoadedApi>;
  #isStarted = false;
  #isQueued = false;
  #isClosed = false;
  #hasGreeted = false;

  /** Loads once the server listens: the port is part of the settings. */
  constructor(runner: Runner, httpServer: HttpServer, logger: Pick<Logger, 'info' | 'error'>) {
    this.#runner = runner;
    this.#httpServer = httpServer;
    this.#logger = logger;
    this.#current = new Promise((resolve) => {
      // Not `once` of node:events: a port that is taken is an error after which Vite tries the next.
      httpServer.once('listening', () => {
        this.#isStarted = true;
        resolve(this.#load());
      });
    });
  }

  /** Answers by what is loaded, or waits until something is. Does not throw. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const loaded = await this.#latest();
    const answered = loaded.answer(request, response);
    this.#inFlight.add(answered);
    try {
      await answered;
    } catch {
      response.destroy();
    } finally {
      this.#inFlight.delete(answered);
    }
  }

  /** Closes what is loaded once its requests are answered, and loads anew. */
  reload(): void {
    if (this.#isQueued || this.#isClosed) return;
    this.#isQueued = true;
    this.#current = this.#current.then(async (loaded) => {
      await this.#end(loaded);
      this.#isQueued = false;
      this.#runner.clearCache();
      return this.#load();
    });
  }

  /** Closes for good. */
  async close(): Promise<void> {
    if (this.#isClosed || !this.#isStarted) return;
    this.#isClosed = true;
    await this.#end(await this.#latest());
  }

  async #latest(): Promise<LoadedApi> {
    for (;;) {
      const current = this.#current;
      const loaded = await current;
      if (current === this.#current) return loaded;
    }
  }

  async #end(loaded: LoadedApi): Promise<void> {
    await Promise.allSettled(this.#inFlight);
    await loaded.close();
  }

  async #load(): Promise<LoadedApi> {
    try {
      const loaded = await this.#assemble();
      this.isBroken = false;
      return loaded;
    } catch (error) {
      this.isBroken = true;
      const reason = reasonOf(error);
      this.#logger.error(reason, { timestamp: true });
      return brokenApi(reason);
    }
  }

  async #assemble(): Promise<LoadedApi> {
    const { readSettings } = await this.#import<typeof EnvModule>('env.ts');
    const { createLog } = await this.#import<typeof LogModule>('log.ts');
    const { assemble } = await this.#import<typeof AssembleModule>('assemble.ts');
    const { address, port } = this.#httpServer.address() as AddressInfo;
    const settings = readSettings({
      ...process.env,
      // An empty variable counts as unset.
      DATA_DIR: process.env['DATA_DIR'] || 'data/dev',
      LOG_LEVEL: process.env['LOG_LEVEL'] || 'warn',
      HOST: address,
      PORT: String(port),
    });
    const api = await assemble(settings, createLog(settings.logLevel));
    await this.#greet(settings, api);
    const listener = getRequestListener(api.app.fetch, { overrideGlobalObjects: false });
    return {
      answer: async (request, response) => listener(request, response),
      close: () => api.close(),
    };
  }

  /** Prints a sign-in link, the first time only. */
  async #greet(settings: EnvModule.Settings, api: AssembleModule.Assembled): Promise<void> {
    if (this.#hasGreeted) return;
    this.#hasGreeted = true;
    const { browserAddress, signInLink } = await this.#import<typeof AddressModule>('address.ts');
    const { code } = await api.issueSignInCode();
    const link = signInLink(browserAddress(settings, settings.port), code);
    this.#logger.info(`  Sign in (works once, within 10 minutes): ${link}\n`);
  }

  async #import<Module>(file: string): Promise<Module> {
    return (await this.#runner.import(`/src/server/${file}`)) as Module;
  }
}

/**
 * Why there is no API. Whoever only has to set something else needs no stack; known by its name, since
 * the runner has a class of its own.
 */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'StartError') return error.message;
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `The API could not be loaded.\n${details}`;
}

/** Stands in for an API that could not be loaded. */
function brokenApi(reason: string): LoadedApi {
  return {
    answer: async (_, response) => {
      response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(`${reason}\n`);
    },
    close: async () => {},
  };
}
