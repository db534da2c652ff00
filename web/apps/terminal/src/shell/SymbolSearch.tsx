import { useInstruments } from '@mytradex/hooks';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useLocation } from 'wouter';
import styles from './Shell.module.css';

/** Finds an instrument by symbol or name; arrows choose, Enter goes there. */
export function SymbolSearch({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [, navigate] = useLocation();
  const instruments = useInstruments();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  const wanted = text.trim().toUpperCase();
  const found = (instruments.data ?? []).filter(({ symbol, name }) => symbol.includes(wanted) || name.toUpperCase().includes(wanted));
  // What begins with the text is what was meant.
  found.sort((a, b) => Number(b.symbol.startsWith(wanted)) - Number(a.symbol.startsWith(wanted)));
  const chosen = Math.min(at, found.length - 1);

  const go = (symbol: string | undefined) => {
    if (!symbol) return;
    dialog.current?.close();
    navigate(`/trade/${symbol}`);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
    else if (event.key === 'Enter') go(found[chosen]?.symbol);
    else return;
    event.preventDefault();
  };
  return (
    <dialog ref={dialog} className={styles.search} onClose={onClose} aria-label="Search symbols">
      <div>
        <input
          className="input"
          role="combobox"
          aria-expanded="true"
          aria-controls="found"
          aria-activedescendant={found[chosen] ? `found-${found[chosen].symbol}` : undefined}
          aria-label="Symbol or name"
          placeholder="Symbol or name"
          autoFocus
          value={text}
          onKeyDown={keys}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
        />
        <ul id="found" role="listbox" aria-label="Instruments">
          {found.map((instrument, index) => (
            <li key={instrument.symbol} id={`found-${instrument.symbol}`} role="option" aria-selected={index === chosen} onClick={() => go(instrument.symbol)}>
              <b>{instrument.symbol}</b> <span className="soft cut">{instrument.name}</span>
            </li>
          ))}
        </ul>
        {found.length === 0 ? <p className="empty">Nothing is called that.</p> : null}
      </div>
    </dialog>
  );
}
