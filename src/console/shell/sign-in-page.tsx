import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Navigate, useLocation, useNavigate } from 'react-router-dom';

import { ApiError } from '../api-client';
import { errorMessage } from '../error-message';
import { homePath } from '../page-paths';
import { sessionQuery, useSignIn } from '../session-queries';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { usePageTitle } from '../ui/page-title';
import { Brand } from './brand';
import { rememberedPlace } from './return-place';

/** Signs in by the link that the server printed (`#code=…`) or by a pasted token. */
export function SignInPage() {
  usePageTitle('Sign in');
  const { hash, state } = useLocation();
  const hasEnded = typeof state === 'object' && state !== null && 'ended' in state;
  const navigate = useNavigate();
  const signIn = useSignIn();
  const { data: session } = useQuery(sessionQuery());
  const code = new URLSearchParams(hash.slice(1)).get('code');
  const usedCode = useRef<string | null>(null);
  const { mutate } = signIn;

  useEffect(() => {
    // A code works once: not again when the effect runs again, and not left in the history.
    if (code === null || usedCode.current === code) return;
    usedCode.current = code;
    mutate({ code });
    void navigate({ hash: '' }, { replace: true });
  }, [code, mutate, navigate]);

  if (session && code === null && !signIn.isPending) {
    return <Navigate to={rememberedPlace() ?? homePath} replace />;
  }
  const byLink = signIn.isPending && 'code' in signIn.variables;
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="w-full max-w-[25rem]">
        <div className="mb-6 flex justify-center text-base">
          <Brand />
        </div>
        <div className="rounded-xl border border-line bg-surface p-6 shadow-card">
          <h1 className="text-lg font-semibold">{byLink ? 'Signing you in …' : 'Sign in'}</h1>
          <p className="mt-1 text-muted">
            Open the sign-in link that the server printed when it started. For another one, run{' '}
            <code className="rounded bg-sunken px-1 py-0.5 font-mono text-xs text-ink">
              npm run sign-in-link
            </code>{' '}
            in its folder, with its settings.
          </p>
          {rememberedPlace() !== null && (
            <p className="mt-2 text-muted">
              {hasEnded && 'Your session has ended. '}
              You will get back to where you were.
            </p>
          )}
          <TokenForm
            busy={signIn.isPending}
            error={signIn.error && signInProblem(signIn.error)}
            onToken={(token) => signIn.mutate({ token })}
          />
        </div>
      </div>
    </main>
  );
}

interface TokenFormProps {
  busy: boolean;
  error: string | null;
  onToken: (token: string) => void;
}

function TokenForm({ busy, error, onToken }: TokenFormProps) {
  const [token, setToken] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  function submit(event: FormEvent) {
    event.preventDefault();
    const trimmed = token.trim();
    setMissing(trimmed === '');
    if (trimmed === '') field.current?.focus();
    else onToken(trimmed);
  }

  return (
    <form onSubmit={submit} noValidate className="mt-5 space-y-4">
      {error && <Notice tone="danger">{error}</Notice>}
      <div>
        <label htmlFor="token" className="mb-1.5 block font-medium">
          Administrator’s token
        </label>
        <input
          ref={field}
          id="token"
          type="password"
          autoComplete="current-password"
          value={token}
          onChange={(event) => setToken(event.target.value)}
          aria-invalid={missing}
          aria-describedby="token-hint"
          className="control w-full font-mono"
        />
        <p id="token-hint" className={`mt-1.5 ${missing ? 'text-danger' : 'text-muted'}`}>
          {missing ? (
            'Paste the token first.'
          ) : (
            <>
              It lies in the server’s data folder, in the file{' '}
              <code className="whitespace-nowrap">admin-token</code>.
            </>
          )}
        </p>
      </div>
      <Button type="submit" look="primary" busy={busy} className="w-full">
        Sign in
      </Button>
    </form>
  );
}

/** The API has words of its own for what is wrong with a code or a token. */
function signInProblem(error: Error): string {
  const refused = error instanceof ApiError && error.status >= 400 && error.status < 500;
  return refused ? error.message : errorMessage(error, 'sign in').detail;
}
