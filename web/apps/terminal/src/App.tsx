import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { SessionGate } from './session/SessionGate.js';
import { Failed } from './shell/Failed.js';
import { Shell } from './shell/Shell.js';

// Trading is what most come for; each of the others is fetched when it is gone to.
const TradePage = lazy(() => import('./trade/TradePage.js').then((module) => ({ default: module.TradePage })));
const PortfolioPage = lazy(() => import('./portfolio/PortfolioPage.js'));
const AccountsPage = lazy(() => import('./accounts/AccountsPage.js'));
const AccountPage = lazy(() => import('./accounts/AccountPage.js'));
const TransfersPage = lazy(() => import('./transfers/TransfersPage.js'));
const AlertsPage = lazy(() => import('./shell/AlertsPage.js'));
const ProfilePage = lazy(() => import('./profile/ProfilePage.js'));
const FilesPage = lazy(() => import('./profile/FilesPage.js'));
const WebhooksPage = lazy(() => import('./webhooks/WebhooksPage.js'));
const AdminPage = lazy(() => import('./admin/AdminPage.js'));

/** Every screen by its address. */
export function App() {
  return (
    <SessionGate>
      {(me) => (
        <Shell me={me}>
          <Failed>
            <Suspense fallback={<p className="empty" role="status">Loading…</p>}>
              <Switch>
                <Route path="/trade/:symbol?">{({ symbol }) => <TradePage symbol={symbol} />}</Route>
                <Route path="/portfolio" component={PortfolioPage} />
                <Route path="/accounts" component={AccountsPage} />
                <Route path="/accounts/:id">{({ id }) => <AccountPage id={id} />}</Route>
                <Route path="/transfers" component={TransfersPage} />
                <Route path="/alerts" component={AlertsPage} />
                <Route path="/profile">
                  <ProfilePage me={me} />
                </Route>
                <Route path="/files" component={FilesPage} />
                <Route path="/webhooks/:id?">{({ id }) => <WebhooksPage id={id} />}</Route>
                <Route path="/admin/:part?">{({ part }) => <AdminPage me={me} part={part} />}</Route>
                <Route path="/">
                  <Redirect to="/trade" replace />
                </Route>
                <Route>
                  <p className="empty">There is no such screen.</p>
                </Route>
              </Switch>
            </Suspense>
          </Failed>
        </Shell>
      )}
    </SessionGate>
  );
}
