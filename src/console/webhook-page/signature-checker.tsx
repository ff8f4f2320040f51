import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { CircleCheck, CircleX, Info } from 'lucide-react';
import { useMemo, useState } from 'react';

import type { HmacSha256 } from '../../contract/signature';
import { Field } from '../ui/field';
import { useNow } from '../ui/relative-time';
import { checkSignature, type CheckedDelivery } from './check-signature';

// The browser's own is missing on plain http away from loopback.
const hmacSha256: HmacSha256 = (key, message) => hmac(sha256, key, message);

const looks = {
  valid: { icon: CircleCheck, className: 'bg-success-soft text-success' },
  invalid: { icon: CircleX, className: 'bg-danger-soft text-danger' },
  incomplete: { icon: Info, className: 'bg-sunken text-muted' },
};

/** Says of pasted headers and body whether they are signed with a secret, or why not. */
export function SignatureChecker() {
  const [given, setGiven] = useState<CheckedDelivery>({ headers: '', body: '', secret: '' });
  const now = useNow();
  const { tone, words } = useMemo(() => checkSignature(given, hmacSha256, now), [given, now]);
  const { icon: Icon, className } = looks[tone];
  const area = 'control w-full font-mono text-xs';
  return (
    <div className="space-y-4">
      <Field label="Headers" required>
        {(control) => (
          <textarea
            {...control}
            rows={4}
            spellCheck={false}
            autoComplete="off"
            placeholder={'webhook-id: …\nwebhook-timestamp: …\nwebhook-signature: v1,…'}
            value={given.headers}
            onChange={({ target }) => setGiven({ ...given, headers: target.value })}
            className={area}
          />
        )}
      </Field>
      <Field label="Body" hint="Exactly as it came." required>
        {(control) => (
          <textarea
            {...control}
            rows={4}
            spellCheck={false}
            autoComplete="off"
            value={given.body}
            onChange={({ target }) => setGiven({ ...given, body: target.value })}
            className={area}
          />
        )}
      </Field>
      <Field
        label="Secret"
        hint="It stays in this page, and is forgotten when you leave it."
        required
      >
        {(control) => (
          <input
            {...control}
            type="password"
            autoComplete="off"
            value={given.secret}
            onChange={({ target }) => setGiven({ ...given, secret: target.value })}
            className={area}
          />
        )}
      </Field>
      <p role="status" className={`flex gap-2 rounded-lg px-3 py-2.5 font-medium ${className}`}>
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        {words}
      </p>
    </div>
  );
}
