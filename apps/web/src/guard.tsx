import { Component, type ReactNode } from 'react';
import { Broken } from './doors.tsx';

type Props = {
  /** Whether the house stands around it. */
  inside?: boolean;
  children: ReactNode;
};

/** Catches what breaks while something is drawn, and says what to do instead of leaving an empty page. Give it a `key` to begin anew. */
export class Guard extends Component<Props, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    const { inside = false, children } = this.props;
    return this.state.isBroken ? <Broken inside={inside} /> : children;
  }
}
