import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join(import.meta.dirname, '..', 'dist', 'server', 'main.js');

/** What `npm start` tells Node. */
const nodeOptions = startScript()
  .split(' ')
  .filter((word) => word.startsWith('--'));

function startScript(): string {
  const text = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { scripts: { start: string } }).scripts.start;
}

/** It starts in well under a second; a machine may be busy. */
const startTimeout = 30_000;

/** Longer than any orderly stop: a delivery's timeout and the grace period fit in. */
const stopTimeout = 30_000;

/**
 * The built server in a process of its own, on a port chosen by the system, with a data folder that
 * `dispose` takes away. It can be stopped, killed and started again on the same data and port.
 */
export class RunningServer {
  readonly adminToken = randomBytes(24).toString('base64url');
  readonly dataDir: string;
  readonly #settings: Readonly<Record<string, string>>;
  readonly #preload: string | undefined;
  #child: ChildProcess | null = null;
  #port = 0;
  #output = '';

  private constructor(
    dataDir: string,
    settings: Readonly<Record<string, string>>,
    preload: string | undefined,
  ) {
    this.dataDir = dataDir;
    this.#settings = settings;
    this.#preload = preload;
    process.once('exit', this.#endWithUs);
  }

  /**
   * Starts one; throws with the output if it does not start.
   *
   * @param settings environment variables.
   * @param data a folder whose content the server finds in its own.
   * @param preload the address of a module that its process loads first and that answers `ask`.
   */
  static async start(
    settings: Readonly<Record<string, string>> = {},
    data?: string,
    preload?: string,
  ): Promise<RunningServer> {
    const dataDir = await mkdtemp(join(tmpdir(), 'webhook-console-'));
    const server = new RunningServer(dataDir, settings, preload);
    try {
      if (data) await cp(data, dataDir, { recursive: true });
      await server.startAgain();
    } catch (error) {
      await server.dispose();
      throw error;
    }
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** All that the server has printed, over restarts. */
  get output(): string {
    return this.#output;
  }

  /** Starts the server that was stopped or killed, on its data and port. */
  async startAgain(): Promise<void> {
    const preload = this.#preload === undefined ? [] : ['--import', this.#preload];
    const child = spawn(process.execPath, [...nodeOptions, ...preload, program], {
      env: {
        PATH: process.env['PATH'],
        TMPDIR: process.env['TMPDIR'],
        HOST: '127.0.0.1',
        PORT: String(this.#port),
        DATA_DIR: this.dataDir,
        ADMIN_TOKEN: this.adminToken,
        ...this.#settings,
      },
      stdio: ['ignore', 'pipe', 'pipe', ...(preload.length > 0 ? (['ipc'] as const) : [])],
    });
    this.#child = child;
    this.#port = await new Promise<number>((resolve, reject) => {
      let printed: string | null = '';
      const timer = setTimeout(() => child.kill('SIGKILL'), startTimeout);
      const read = (chunk: Buffer) => {
        this.#output += chunk.toString();
        if (printed === null) return;
        printed += chunk.toString();
        const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(printed)?.[1];
        if (!port) return;
        printed = null;
        clearTimeout(timer);
        resolve(Number(port));
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.once('error', reject);
      child.once('close', (code) => {
        clearTimeout(timer);
        reject(
          new Error(
            `The server did not say where it listens (exit code ${code}).\n${printed ?? ''}`,
          ),
        );
      });
    });
  }

  /** Asks the module that was loaded first; gives its answer. Throws if the server ends. */
  async ask(question: string): Promise<unknown> {
    const child = this.#child;
    if (!child) throw new Error('The server does not run.');
    const ended = new AbortController();
    const end = () => ended.abort();
    child.once('close', end);
    try {
      const answer = once(child, 'message', { signal: ended.signal });
      child.send(question);
      return (await answer)[0];
    } finally {
      child.off('close', end);
    }
  }

  /** Sends SIGTERM and waits for the exit code; null if it had to be killed after all. */
  async stop(): Promise<number | null> {
    const child = this.#child;
    if (!child) return 0;
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeout);
    const code = await this.#end('SIGTERM');
    clearTimeout(timer);
    return code;
  }

  /** Ends the server as a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends the server and removes its data. */
  async dispose(): Promise<void> {
    await this.kill();
    process.off('exit', this.#endWithUs);
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** Nothing is left behind where nobody comes to dispose of it. */
  readonly #endWithUs = (): void => {
    this.#child?.kill('SIGKILL');
    rmSync(this.dataDir, { recursive: true, force: true });
  };

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (!child) return 0;
    this.#child = null;
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
    return child.exitCode;
  }
}
