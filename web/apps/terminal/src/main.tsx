import { configureApi, cookieAuth } from '@mytradex/api';
import { ApiProvider } from '@mytradex/hooks';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.js';
import './theme.css';
import './ui/theme.js';

// Tokens stay in cookies that no script can read.
configureApi({ auth: cookieAuth() });

const root = document.getElementById('root');
if (!root) throw new Error('The page has no place for the app.');
createRoot(root).render(
  <StrictMode>
    <ApiProvider>
      <App />
    </ApiProvider>
  </StrictMode>,
);

if (import.meta.env.PROD && 'serviceWorker' in navigator) addEventListener('load', () => void navigator.serviceWorker.register('/sw.js'));
