/** Help that is written of patches and words, in the words of a run's samples. */
import { Children, cloneElement, isValidElement, type ReactNode } from 'react';

interface Props {
  say(text: string): string;
  /** Elements and texts; what components make of themselves stays as it is. */
  children: ReactNode;
}

export function Reworded({ say, children }: Props): ReactNode {
  return reworded(children, say);
}

function reworded(node: ReactNode, say: (text: string) => string): ReactNode {
  return Children.map(node, (child) => {
    if (typeof child === 'string') return say(child);
    if (!isValidElement<{ children?: ReactNode }>(child) || child.props.children === undefined) return child;
    return cloneElement(child, {}, reworded(child.props.children, say));
  });
}
