import { useQuery } from '@tanstack/react-query';
import { Keyboard, LogOut, Menu, Webhook } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Link, NavLink, Outlet, useLocation, useNavigate, useParams } from 'react-router-dom';

import { useIsPlain } from '../capabilities-queries';
import { homePath, webhooksPage } from '../page-paths';
import { sessionQuery, useSignOut } from '../session-queries';
import { Button, IconButton } from '../ui/button';
import { LazyDialog } from '../webhooks/lazy-dialog';
import { overPage } from '../use-close-dialog';
import { Brand } from './brand';
import { ErrorBoundary } from './error-boundary';
import { OrganizationSwitcher } from './organization-switcher';
import { ShortcutsDialog } from './preloaded-shortcuts-dialog';
import { ThemeSwitch } from './theme-switch';
import { useSingleKeys } from './use-single-keys';

const menuId = 'main-menu';

/** Header, navigation and the page of one organization. */
export function OrganizationLayout() {
  const { organizationId = '' } = useParams();
  const { hash, pathname, search } = useLocation();
  const [isMenuOpen, setMenuOpen] = useState(false);
  useSingleKeys(useShowShortcuts());
  return (
    <>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-20 focus:rounded-md focus:bg-raised focus:px-4 focus:py-2"
      >
        Skip to the content
      </a>
      <header className="border-b border-line">
        <div className="mx-auto flex h-14 max-w-[90rem] items-center gap-3 px-4 sm:px-6">
          <Link to={homePath} className="shrink-0 rounded-md max-sm:[&_span_span]:sr-only">
            <Brand />
          </Link>
          <OrganizationSwitcher organizationId={organizationId} />
          <div className="ml-auto hidden items-center gap-3 lg:flex">
            <Account />
          </div>
          <IconButton
            icon={Menu}
            label="Menu"
            popoverTarget={menuId}
            aria-expanded={isMenuOpen}
            className="ml-auto lg:hidden"
          />
        </div>
        <div
          id={menuId}
          popover="auto"
          onToggle={({ newState, currentTarget }) => {
            setMenuOpen(newState === 'open');
            if (newState === 'open') currentTarget.querySelector('a')?.focus();
          }}
          className="inset-auto top-14 right-2 w-[min(17.5rem,calc(100vw-1rem))] rounded-xl border border-line bg-raised p-3 text-ink shadow-float lg:hidden"
        >
          <Sections organizationId={organizationId} />
          <div className="mt-3 flex flex-wrap items-center justify-between gap-3 border-t border-line pt-3">
            <Account />
          </div>
        </div>
      </header>
      <div className="mx-auto flex max-w-[90rem] gap-8 px-4 py-6 sm:px-6">
        <aside className="hidden w-48 shrink-0 lg:block">
          <Sections organizationId={organizationId} />
        </aside>
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <ErrorBoundary key={organizationId} place={pathname + search} within>
            <Outlet />
          </ErrorBoundary>
        </main>
      </div>
      {hash === shortcutsHash && (
        <LazyDialog title="Keyboard shortcuts" loading={null}>
          <ShortcutsDialog />
        </LazyDialog>
      )}
    </>
  );
}

const shortcutsHash = '#shortcuts';

/** Opens the list of keys over the page as it is. */
function useShowShortcuts(): () => void {
  const navigate = useNavigate();
  const { search } = useLocation();
  return useCallback(
    () => void navigate({ search, hash: shortcutsHash }, { state: overPage }),
    [navigate, search],
  );
}

function Sections({ organizationId }: { organizationId: string }) {
  return (
    <nav aria-label="Organization settings">
      <p className="px-2.5 pb-2 text-xs font-medium tracking-wide text-muted">
        Organization settings
      </p>
      <NavLink
        to={webhooksPage(organizationId)}
        onClick={() => document.getElementById(menuId)?.hidePopover()}
        className="flex min-h-9 items-center gap-2.5 rounded-lg px-2.5 font-medium text-muted hover:bg-hover hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-accent-text"
      >
        <Webhook aria-hidden className="size-4" />
        Webhook
      </NavLink>
    </nav>
  );
}

const badge = 'rounded-full border border-line px-2.5 py-0.5 text-xs text-muted';

function Account() {
  const isPlain = useIsPlain();
  const { data: session } = useQuery(sessionQuery());
  const signOut = useSignOut();
  const showShortcuts = useShowShortcuts();
  return (
    <>
      <ThemeSwitch />
      <IconButton icon={Keyboard} label="Keyboard shortcuts" onClick={showShortcuts} />
      {isPlain && (
        <span
          title="The webhooks are those of a Qovery API. What it cannot do is left out."
          className={badge}
        >
          Qovery API
        </span>
      )}
      {session && <span className={badge}>Signed in as {session.role}</span>}
      <Button
        look="quiet"
        icon={LogOut}
        busy={signOut.isPending}
        onClick={() => signOut.mutate()}
        className="px-2.5"
      >
        Sign out
      </Button>
    </>
  );
}
