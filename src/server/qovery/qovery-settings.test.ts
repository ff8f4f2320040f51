import { describe, expect, it } from 'vitest';

import { readSettings } from '../env';
import { StartError } from '../start-error';
import { authorizationOf } from './qovery-settings';

const url = 'https://api.qovery.com';
const token = 'qov_a-token-of-the-tests';

describe('the settings of a Qovery API', () => {
  it('are none by default, and where both are empty', () => {
    expect(readSettings({}).qovery).toBeNull();
    expect(readSettings({ QOVERY_API_URL: '', QOVERY_API_TOKEN: '' }).qovery).toBeNull();
  });

  it.each([
    [url, url],
    [`${url}/`, url],
    ['HTTPS://API.Qovery.com:443//', url],
    ['http://127.0.0.1:9000', 'http://127.0.0.1:9000'],
    ['http://[::1]:9000/qovery/api/', 'http://[::1]:9000/qovery/api'],
  ])('take the address %s as %s', (QOVERY_API_URL, expected) => {
    const { qovery } = readSettings({ QOVERY_API_URL, QOVERY_API_TOKEN: token });
    expect(qovery).toEqual({ url: expected, token });
  });

  it.each([
    ['QOVERY_API_URL', { QOVERY_API_TOKEN: token }],
    ['QOVERY_API_TOKEN', { QOVERY_API_URL: url }],
    ['QOVERY_API_TOKEN', { QOVERY_API_URL: url, QOVERY_API_TOKEN: '' }],
  ])('stop without %s with a line that names both', (missing, env) => {
    const read = () => readSettings(env);
    expect(read).toThrow(StartError);
    expect(read).toThrow(new RegExp(`^${missing} must be set where QOVERY_API_\\w+ is[^\\n]*\\.$`));
    expect(read).not.toThrow(token);
  });

  it.each([
    'api.qovery.com',
    'ftp://api.qovery.com',
    'https://',
    'https://user@api.qovery.com',
    'https://:secret-word@api.qovery.com',
    'https://api.qovery.com?token=secret-word',
    'https://api.qovery.com/#secret-word',
  ])('stop at the address %s, which is not quoted', (QOVERY_API_URL) => {
    const read = () => readSettings({ QOVERY_API_URL, QOVERY_API_TOKEN: token });
    expect(read).toThrow(/^QOVERY_API_URL must be an http or https address [^\n]*\.$/);
    expect(read).not.toThrow(/secret-word/);
  });

  it.each(['Token secret-word', 'secret-word\n', 'secret-wörd', 'secret', 'secret-'.repeat(2000)])(
    'stop at the token %j, which is not quoted',
    (QOVERY_API_TOKEN) => {
      const read = () => readSettings({ QOVERY_API_URL: url, QOVERY_API_TOKEN });
      expect(read).toThrow(/^QOVERY_API_TOKEN must be the token alone[^\n]*\.$/);
      expect(read).not.toThrow(/secret/);
    },
  );
});

describe('the token is sent', () => {
  const encoded = (text: string) => Buffer.from(text).toString('base64url');

  it.each([
    ['Token', token],
    ['Bearer', `${encoded('{"alg":"RS256","typ":"JWT"}')}.${encoded('{}')}.c2lnbmF0dXJl`],
    ['Token', `${encoded('no JSON')}.${encoded('{}')}.c2lnbmF0dXJl`],
    ['Token', `${encoded('1')}.${encoded('{}')}.c2lnbmF0dXJl`],
    ['Token', `${encoded('{"alg":"RS256"}')}.${encoded('{}')}`],
    ['Token', 'three.dotted.parts'],
    ['Token', `${encoded('{"alg":"RS256"}')}.a+b/.c2lnbmF0dXJl`],
  ])('as %s: %s', (scheme, text) => {
    expect(authorizationOf(text)).toBe(`${scheme} ${text}`);
  });
});
