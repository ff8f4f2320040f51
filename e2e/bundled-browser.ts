import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');

/** A browser's program, and what has to be in its environment. */
export interface BrowserProgram {
  executablePath: string;
  env: Record<string, string>;
}

/**
 * The browser that npm brought along (@sparticuz/chromium, Linux on x64), unpacked once into
 * `node_modules/.cache`. Its own libraries and fonts stand in where the system has none: without a
 * single font its pages crash. Throws if the package cannot be unpacked here.
 */
export async function bundledBrowser(): Promise<BrowserProgram> {
  const folder = join(root, 'node_modules', '.cache', `chromium-${bundledVersion()}`);
  if (!existsSync(folder)) await unpack(folder);
  const env: Record<string, string> = { FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  const executablePath = join(folder, 'chromium');
  if (await lacksLibraries(executablePath)) env['LD_LIBRARY_PATH'] = join(folder, 'al2023', 'lib');
  return { executablePath, env };
}

function bundledVersion(): string {
  const { devDependencies } = createRequire(import.meta.url)('../package.json') as {
    devDependencies: Record<string, string>;
  };
  return devDependencies['@sparticuz/chromium'] ?? 'unknown';
}

/**
 * The package unpacks into the folder for temporary files and, on what it takes for a Lambda, its
 * libraries too. In a process of its own it is told both; the folder gets its name when complete,
 * so that two that unpack at once do not meet.
 */
async function unpack(folder: string): Promise<void> {
  const temporary = `${folder}.${process.pid}`;
  await mkdir(temporary, { recursive: true });
  const script =
    "import('@sparticuz/chromium').then((chromium) => chromium.default.executablePath())";
  await run(process.execPath, ['--eval', script], {
    cwd: root,
    env: { ...process.env, TMPDIR: temporary, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
  });
  await writeFile(join(temporary, 'fonts.conf'), fontConfiguration(folder));
  try {
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

/** The system's fonts where there are some, and the package's Open Sans beside them. */
function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(folder, 'fonts', 'fonts')}</dir>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`;
}

/** Whether the loader misses a library; a program that cannot even be asked misses all of them. */
async function lacksLibraries(executablePath: string): Promise<boolean> {
  try {
    await run(executablePath, ['--version']);
    return false;
  } catch {
    return true;
  }
}
