import { Component, type ReactNode } from 'react';

/** Keeps a screen's bug to that screen, and says so. The browser's console has the trace. */
export class Failed extends Component<{ children: ReactNode }, { failure: unknown }> {
  override state = { failure: undefined as unknown };

  static getDerivedStateFromError(failure: unknown) {
    return { failure };
  }

  override render() {
    if (this.state.failure === undefined) return this.props.children;
    return (
      <div className="page" role="alert">
        <h1>This screen has failed</h1>
        <p className="soft">{this.state.failure instanceof Error ? this.state.failure.message : String(this.state.failure)}</p>
        <p>
          <button type="button" className="btn primary" onClick={() => location.reload()}>
            Load it again
          </button>
        </p>
      </div>
    );
  }
}
