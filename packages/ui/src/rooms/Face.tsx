import { Icon } from '../icons/Icon.tsx';
import type { IconName } from '../icons/drawings.ts';
import { Avatar, GroupAvatar } from '../people/Avatar.tsx';
import type { SidebarRoom } from '../sidebar/Sidebar.tsx';
import { Leaf } from './Leaf.tsx';

/** What stands before the name of a room, a conversation or a door, where small ones stand below one another. Decorative. */
export function Face({ id, face }: { id: string; face: SidebarRoom['face'] | { icon: IconName } }) {
  if ('leaf' in face) return <Leaf leaf={face.leaf} />;
  if ('person' in face) return <Avatar person={face.person} size="s" />;
  if ('groupCount' in face) return <GroupAvatar id={id} count={face.groupCount} size="s" />;
  return (
    <span className="leaf" aria-hidden="true">
      <Icon name={face.icon} />
    </span>
  );
}
