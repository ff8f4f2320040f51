import { KeyRound } from 'lucide-react';
import { useEffect, useRef, useState, type Ref } from 'react';

import { encodeBase64, encodedSecretPrefix } from '../../contract/secret';
import { signsDeliveries, useFeature } from '../capabilities-queries';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { SecretInput } from './secret-input';
import type { SecretChoice, SecretNeed } from './webhook-form-values';
import { dropsSecret } from './wording';

interface SecretFieldProps {
  value: SecretChoice;
  onChange: (choice: SecretChoice) => void;
  onBlur: () => void;
  error: string | undefined;
  /** Whether the API keeps a secret for this webhook. */
  stored: boolean;
  /** Why the stored secret has to be given again; null if it need not be. */
  needed: SecretNeed | null;
  inputRef: Ref<HTMLInputElement>;
}

/** The secret: typed or generated; for a stored one, which nobody can read, Replace and Remove. */
export function SecretField(props: SecretFieldProps) {
  const place = useRef<HTMLDivElement>(null);
  const { action } = props.value;
  const shown = useRef(action);

  useEffect(() => {
    // The button that was pressed is gone: the focus goes on to what has come in its place.
    if (shown.current !== action && document.activeElement === document.body) {
      place.current?.querySelector<HTMLElement>('input, button')?.focus();
    }
    shown.current = action;
  }, [action]);

  return (
    <div ref={place}>
      <SecretControls {...props} />
    </div>
  );
}

function SecretControls(props: SecretFieldProps) {
  const { value, onChange, stored, needed } = props;
  if (!stored) return <OpenField {...props} />;
  if (value.action === 'remove') {
    return (
      <SecretState text="The secret will be removed. Receivers cannot tell any more who has sent a delivery.">
        <Button onClick={() => onChange({ action: 'keep', value: '' })}>Undo</Button>
      </SecretState>
    );
  }
  if (value.action === 'keep' && needed === null) {
    return (
      <SecretState text="A secret is set. It cannot be shown.">
        <Button onClick={() => onChange({ action: 'set', value: '' })}>Replace</Button>
        <Button onClick={() => onChange({ action: 'remove', value: '' })}>Remove</Button>
      </SecretState>
    );
  }
  return (
    <>
      <OpenField {...props} />
      <div className="mt-2 flex flex-wrap gap-2">
        {needed === null && (
          <Button onClick={() => onChange({ action: 'keep', value: '' })}>
            Keep the one that is set
          </Button>
        )}
        <Button onClick={() => onChange({ action: 'remove', value: '' })}>
          {needed === 'api' ? 'Go on without the secret' : 'Remove the secret'}
        </Button>
      </div>
    </>
  );
}

function SecretState({ text, children }: { text: string; children: React.ReactNode }) {
  return (
    <div role="group" aria-label="Secret">
      <p className="mb-1.5 font-medium">Secret</p>
      <div className="flex flex-wrap items-center gap-2 rounded-lg border border-line bg-sunken py-2 pr-2 pl-3">
        <KeyRound aria-hidden className="size-4 shrink-0 text-muted" />
        <span className="min-w-40 flex-1">{text}</span>
        <span className="flex gap-2">{children}</span>
      </div>
    </div>
  );
}

const signingHint =
  'Signs every delivery, so that the receiver can check who sent it. It is also sent as it is, in the headers Qovery-Signature and Qovery-Secret; prefer to verify the signature.';
const sentHint =
  'Sent with every delivery in a header, so that the receiver can check who sent it. Setup help on the webhook’s page says how.';
const neededHints: Record<SecretNeed, string> = {
  url: 'The URL has changed. Enter the secret again, so that it is not sent to a place it was not meant for.',
  api: dropsSecret,
};

function OpenField(props: SecretFieldProps) {
  const { value, onChange, onBlur, error, stored, needed, inputRef } = props;
  // Of what was generated one sees what it is.
  const [generated, setGenerated] = useState(0);
  const hint = useFeature(signsDeliveries) === true ? signingHint : sentHint;
  const set = (typed: string) => onChange({ action: 'set', value: typed });
  return (
    <Field
      label="Secret"
      hint={needed === null ? hint : neededHints[needed]}
      error={error}
      required={stored}
    >
      {(control) => (
        <div className="flex gap-2">
          <SecretInput
            key={generated}
            control={control}
            value={value.value}
            onChange={set}
            onBlur={onBlur}
            revealed={generated > 0}
            inputRef={inputRef}
          />
          <Button
            onClick={() => {
              set(generateSecret());
              setGenerated(generated + 1);
            }}
          >
            Generate
          </Button>
        </div>
      )}
    </Field>
  );
}

/** 32 random bytes in the form of Standard Webhooks. */
function generateSecret(): string {
  return encodedSecretPrefix + encodeBase64(crypto.getRandomValues(new Uint8Array(32)));
}
