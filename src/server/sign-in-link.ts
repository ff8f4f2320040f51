import { signInCodePath } from '../contract/api-paths';
import { signInCodeSchema } from '../contract/session';
import { browserAddress, signInLink } from './address';
import { askOwnServer, runCommand } from './own-server';

/* `npm run sign-in-link`: asks the running server for a link and prints it. */

await runCommand(async (settings) => {
  const response = await askOwnServer(settings, signInCodePath());
  const { code } = signInCodeSchema.parse(await response.json());
  process.stdout.write(`${signInLink(browserAddress(settings, settings.port), code)}\n`);
});
