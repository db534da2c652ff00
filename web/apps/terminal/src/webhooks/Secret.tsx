import { Dialog } from '../ui/Dialog.js';
import { toast } from '../ui/toasts.js';

/** Shows a secret, the only time that it can be seen. */
export function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const copy = () => {
    navigator.clipboard.writeText(secret).then(
      () => toast('Copied.', 'good'),
      () => toast('The browser does not let this page copy; select it by hand.', 'bad'),
    );
  };
  return (
    <Dialog title="The webhook's secret" confirm="Copy" onConfirm={copy} onClose={onClose}>
      <p>It signs each message, and is shown this once.</p>
      <p className="mono" style={{ overflowWrap: 'anywhere', userSelect: 'all' }}>
        {secret}
      </p>
    </Dialog>
  );
}
