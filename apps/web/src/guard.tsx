import { Component, type ReactNode } from 'react';
import { Broken, BrokenPart } from './doors.tsx';

type Props = {
  /** Whether the house stands around it. */
  inside?: boolean;
  children: ReactNode;
};

/** Around a part of a page that is fetched when it is wanted: where it cannot be had, as without a network, the page around it stays. */
export class PartGuard extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? <BrokenPart /> : this.props.children;
  }
}

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
