import { mayHaveSecret, type Webhook } from '../../contract/webhook';
import { Notice } from '../ui/notice';

/**
 * The same where no signature is documented: the API reference of Qovery says that the secret itself is
 * in `Qovery-Signature`, its documentation says `Qovery-Secret`.
 */
export function SecretHelp({ webhook }: { webhook: Webhook }) {
  return (
    <section
      aria-labelledby="verify"
      className="min-w-0 rounded-xl border border-line bg-surface p-4 shadow-card"
    >
      <h2 id="verify" className="text-lg font-semibold">
        Check the secret
      </h2>
      <p className="mt-1 max-w-[72ch] text-muted">
        Anybody can post to your receiver. Qovery sends the webhook’s secret with each delivery, as
        it is, in a header: <Name>Qovery-Signature</Name> by the reference of its API,{' '}
        <Name>Qovery-Secret</Name> by its documentation.
      </p>
      <ul className="my-3 max-w-[72ch] list-disc space-y-1 pl-5 text-muted">
        <li>Take either header, and refuse with 401 what has neither, or another value.</li>
        <li>Compare in constant time, such as by timingSafeEqual in Node.js.</li>
        <li>Take deliveries by https only: whoever reads one can send others.</li>
        <li>Answer 2xx at once, and do the work afterwards.</li>
      </ul>
      {!mayHaveSecret(webhook) && (
        <div className="mb-3">
          <Notice tone="warning">This webhook has no secret. Edit it to set one.</Notice>
        </div>
      )}
      <Notice tone="info">
        Qovery documents no signature over the body, so there is no signature to check.
      </Notice>
    </section>
  );
}

function Name({ children }: { children: string }) {
  return <code className="font-mono text-xs text-ink">{children}</code>;
}
