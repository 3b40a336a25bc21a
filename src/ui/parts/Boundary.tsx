/** Keeps what breaks in one part of the page from taking the rest with it. */
import { Component, type ErrorInfo, type ReactNode } from 'react';

interface Props {
  /** What breaks, as the page calls it. */
  name: string;
  /** What stands there instead; a panel that says so when absent. */
  broken?: (showAgain: () => void) => ReactNode;
  children: ReactNode;
}

export class Boundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    // For whoever looks into it; people get words of ours.
    console.error(`${this.props.name} broke.`, error, info.componentStack);
  }

  private readonly showAgain = (): void => this.setState({ broken: false });

  override render(): ReactNode {
    const { name, broken, children } = this.props;
    if (!this.state.broken) return children;
    return broken === undefined ? <BrokenPanel name={name} onShow={this.showAgain} /> : broken(this.showAgain);
  }
}

export function BrokenPanel({ name, onShow }: { name: string; onShow(): void }) {
  return (
    <section className="panel broken" aria-label={name}>
      <header className="panel-head">
        <h2>{name}</h2>
      </header>
      <div className="unfetched" role="alert">
        <p>A fault of the page: this panel could not be drawn. The run and the other panels go on.</p>
        <button type="button" className="button small-button" onClick={onShow}>
          Show it again
        </button>
      </div>
    </section>
  );
}
