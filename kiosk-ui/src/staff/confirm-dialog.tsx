import type { ComponentChildren, JSX } from 'preact';
import { Dialog } from '../dialog.tsx';
import { useWords } from '../page-words.tsx';

/** The second step before something that many people would notice. */
export function ConfirmDialog({
  title,
  yes,
  danger = false,
  confirm,
  close,
  children,
}: {
  title: string;
  /** The words on the button that does it. */
  yes: string;
  danger?: boolean;
  confirm: () => void;
  close: () => void;
  children: ComponentChildren;
}): JSX.Element {
  const { letIn } = useWords().words.desk;
  return (
    <Dialog title={title} close={close}>
      {children}
      <div class="dialog-buttons">
        <button class="button outlined large" type="button" autoFocus onClick={close}>
          {letIn.cancel}
        </button>
        <button class={`button large ${danger ? 'danger' : 'primary'}`} type="button" onClick={confirm}>
          {yes}
        </button>
      </div>
    </Dialog>
  );
}
