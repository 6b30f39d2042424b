import { useStore } from '../../store.ts';
import { useIsOpen } from '../panels/opened.ts';

/** Whether a panel is open whose mark belongs over the plot; an embedded page and a link's `hide` have no panel. */
export function useShown(id: string, otherwise: boolean): boolean {
  const isOpen = useIsOpen(id, otherwise);
  const absent = useStore(({ setup }) => setup.embed || setup.hide.includes(id));
  return isOpen && !absent;
}
