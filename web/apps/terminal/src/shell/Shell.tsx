import type { Me } from '@mytradex/types';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useSignOut } from '../session/useSignOut.js';
import { chooseTheme, useTheme, type ThemeChoice } from '../ui/theme.js';
import { Toasts } from '../ui/Toasts.js';
import { useShortcuts } from '../ui/useShortcuts.js';
import { Bell } from './Bell.js';
import { ConnectionBadge } from './ConnectionBadge.js';
import styles from './Shell.module.css';
import { SymbolSearch } from './SymbolSearch.js';

const nextTheme: Record<ThemeChoice, ThemeChoice> = { system: 'dark', dark: 'light', light: 'system' };
const themeSigns: Record<ThemeChoice, string> = { system: '◐', dark: '☾', light: '☀' };

/** Everyone's frame: where one can go, how the connection is, and who one is. */
export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const [location] = useLocation();
  const [searching, setSearching] = useState(false);
  const signOut = useSignOut();
  const nav = useRef<HTMLElement>(null);
  const theme = useTheme();
  useShortcuts({ '/': () => setSearching(true), 'Ctrl+k': () => setSearching(true) });
  // On a phone the screens' names are wider than it.
  useEffect(() => {
    nav.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [location]);
  const isAdmin = me.permissions.some((permission) => permission.startsWith('MANAGE_'));
  const places = [
    ['/trade', 'Trade'],
    ['/portfolio', 'Portfolio'],
    ['/accounts', 'Accounts'],
    ['/transfers', 'Transfers'],
    ['/files', 'Files'],
    ['/webhooks', 'Webhooks'],
    ...(isAdmin ? [['/admin', 'Admin'] as const] : []),
  ] as const;
  return (
    <div className={styles.shell}>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <header className={styles.bar}>
        <Link href="/trade" className={styles.brand} aria-label="MyTradeX">
          <img src="/favicon.svg" alt="" width="18" height="18" /> <span className="wide">MyTradeX</span>
        </Link>
        <nav ref={nav} className={styles.nav} aria-label="Screens">
          {places.map(([path, name]) => (
            <Link key={path} href={path} aria-current={location === path || location.startsWith(`${path}/`) ? 'page' : undefined}>
              {name}
            </Link>
          ))}
          <a href="/docs">API</a>
        </nav>
        <div className={styles.tools}>
          <ConnectionBadge />
          <button type="button" className="btn quiet small" onClick={() => setSearching(true)} aria-label="Search symbols" title="Search symbols ( / )">
            <svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
              <path d="M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.6 10.6 14 14" />
            </svg>
          </button>
          <Bell />
          <button type="button" className="btn quiet small" onClick={() => chooseTheme(nextTheme[theme.choice])} aria-label={`Theme: ${theme.choice}`} title={`Theme: ${theme.choice}`}>
            {themeSigns[theme.choice]}
          </button>
          <Link href="/profile" className={`btn quiet small ${styles.me}`} title={`${me.email} · ${me.role}`}>
            {me.avatar ? <img src={me.avatar} alt="" width="18" height="18" /> : <span aria-hidden="true">{me.name.slice(0, 1)}</span>}
            <span className="wide">{me.name}</span>
            <span className="sr">Profile</span>
          </Link>
          <button type="button" className="btn quiet small" onClick={signOut} title="Sign out" aria-label="Sign out">
            <svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
              <path d="M6 2.5H3v11h3M7 8h7M11 5l3 3-3 3" />
            </svg>
          </button>
        </div>
      </header>
      <main id="main" className={styles.main} tabIndex={-1}>
        {children}
      </main>
      {searching ? <SymbolSearch onClose={() => setSearching(false)} /> : null}
      <Toasts />
    </div>
  );
}
