import * as z from 'zod/mini';

import { withDefault } from './lenient';

/**
 * What the API can do beyond the Qovery API; no such answer (404) means nothing. The console switches
 * on what is named here and guesses nothing.
 */
export const capabilitiesSchema = z.object({
  version: withDefault(z.string(), ''),
  features: withDefault(z.array(z.string()), []),
});
