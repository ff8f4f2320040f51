import { useState } from 'react';

import { mayHaveSecret, type Webhook } from '../../contract/webhook';
import { signsDeliveries, useCapabilitiesFailure, useFeature } from '../capabilities-queries';
import { CopyButton } from '../ui/copy-button';
import { Notice } from '../ui/notice';
import { Tabs } from '../ui/tabs';
import { SecretHelp } from './secret-help';
import { SignatureChecker } from './signature-checker';
import { snippetNames, snippets, type SnippetName } from './snippets';

const card = 'min-w-0 rounded-xl border border-line bg-surface p-4 shadow-card';

/** How the receiver tells who has sent a delivery. */
export function SetupHelp({ webhook }: { webhook: Webhook }) {
  const signs = useFeature(signsDeliveries);
  const unknown = useCapabilitiesFailure();
  if (webhook.kind === 'SLACK') {
    return (
      <Notice tone="info">
        Slack needs no set-up: it knows by the URL that it is us. Keep the URL to yourselves, since
        whoever has it can post.
      </Notice>
    );
  }
  // The page says that it is not known.
  if (unknown || signs === undefined) return null;
  return signs ? <SignatureHelp webhook={webhook} /> : <SecretHelp webhook={webhook} />;
}

/** Code to copy, and a checker. */
function SignatureHelp({ webhook }: { webhook: Webhook }) {
  const [name, setName] = useState<SnippetName>('Node.js');
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <section aria-labelledby="verify" className={card}>
        <h2 id="verify" className="text-lg font-semibold">
          Verify the signature
        </h2>
        <p className="mt-1 mb-3 max-w-[72ch] text-muted">
          Anybody can post to your receiver. It knows by the signature that a delivery is ours:
          Standard Webhooks, HMAC-SHA256 over webhook-id, webhook-timestamp and the body. Verify the
          body as it came, before it is parsed; answer 2xx at once; drop repeats by webhook-id. A
          secret without <code className="font-mono text-xs text-ink">whsec_</code> is used as it
          is: libraries of Standard Webhooks call that format raw.
        </p>
        {!mayHaveSecret(webhook) && (
          <div className="mb-3">
            <Notice tone="warning">
              This webhook has no secret, so its deliveries are not signed. Edit it to set one.
            </Notice>
          </div>
        )}
        <Tabs
          label="Language"
          tabs={snippetNames}
          selected={name}
          onSelect={setName}
          aside={<CopyButton label={`Copy the code for ${name}`} text={snippets[name]} />}
        >
          <pre className="font-mono text-xs leading-4.5">{snippets[name]}</pre>
        </Tabs>
      </section>
      <section aria-labelledby="check" className={card}>
        <h2 id="check" className="text-lg font-semibold">
          Check a signature
        </h2>
        <p className="mt-1 mb-3 max-w-[72ch] text-muted">
          Paste what your receiver got. All is checked within this page: nothing that you enter here
          leaves it.
        </p>
        <SignatureChecker />
      </section>
    </div>
  );
}
