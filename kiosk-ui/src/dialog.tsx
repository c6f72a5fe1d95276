import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

/** A window over the page, open while it is drawn. Escape or a press beside it closes it; focus then returns to where it was. */
export function Dialog({
  title,
  close,
  wide = false,
  closeWords,
  children,
}: {
  title: string;
  close: () => void;
  wide?: boolean;
  /** The words of a button that closes it; left out where the buttons below do. */
  closeWords?: string;
  children: ComponentChildren;
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const before = document.activeElement;
    element.showModal();
    return () => {
      element.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      class={wide ? 'dialog wide' : 'dialog'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      <div class="dialog-body">
        <div class="dialog-head">
          <h2 id={titleId}>{title}</h2>
          {closeWords !== undefined && (
            <button class="button quiet" type="button" autoFocus onClick={close}>
              <Icon name="cross" />
              {closeWords}
            </button>
          )}
        </div>
        {children}
      </div>
    </dialog>
  );
}
