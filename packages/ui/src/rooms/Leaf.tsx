import { Icon } from '../icons/Icon.tsx';
import { leafIcon, type LeafView } from './room.ts';

/** A folha: a lesson is a numbered leaf with a turned corner; the other kinds carry their drawing on the same leaf. Decorative. */
export function Leaf({ leaf, large = false }: { leaf: LeafView; large?: boolean }) {
  const classes = ['leaf', large && 'leaf--l', leaf.colour === 'pen' && 'leaf--pen'].filter(Boolean).join(' ');
  const tone = leaf.colour?.startsWith('tone-') ? leaf.colour.slice(5) : undefined;
  return (
    <span className={classes} data-tone={tone} aria-hidden="true">
      {leaf.lessonNumber !== undefined ? (
        leaf.lessonNumber
      ) : leaf.emoji ? (
        <span className="leaf-emoji">{leaf.emoji}</span>
      ) : (
        <Icon name={leafIcon(leaf)} />
      )}
    </span>
  );
}
