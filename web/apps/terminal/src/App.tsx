import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { SessionGate } from './session/SessionGate.js';
import { Failed } from './shell/Failed.js';
import { fetched } from './shell/fetched.js';
import { Shell } from './shell/Shell.js';
import { Loading } from './ui/Loading.js';

// Trading is what most come for; each of the others is fetched when it is gone to.
const TradePage = lazy(() => fetched(() => import('./trade/TradePage.js').then((module) => ({ default: module.TradePage }))));
const PortfolioPage = lazy(() => fetched(() => import('./portfolio/PortfolioPage.js')));
const AccountsPage = lazy(() => fetched(() => import('./accounts/AccountsPage.js')));
const AccountPage = lazy(() => fetched(() => import('./accounts/AccountPage.js')));
const TransfersPage = lazy(() => fetched(() => import('./transfers/TransfersPage.js')));
const AlertsPage = lazy(() => fetched(() => import('./shell/AlertsPage.js')));
const ProfilePage = lazy(() => fetched(() => import('./profile/ProfilePage.js')));
const FilesPage = lazy(() => fetched(() => import('./profile/FilesPage.js')));
const WebhooksPage = lazy(() => fetched(() => import('./webhooks/WebhooksPage.js')));
const AdminPage = lazy(() => fetched(() => import('./admin/AdminPage.js')));

/** Every screen by its address. */
export function App() {
  const [location] = useLocation();
  return (
    <SessionGate>
      {(me) => (
        <Shell me={me}>
          {/* A screen that has failed takes none of the others with it. */}
          <Failed key={location.split('/')[1]}>
            <Suspense fallback={<Loading />}>
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
