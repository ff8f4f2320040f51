import type { ClipboardEvent } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';

import { targetUrlProblem } from '../../contract/target-url';
import type { Webhook } from '../../contract/webhook';
import { Field } from '../ui/field';
import type { WebhookFormValues } from './webhook-form-values';

interface UrlFieldProps {
  stored: Webhook | null;
  onType: (url: string) => void;
}

/** Where to send. What is worth a second look, also what the API noticed when it was saved, stands below. */
export function UrlField({ stored, onType }: UrlFieldProps) {
  const { register, formState, setValue, control, trigger, getFieldState } =
    useFormContext<WebhookFormValues>();
  const url = useWatch({ control, name: 'target_url' });

  function type(text: string) {
    onType(text);
    // Whether the secret has to be given hangs on the URL.
    if (getFieldState('target_secret', formState).error) void trigger('target_secret');
  }

  return (
    <Field
      label="URL"
      required
      hint="The application that is to be notified gives you this address."
      error={formState.errors.target_url?.message}
      warning={warningAbout(url.trim(), stored)}
    >
      {(control) => (
        <input
          {...control}
          {...register('target_url', {
            onChange: (event: { target: { value: string } }) => type(event.target.value),
            onBlur: (event: { target: { value: string } }) =>
              setValue('target_url', event.target.value.trim(), { shouldDirty: true }),
          })}
          onPaste={(event) => {
            const pasted = pasteTrimmed(event);
            if (pasted === null) return;
            setValue('target_url', pasted, {
              shouldDirty: true,
              shouldValidate: formState.touchedFields.target_url === true,
            });
            type(pasted);
          }}
          // Not of type "url": browsers hide the spaces around such a value from us.
          type="text"
          inputMode="url"
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          data-autofocus={stored === null || undefined}
          placeholder="https://example.org/hook"
          className="control w-full"
        />
      )}
    </Field>
  );
}

/** Spaces and line breaks around what is pasted stay outside. Gives the new value if it took over. */
function pasteTrimmed(event: ClipboardEvent<HTMLInputElement>): string | null {
  const text = event.clipboardData.getData('text');
  const trimmed = text.trim();
  if (trimmed === text || trimmed === '') return null;
  event.preventDefault();
  const input = event.currentTarget;
  const [start, end] = [input.selectionStart ?? 0, input.selectionEnd ?? input.value.length];
  // As if it had been typed, so that it can be undone; where the browser has no such thing, plainly.
  if (!document.execCommand('insertText', false, trimmed)) {
    input.setRangeText(trimmed, start, end, 'end');
  }
  return input.value;
}

const isPlainHttp = (url: string) => /^http:\/\/(?!localhost\b|127\.|\[::1\])/i.test(url);

function warningAbout(url: string, stored: Webhook | null): string | undefined {
  if (targetUrlProblem(url) !== null) return undefined;
  const said = url === stored?.target_url ? stored.warnings : [];
  const warnings = said.filter(({ pointer }) => pointer === '/target_url').map((w) => w.message);
  if (isPlainHttp(url)) warnings.unshift('Plain http: anyone on the way can read what is sent.');
  return warnings.length > 0 ? warnings.join(' ') : undefined;
}
