import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { chromium, type LaunchOptions } from '@playwright/test';

import { bundledBrowser, type BrowserProgram } from './bundled-browser';

const systemBrowser = '/usr/bin/chromium';

/**
 * How the tests start a browser. In this order: the one that `CHROMIUM_PATH` names (`bundled` goes
 * straight to the last), Playwright's own if it is installed, the system's, the one that npm brought
 * along. Throws with words on what to do if there is none.
 */
export async function browserLaunchOptions(): Promise<LaunchOptions> {
  const { executablePath, env } = await findBrowser(process.env['CHROMIUM_PATH']);
  return {
    executablePath,
    env: { ...definedEnvironment(), ...env },
    chromiumSandbox: canSandbox(),
  };
}

async function findBrowser(wanted: string | undefined): Promise<BrowserProgram> {
  if (wanted && wanted !== 'bundled') {
    if (!existsSync(wanted)) throw new Error(`CHROMIUM_PATH names no file: ${wanted}`);
    return { executablePath: wanted, env: {} };
  }
  if (wanted !== 'bundled') {
    const installed = [chromium.executablePath(), systemBrowser].find((path) => existsSync(path));
    if (installed) return { executablePath: installed, env: {} };
  }
  try {
    return await bundledBrowser();
  } catch (error) {
    throw new Error(
      'No browser for the tests. Set CHROMIUM_PATH to a Chromium or Chrome, or run: npx playwright install chromium',
      { cause: error },
    );
  }
}

/**
 * Chromium's sandbox does not work as root, nor where the kernel forbids user namespaces (many
 * containers, Ubuntu since 24.04): there the browser would not start at all.
 */
function canSandbox(): boolean {
  if (process.platform !== 'linux') return true;
  if (process.getuid?.() === 0) return false;
  try {
    execFileSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function definedEnvironment(): Record<string, string> {
  const defined = Object.entries(process.env).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined;
  });
  return Object.fromEntries(defined);
}
