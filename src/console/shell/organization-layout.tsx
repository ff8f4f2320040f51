import { useQuery } from '@tanstack/react-query';
import { LogOut, Menu, Webhook } from 'lucide-react';
import { Link, NavLink, Outlet, useNavigate, useParams } from 'react-router-dom';

import { organizationsQuery } from '../organization-queries';
import { homePath, webhooksPage } from '../page-paths';
import { sessionQuery, useSignOut } from '../session-queries';
import { Button, IconButton } from '../ui/button';
import { Brand } from './brand';
import { ThemeSwitch } from './theme-switch';

const menuId = 'main-menu';

/** Header, navigation and the page of one organization. */
export function OrganizationLayout() {
  const { organizationId = '' } = useParams();
  return (
    <>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-20 focus:rounded-md focus:bg-raised focus:px-4 focus:py-2"
      >
        Skip to the content
      </a>
      <header className="border-b border-line">
        <div className="mx-auto flex h-14 max-w-[1440px] items-center gap-3 px-4 sm:px-6">
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
            className="ml-auto lg:hidden"
          />
        </div>
        <div
          id={menuId}
          popover="auto"
          className="inset-auto top-14 right-2 w-[min(280px,calc(100vw-16px))] rounded-xl border border-line bg-raised p-3 text-ink shadow-float lg:hidden"
        >
          <Sections organizationId={organizationId} />
          <div className="mt-3 flex flex-wrap items-center justify-between gap-3 border-t border-line pt-3">
            <Account />
          </div>
        </div>
      </header>
      <div className="mx-auto flex max-w-[1440px] gap-8 px-4 py-6 sm:px-6 lg:gap-10">
        <aside className="hidden w-48 shrink-0 lg:block">
          <Sections organizationId={organizationId} />
        </aside>
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <Outlet />
        </main>
      </div>
    </>
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
        className="flex min-h-9 items-center gap-2.5 rounded-[7px] px-2.5 font-medium text-muted hover:bg-hover hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-accent-text"
      >
        <Webhook aria-hidden className="size-4" />
        Webhook
      </NavLink>
    </nav>
  );
}

function OrganizationSwitcher({ organizationId }: { organizationId: string }) {
  const navigate = useNavigate();
  const { data } = useQuery(organizationsQuery());
  const organizations = data?.results ?? [];
  const current = organizations.find(({ id }) => id === organizationId);
  if (organizations.length < 2) {
    return (
      current && (
        <span className="min-w-0 truncate font-medium before:mr-3 before:text-line-strong before:content-['/']">
          {current.name}
        </span>
      )
    );
  }
  return (
    <select
      aria-label="Organization"
      value={organizationId}
      onChange={(event) => void navigate(webhooksPage(event.target.value))}
      className="control min-w-0 truncate font-medium"
    >
      {organizations.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

function Account() {
  const { data: session } = useQuery(sessionQuery());
  const signOut = useSignOut();
  return (
    <>
      <ThemeSwitch />
      {session && (
        <span className="rounded-full border border-line px-2.5 py-0.5 text-xs text-muted">
          Signed in as {session.role}
        </span>
      )}
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
