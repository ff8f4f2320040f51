import { Route, Routes } from 'react-router-dom';

import {
  deliveriesPage,
  homePath,
  signInPath,
  transferPage,
  webhookPage,
  webhooksPage,
} from './page-paths';
import { DeliveriesPage, TestWebhookDialog, TransferPage, WebhookPage } from './preloaded-pages';
import { FocusOnNavigation } from './shell/focus-on-navigation';
import { HomePage } from './shell/home-page';
import { LazyPage } from './shell/lazy-page';
import { NotFoundPage } from './shell/not-found-page';
import { OrganizationLayout } from './shell/organization-layout';
import { RequireSession } from './shell/require-session';
import { SignInPage } from './shell/sign-in-page';
import { DeleteWebhookDialog } from './webhooks/delete-webhook-dialog';
import { LazyDialog } from './webhooks/lazy-dialog';
import {
  AddWebhookDialog,
  EditWebhookDialog,
  SwitchWebhookDialog,
} from './webhooks/preloaded-dialogs';
import { WebhooksPage } from './webhooks/webhooks-page';

/** All pages. The form and its widgets load when they are wanted, or when the list is idle. */
export function Router() {
  return (
    <>
      <FocusOnNavigation />
      <Routes>
        <Route path={signInPath} element={<SignInPage />} />
        <Route element={<RequireSession />}>
          <Route path={homePath} element={<HomePage />} />
          <Route element={<OrganizationLayout />}>
            <Route path={webhooksPage(':organizationId')} element={<WebhooksPage />}>
              <Route
                path="new"
                element={
                  <LazyDialog title="Add webhook">
                    <AddWebhookDialog />
                  </LazyDialog>
                }
              />
              <Route path=":webhookId/delete" element={<DeleteWebhookDialog />} />
              <Route
                path=":webhookId/edit"
                element={
                  <LazyDialog title="Edit webhook">
                    <EditWebhookDialog />
                  </LazyDialog>
                }
              />
              <Route
                path=":webhookId/secret"
                element={
                  <LazyDialog title="Enter the secret" loading={null}>
                    <SwitchWebhookDialog />
                  </LazyDialog>
                }
              />
              <Route
                path=":webhookId/test"
                element={
                  <LazyDialog title="Send test event">
                    <TestWebhookDialog />
                  </LazyDialog>
                }
              />
            </Route>
            <Route
              path={webhookPage(':organizationId', ':webhookId')}
              element={
                <LazyPage>
                  <WebhookPage />
                </LazyPage>
              }
            />
            <Route
              path={transferPage(':organizationId')}
              element={
                <LazyPage>
                  <TransferPage />
                </LazyPage>
              }
            />
            <Route
              path={deliveriesPage(':organizationId')}
              element={
                <LazyPage>
                  <DeliveriesPage />
                </LazyPage>
              }
            />
          </Route>
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Routes>
    </>
  );
}
