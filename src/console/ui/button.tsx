import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Link, type LinkProps } from 'react-router-dom';

const looks = {
  primary: 'border-transparent bg-accent text-white hover:bg-accent-hover',
  secondary: 'border-line-strong bg-surface text-ink hover:bg-hover',
  quiet: 'border-transparent text-muted hover:bg-hover hover:text-ink',
  danger: 'border-transparent bg-danger-fill text-white hover:brightness-110',
};

const shape =
  'inline-flex min-h-9 items-center justify-center gap-2 rounded-lg border px-3.5 font-medium ' +
  'whitespace-nowrap transition-colors select-none';

/** Of what is off for a reason that can be asked for. */
const offLook = 'cursor-not-allowed! opacity-50';

type Look = keyof typeof looks;

interface ButtonProps extends ComponentProps<'button'> {
  /** See `Dialog`. */
  'data-autofocus'?: boolean;
  look?: Look;
  icon?: LucideIcon;
  /** While what it started goes on: it says so, and does nothing more. */
  busy?: boolean;
  /** Why it does nothing now: its tooltip. It stays focusable, so that everybody hears of it. */
  off?: string | undefined;
}

/** A button with words. It stays focusable while busy, so that the focus is not lost. */
export function Button({
  look = 'secondary',
  icon: Icon,
  busy = false,
  off,
  className = '',
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const isInert = busy || off !== undefined;
  return (
    <button
      {...rest}
      {...(off !== undefined && { title: off })}
      type={isInert ? 'button' : type}
      aria-disabled={isInert || undefined}
      onClick={isInert ? undefined : onClick}
      className={`${shape} ${looks[look]} disabled:opacity-50 ${busy ? 'opacity-80' : ''} ${off === undefined ? '' : offLook} ${className}`}
    >
      {busy ? (
        <LoaderCircle aria-hidden className="size-4 animate-spin" />
      ) : (
        Icon && <Icon aria-hidden className="size-4" />
      )}
      {children}
    </button>
  );
}

interface LinkButtonProps extends LinkProps {
  look?: Look;
  icon?: LucideIcon;
}

/** A link that looks like a button: for what has a URL of its own. */
export function LinkButton({
  look = 'secondary',
  icon: Icon,
  className = '',
  children,
  ...rest
}: LinkButtonProps) {
  return (
    <Link {...rest} className={`${shape} ${looks[look]} ${className}`}>
      {Icon && <Icon aria-hidden className="size-4" />}
      {children}
    </Link>
  );
}

const iconShape =
  'inline-grid size-9 shrink-0 place-items-center rounded-lg text-muted transition-colors ' +
  'hover:bg-hover hover:text-ink disabled:pointer-events-none disabled:opacity-40';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: LucideIcon;
  /** Its accessible name, and its tooltip unless `title` says otherwise. */
  label: string;
  /** See `Button`. */
  off?: string | undefined;
}

export function IconButton({ icon: Icon, label, off, className = '', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...rest}
      {...(off !== undefined && { title: off, 'aria-disabled': true, onClick: undefined })}
      className={`${iconShape} ${off === undefined ? '' : offLook} ${className}`}
    >
      <Icon aria-hidden className="size-4" />
    </button>
  );
}

export interface IconLinkProps extends Omit<LinkProps, 'children'> {
  icon: LucideIcon;
  label: string;
}

export function IconLink({ icon: Icon, label, className = '', ...rest }: IconLinkProps) {
  return (
    <Link title={label} aria-label={label} {...rest} className={`${iconShape} ${className}`}>
      <Icon aria-hidden className="size-4" />
    </Link>
  );
}
